"""One checkpoint control code on its way: what was asked, and who carries it out."""

from collections.abc import Callable
from dataclasses import dataclass

from clusckpt.buffers import OutputBuffer, written_string
from clusckpt.names import Folded
from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps.outcome import Outcome
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats.events import ClusterResourceControl


@dataclass(frozen=True, slots=True)
class CodeCall:
    """A control code for a resource that exists.

    `executor` is the node that carries it out: the owner of the resource, unless another node
    was asked for and did.
    """

    code: ControlCode
    name: Folded
    executor: Folded
    event: ClusterResourceControl

    @property
    def input(self) -> bytes:
        """The bytes of the input buffer; none if it is NULL."""
        return input_bytes(self.event)

    @property
    def output_buffer(self) -> OutputBuffer:
        """The output buffer that the caller gave."""
        return OutputBuffer(self.event.output_size, self.event.output_null)


Handler = Callable[[Rulebook, ClusterState, CodeCall], frozenset[Outcome]]
"""What a control code does once it is accepted."""


def input_bytes(event: ClusterResourceControl) -> bytes:
    r"""The bytes of the input buffer: as they are given, or those of the string with its end.

    Raises:
        ValueError: if `input_bytes` is not hexadecimal.

    >>> input_bytes(ClusterResourceControl("A", 0, "B"))
    b'B\x00\x00\x00'
    """
    if event.input_bytes is not None:
        return bytes.fromhex(event.input_bytes)
    return b"" if event.input is None else written_string(event.input)
