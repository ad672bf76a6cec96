"""The control codes of the page, with their published numbers.

Source: MsCS/control-code-architecture and the page of each code. The two codes for resource
types are named with a leading `TYPE_` here, because their published names differ only in the
prefix `CLUSCTL_RESOURCE_TYPE_`.
"""

from enum import IntEnum

from clusckpt_spec.register.ids import RuleID


class UnknownControlCode(ValueError):
    """A control code that has nothing to do with checkpoints."""


class ControlCode(IntEnum):
    """Every control code involved with checkpointing."""

    ADD_REGISTRY_CHECKPOINT = 0x014000A2
    DELETE_REGISTRY_CHECKPOINT = 0x014000A6
    GET_REGISTRY_CHECKPOINTS = 0x010000A9
    ADD_CRYPTO_CHECKPOINT = 0x014000AE
    DELETE_CRYPTO_CHECKPOINT = 0x014000B2
    GET_CRYPTO_CHECKPOINTS = 0x010000B5
    ADD_REGISTRY_CHECKPOINT_64BIT = 0x014000BE
    ADD_REGISTRY_CHECKPOINT_32BIT = 0x014000C2
    ADD_CRYPTO_CHECKPOINT_EX = 0x014002D6
    TYPE_GET_REGISTRY_CHECKPOINTS = 0x020000A9
    TYPE_GET_CRYPTO_CHECKPOINTS = 0x020000B5

    @property
    def published_name(self) -> str:
        """The name in the documents.

        >>> ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS.published_name
        'CLUSCTL_RESOURCE_TYPE_GET_CRYPTO_CHECKPOINTS'
        """
        return f"CLUSCTL_RESOURCE_{self.name}"

    @property
    def rule(self) -> RuleID:
        """The rule that is this code's contract."""
        return RuleID[self.name.replace("_CHECKPOINTS", "").replace("_CHECKPOINT", "")]


def control_code(named: str | int) -> ControlCode:
    """The control code that a trace names or numbers.

    Raises:
        UnknownControlCode: if it is none of the checkpoint codes.

    >>> control_code("CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT") == control_code(20971682)
    True
    """
    for code in ControlCode:
        if named in (code.published_name, code.value):
            return code
    allowed = ", ".join(code.published_name for code in ControlCode)
    message = f"{named!r} is not a checkpoint control code; allowed: {allowed}, or their numbers"
    raise UnknownControlCode(message)
