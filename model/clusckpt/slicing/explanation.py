"""A slice told to a person: each of its lines in plain words, then got, allowed and because."""

from collections.abc import Iterator

from clusckpt.reports.observed import answer, observed
from clusckpt.reports.reasons import reasons
from clusckpt.reports.sentences import told
from clusckpt.slicing.slice import Slice
from clusckpt_spec.formats.trace import TraceLine


def explaining(found: Slice) -> tuple[str, ...]:
    """The shortest explaining prefix: numbered lines of a slice, with their old numbers."""
    return (*_lines(found), *reasons(found.violation))


def _lines(found: Slice) -> Iterator[str]:
    for at, (line, old) in enumerate(zip(found.trace.lines, found.lines, strict=True), start=1):
        yield f"{at:2}. line {old}: {_sentence(line)}"


def _sentence(line: TraceLine) -> str:
    came = f" → {answer(line)}" if line.returned is not None else ""
    seen = f"; seen: {', '.join(observed(line))}" if line.observed is not None else ""
    return f"{told(line.event)}{came}{seen}"
