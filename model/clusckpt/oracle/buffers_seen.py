"""What a list code left in its buffer, held against what a candidate admits.

The bytes of a list are compared by what they hold: its strings in any order, unless the reading
asks for that of the adds (A15), in one of the forms that A16 and A18 leave. What a call that does
not succeed leaves in the buffer is not published, and not judged.
"""

from collections.abc import Iterable, Iterator

from clusckpt.buffers import Listing, decoded
from clusckpt.names import fold
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.rules import Part
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.formats.trace import Observation, TraceLine
from clusckpt_spec.register import RuleID


def buffer_mismatches(
    candidate: Candidate, line: TraceLine, seen: Observation
) -> Iterator[Mismatch]:
    """Everything in the output buffer and in lpcbBytesReturned that a candidate does not admit."""
    event, outcome = line.event, candidate.outcome
    if not isinstance(event, ClusterResourceControl) or outcome is None:
        return
    listing = outcome.listing
    if listing is None:
        return
    if seen.bytes_returned is not None:
        yield from _size(event, seen.bytes_returned, listing.sizes, outcome.rule)
    if seen.output is not None:
        data = bytes.fromhex(seen.output)
        if listing.is_written:
            yield from _form(event, data, listing, outcome.rule)
            if seen.bytes_returned is not None:
                yield from _size(event, seen.bytes_returned, {len(data)}, outcome.rule)
        elif event.output_null:
            yield from _nothing(event, data, outcome.rule)


def _size(
    event: ClusterResourceControl, got: int, allowed: Iterable[int], rule: RuleID
) -> Iterator[Mismatch]:
    if got not in allowed:
        what = f"lpcbBytesReturned for {event.resource}"
        sizes = " or ".join(str(size) for size in sorted(allowed))
        yield _mismatch(event, what, str(got), sizes, rule)


def _form(
    event: ClusterResourceControl, data: bytes, listing: Listing, rule: RuleID
) -> Iterator[Mismatch]:
    """What is wrong with the bytes: their form, the strings that they hold, or the order."""
    fault = listing.fault(data)
    if fault is not None:
        what = f"output buffer for {event.resource}"
        allowed = f"a MULTI_SZ with {listing.ending.value.replace('-', ' ')}"
        yield _mismatch(event, what, fault, allowed, rule)
        return
    strings = decoded(data, listing.ending)
    if listing.admits(strings):
        return
    if sorted(strings) == sorted(listing.strings):
        what = f"order of the checkpoints of {event.resource}"
        yield _mismatch(event, what, ", ".join(strings), ", ".join(listing.strings), rule)
    else:
        what = f"checkpoints of {event.resource}"
        yield _mismatch(event, what, _names(strings), _names(listing.strings), None)


def _nothing(event: ClusterResourceControl, data: bytes, rule: RuleID) -> Iterator[Mismatch]:
    if data:
        what = f"output buffer for {event.resource}"
        yield _mismatch(event, what, f"{len(data)} bytes", "none: lpOutBuffer is NULL", rule)


def _mismatch(
    event: ClusterResourceControl, what: str, got: str, allowed: str, rule: RuleID | None
) -> Mismatch:
    return Mismatch(Part.LIST, fold(event.resource), None, what, got, allowed, rule)


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
