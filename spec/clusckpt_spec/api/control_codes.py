"""The control codes of the page, composed from their published parts.

Source: MsCS/control-code-architecture and the page of each code. The two codes for resource
types are named with a leading `TYPE_` here, because their published names differ only in the
prefix `CLUSCTL_RESOURCE_TYPE_`.
"""

from enum import IntEnum

from clusckpt_spec.api.code_layout import Access, CodeLayout, ControlObject, composed, decoded
from clusckpt_spec.register.ids import RuleID


class UnknownControlCode(ValueError):
    """A control code that has nothing to do with checkpoints."""


def _changes(function: int) -> int:
    """The number of a function that changes the checkpoints of a resource."""
    return composed(CodeLayout(ControlObject.RESOURCE, function, Access.WRITE, modify=True))


def _reads(function: int, about: ControlObject = ControlObject.RESOURCE) -> int:
    """The number of a function that lists checkpoints."""
    return composed(CodeLayout(about, function, Access.READ))


class ControlCode(IntEnum):
    """Every control code involved with checkpointing, by the number of its function."""

    ADD_REGISTRY_CHECKPOINT = _changes(40)
    DELETE_REGISTRY_CHECKPOINT = _changes(41)
    GET_REGISTRY_CHECKPOINTS = _reads(42)
    ADD_CRYPTO_CHECKPOINT = _changes(43)
    DELETE_CRYPTO_CHECKPOINT = _changes(44)
    GET_CRYPTO_CHECKPOINTS = _reads(45)
    ADD_REGISTRY_CHECKPOINT_64BIT = _changes(47)
    ADD_REGISTRY_CHECKPOINT_32BIT = _changes(48)
    ADD_CRYPTO_CHECKPOINT_EX = _changes(181)
    TYPE_GET_REGISTRY_CHECKPOINTS = _reads(42, ControlObject.RESOURCE_TYPE)
    TYPE_GET_CRYPTO_CHECKPOINTS = _reads(45, ControlObject.RESOURCE_TYPE)

    @property
    def published_name(self) -> str:
        """The name in the documents.

        >>> ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS.published_name
        'CLUSCTL_RESOURCE_TYPE_GET_CRYPTO_CHECKPOINTS'
        """
        return f"CLUSCTL_RESOURCE_{self.name}"

    @property
    def layout(self) -> CodeLayout:
        """The parts of the number.

        >>> ControlCode.DELETE_CRYPTO_CHECKPOINT.layout.function
        44
        """
        return decoded(self.value)

    @property
    def needs_all_access(self) -> bool:
        """Whether the modify bit is set, which asks for All access ([MS-CMRP] 3.1.4.2.74, A37).

        >>> ControlCode.ADD_CRYPTO_CHECKPOINT.needs_all_access
        True
        >>> ControlCode.GET_CRYPTO_CHECKPOINTS.needs_all_access
        False
        """
        return self.layout.modify

    @property
    def rule(self) -> RuleID:
        """The rule that is this code's contract."""
        return RuleID[self.name.replace("_CHECKPOINTS", "").replace("_CHECKPOINT", "")]


def control_code(named: str | int) -> ControlCode:
    """The control code that a trace names or numbers.

    Args:
        named: the published name, or the number as 32 bits without a sign.

    Raises:
        UnknownControlCode: if it is none of the checkpoint codes.

    >>> add = ControlCode.ADD_REGISTRY_CHECKPOINT
    >>> control_code("CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT") is control_code(int(add)) is add
    True
    """
    for code in ControlCode:
        if named in (code.published_name, code.value):
            return code
    allowed = ", ".join(code.published_name for code in ControlCode)
    message = f"{named!r} is not a checkpoint control code; allowed: {allowed}, or their numbers"
    raise UnknownControlCode(message)
