"""The output buffer rule: when a list fits, when its size is answered instead, and the remark.

"ERROR_MORE_DATA: lpcbBytesReturned has the required size"; "If lpOutBuffer is NULL and
cbOutBufferSize is zero, then ERROR_SUCCESS may be returned, not ERROR_MORE_DATA" (the pages of
both list codes). The remark allows and does not ask: A17.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.buffers.listing import Listing, Ranks, ending_of, sizes
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.readings import Reading

_STATUSES_WITHOUT_BUFFER = {
    "either": (Status.ERROR_SUCCESS, Status.ERROR_MORE_DATA),
    "success": (Status.ERROR_SUCCESS,),
    "more-data": (Status.ERROR_MORE_DATA,),
}
"""What is answered to NULL and zero, by the choices of A17."""


@dataclass(frozen=True, slots=True)
class OutputBuffer:
    """The output buffer of a call: its size in bytes, if it is known, and whether it is NULL.

    A NULL buffer whose size is not known has the size zero.
    """

    size: int | None = None
    is_null: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list code may answer, with the listing that goes with it; None if it fails."""

    status: Status
    listing: Listing | None


def answers(ranks: Ranks, buffer: OutputBuffer, reading: Reading) -> Iterator[Answer]:
    r"""Every answer of a list code that has something to list, each status once.

    Args:
        ranks: the strings to be listed.
        buffer: the output buffer that the caller gave; of unknown size, it may be too small.
        reading: decides A16, A17 and A18.

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> ranks = (("Software\\Acme",),)
    >>> [answer.status.name for answer in answers(ranks, OutputBuffer(30), MSCS_PAGE)]
    ['ERROR_SUCCESS']
    >>> [answer.status.name for answer in answers(ranks, OutputBuffer(29), MSCS_PAGE)]
    ['ERROR_MORE_DATA']
    """
    if buffer.is_null:
        yield from _without_buffer(ranks, buffer, reading)
        return
    possible = sizes(ranks, reading)
    known = buffer.size
    fitting = {size for size in possible if known is None or size <= known}
    short = {size for size in possible if size and (known is None or size > known)}
    if fitting:
        yield _answer(Status.ERROR_SUCCESS, ranks, fitting, reading, is_written=True)
    if short:
        yield _answer(Status.ERROR_MORE_DATA, ranks, short, reading)


def _without_buffer(ranks: Ranks, buffer: OutputBuffer, reading: Reading) -> Iterator[Answer]:
    """The answers to a NULL buffer; with a size that is not zero, the call fails.

    Success may tell the size that is required, or that nothing was written.
    """
    if buffer.size:
        yield Answer(Status.UNSPECIFIED_FAILURE, None)
        return
    required = {size for size in sizes(ranks, reading) if size}
    statuses = _STATUSES_WITHOUT_BUFFER[reading[AmbiguityID.A17]]
    if Status.ERROR_SUCCESS in statuses:
        yield _answer(Status.ERROR_SUCCESS, ranks, {0, *required}, reading)
    elif 0 in sizes(ranks, reading):
        yield _answer(Status.ERROR_SUCCESS, ranks, {0}, reading)
    if Status.ERROR_MORE_DATA in statuses and required:
        yield _answer(Status.ERROR_MORE_DATA, ranks, required, reading)


def _answer(
    status: Status, ranks: Ranks, allowed: set[int], reading: Reading, *, is_written: bool = False
) -> Answer:
    return Answer(status, Listing(ranks, frozenset(allowed), ending_of(reading), is_written))
