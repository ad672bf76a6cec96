"""Control calls that wait for their answer: from where, which code, for which resource."""

from dataclasses import dataclass
from enum import StrEnum

from clusckpt.waits.entry_points import EntryPoint
from clusckpt_spec.api.control_codes import ControlCode


class OrdinaryCode(StrEnum):
    """Some control codes that are not about checkpoints, and that a DLL must answer itself.

    Source: MsCS, pages of these codes and of the ResourceControl entry point.
    """

    GET_PRIVATE_PROPERTIES = "CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES"
    """Ask a resource for the properties that only its DLL knows."""
    VALIDATE_PRIVATE_PROPERTIES = "CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES"
    """Ask a resource whether it would take such properties."""
    SET_PRIVATE_PROPERTIES = "CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES"
    """Give a resource such properties."""


Code = ControlCode | OrdinaryCode


@dataclass(frozen=True, slots=True)
class ControlCall:
    """A control code that has been issued and not been answered yet.

    `resource` is the resource from inside whose DLL it was issued and `inside` the entry point;
    None for both if a program outside every DLL issued it. `target` is the resource that the code
    is for. `on_its_way` is false for an ordinary code that the cluster service has not passed on
    so far.
    """

    resource: str | None
    inside: EntryPoint | None
    code: Code
    target: str
    on_its_way: bool = True

    @property
    def passed_to_dll(self) -> bool:
        """Whether the DLL of the target has to answer: never for a checkpoint code.

        Rule: CKPT-NOT-PASSED-TO-DLL.

        >>> ControlCall(None, None, ControlCode.GET_CRYPTO_CHECKPOINTS, "SQL").passed_to_dll
        False
        >>> ControlCall(None, None, OrdinaryCode.GET_PRIVATE_PROPERTIES, "SQL").passed_to_dll
        True
        """
        return self.on_its_way and not isinstance(self.code, ControlCode)

    @property
    def published_name(self) -> str:
        """The name of the code in the documents."""
        return self.code.published_name if isinstance(self.code, ControlCode) else self.code.value
