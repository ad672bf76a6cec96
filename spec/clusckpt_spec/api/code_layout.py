"""The layout of a control code: which bits of the 32 say what.

Source: MsCS/control-code-architecture. From the top: the object that the code is about (8 bits),
four flags, and the operation code (20 bits), whose lowest two bits are the access. What is left
of the operation code counts the functions.
"""

from dataclasses import dataclass
from enum import IntEnum, IntFlag

_OBJECT_SHIFT = 24
_GLOBAL = 1 << 23
_MODIFY = 1 << 22
_USER = 1 << 21
_INTERNAL = 1 << 20
_OPERATION_BITS = (1 << 20) - 1
_ACCESS_BITS = 0b11
_FUNCTION_SHIFT = 2
_MOST_FUNCTION = _OPERATION_BITS >> _FUNCTION_SHIFT
_MOST_NUMBER = (1 << 32) - 1


class InvalidControlCode(ValueError):
    """A number or a layout that is no control code."""


class ControlObject(IntEnum):
    """What a control code is about."""

    RESOURCE = 0x01
    RESOURCE_TYPE = 0x02
    GROUP = 0x04
    NODE = 0x08
    NETWORK = 0x10
    NETWORK_INTERFACE = 0x20
    CLUSTER = 0x40
    USER = 0x80


class Access(IntFlag):
    """The access bits; a code can have both."""

    ANY = 0
    READ = 1
    WRITE = 2


@dataclass(frozen=True, slots=True)
class CodeLayout:
    """The parts of a control code.

    `modify` says that the operation modifies data, which may raise an event; `for_all` is the
    global bit, `user` marks a code that the cluster service does not define, and `internal` one
    that only the cluster service may use.
    """

    about: ControlObject
    function: int
    access: Access
    modify: bool = False
    for_all: bool = False
    user: bool = False
    internal: bool = False

    @property
    def operation(self) -> int:
        """The operation code: bits 19 to 0."""
        return self.function << _FUNCTION_SHIFT | self.access


def composed(layout: CodeLayout) -> int:
    """The number that a layout has.

    Raises:
        InvalidControlCode: if the function does not fit its 18 bits.

    >>> hex(composed(CodeLayout(ControlObject.GROUP, 1, Access.WRITE, modify=True)))
    '0x4400006'
    """
    if not 0 <= layout.function <= _MOST_FUNCTION:
        message = f"function {layout.function} is not in 0 to {_MOST_FUNCTION}"
        raise InvalidControlCode(message)
    flags = (
        (_GLOBAL, layout.for_all),
        (_MODIFY, layout.modify),
        (_USER, layout.user),
        (_INTERNAL, layout.internal),
    )
    number = layout.about << _OBJECT_SHIFT | layout.operation
    return number + sum(bit for bit, is_set in flags if is_set)


def decoded(number: int) -> CodeLayout:
    """The layout of a number.

    Raises:
        InvalidControlCode: if it is not a number of 32 bits whose object is a published one.

    >>> decoded(composed(CodeLayout(ControlObject.NODE, 7, Access.READ))).function
    7
    """
    objects = {one.value for one in ControlObject}
    if not 0 <= number <= _MOST_NUMBER or number >> _OBJECT_SHIFT not in objects:
        names = ", ".join(f"0x{one.value:02X} {one.name}" for one in ControlObject)
        message = f"{number} is not a control code: bits 31 to 24 name the object, one of {names}"
        raise InvalidControlCode(message)
    operation = number & _OPERATION_BITS
    return CodeLayout(
        about=ControlObject(number >> _OBJECT_SHIFT),
        function=operation >> _FUNCTION_SHIFT,
        access=Access(operation & _ACCESS_BITS),
        modify=bool(number & _MODIFY),
        for_all=bool(number & _GLOBAL),
        user=bool(number & _USER),
        internal=bool(number & _INTERNAL),
    )
