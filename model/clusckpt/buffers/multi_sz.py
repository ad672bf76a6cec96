"""MULTI_SZ: a list of strings as bytes, each with its terminator, and one terminator more.

Whether that last one is there is A18. An empty list has forms of its own (A16), all of them
nothing but terminators.
"""

from collections.abc import Iterable
from enum import StrEnum

_ENCODING = "utf-16-le"
_LONE = "surrogatepass"
_UNIT = 2
_NUL = "\0"
_MOST_EMPTY = 4
"""The bytes of the longest form of an empty list."""


class Ending(StrEnum):
    """How a list ends, by the choices of A18."""

    DOUBLE = "double-terminator"
    SINGLE = "single-terminator"


class MalformedList(ValueError):
    """Bytes that are no MULTI_SZ; the message says why."""


def encoded(strings: Iterable[str], ending: Ending = Ending.DOUBLE) -> bytes:
    r"""The bytes of a list, in the order given.

    Raises:
        MalformedList: if a string is empty or holds a NUL, which no list can hold.

    >>> encoded(["A", "B"])
    b'A\x00\x00\x00B\x00\x00\x00\x00\x00'
    """
    text = ""
    for one in strings:
        if not one or _NUL in one:
            message = f"{one!r} cannot stand in a list: its end would not be found"
            raise MalformedList(message)
        text += one + _NUL
    return (text + _NUL * (ending is Ending.DOUBLE)).encode(_ENCODING, _LONE)


def decoded(data: bytes, ending: Ending = Ending.DOUBLE) -> tuple[str, ...]:
    r"""The strings of a list, in the order of the bytes.

    Raises:
        MalformedList: if the bytes are no list with that ending.

    >>> decoded(b"A\0\0\0B\0\0\0\0\0"), decoded(b"\0\0")
    (('A', 'B'), ())
    """
    if len(data) % _UNIT:
        message = f"{len(data)} bytes are not a whole number of characters"
        raise MalformedList(message)
    if len(data) <= _MOST_EMPTY and not any(data):
        return ()
    text = data.decode(_ENCODING, _LONE)
    expected = _NUL * (2 if ending is Ending.DOUBLE else 1)
    if not text.endswith(expected):
        message = f"the bytes do not end with {len(expected)} terminators"
        raise MalformedList(message)
    strings = tuple(text.removesuffix(expected).split(_NUL))
    if not all(strings):
        message = "an empty string stands before the end of the list"
        raise MalformedList(message)
    return strings


def size_of(strings: Iterable[str], ending: Ending = Ending.DOUBLE) -> int:
    r"""The bytes that a list takes, which do not depend on its order.

    >>> size_of(["Software\\Acme"])
    30
    """
    return len(encoded(strings, ending))
