"""A listing: what a list code may leave in the output buffer and in lpcbBytesReturned."""

from dataclasses import dataclass

from clusckpt.buffers.multi_sz import Ending, MalformedList, decoded, encoded, size_of
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import Reading

Ranks = tuple[tuple[str, ...], ...]
"""The strings of a list: those of a rank come before those of the next, and in any order."""

_EMPTY_SIZES = {
    "any-empty-form": frozenset({0, 2, 4}),
    "no-bytes": frozenset({0}),
    "one-terminator": frozenset({2}),
    "two-terminators": frozenset({4}),
}
"""The bytes of an empty list, by the choices of A16."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The lists that an answer admits.

    `sizes` are what lpcbBytesReturned may be, in bytes, and `is_written` whether the list is in
    the buffer. An answer that only tells the size leaves the buffer alone.
    """

    ranks: Ranks
    sizes: frozenset[int]
    ending: Ending
    is_written: bool

    @property
    def strings(self) -> tuple[str, ...]:
        """Every string, in one of the orders that are admitted."""
        return tuple(one for rank in self.ranks for one in rank)

    @property
    def example(self) -> bytes:
        """One of the contents of the buffer that are admitted; the shortest of an empty list."""
        if not self.is_written:
            return b""
        return encoded(self.strings, self.ending) if self.strings else bytes(min(self.sizes))

    def admits(self, strings: tuple[str, ...]) -> bool:
        """Whether a list has these strings, each as often as it should, in an admitted order."""
        at = 0
        for rank in self.ranks:
            if sorted(strings[at : at + len(rank)]) != sorted(rank):
                return False
            at += len(rank)
        return at == len(strings)

    def fault(self, data: bytes) -> str | None:
        """What is wrong with the form of the bytes in the buffer, whatever they list; or None."""
        try:
            strings = decoded(data, self.ending)
        except MalformedList as fault:
            return str(fault)
        if not strings and len(data) not in self.sizes and not self.strings:
            return f"an empty list of {len(data)} bytes"
        return None


def sizes(ranks: Ranks, reading: Reading) -> frozenset[int]:
    r"""The bytes that a list may take (A16, A18).

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> sorted(sizes((("Software\\Acme",),), MSCS_PAGE)), sorted(sizes((), MSCS_PAGE))
    ([30], [0, 2, 4])
    """
    strings = [one for rank in ranks for one in rank]
    if not strings:
        return _EMPTY_SIZES[reading[AmbiguityID.A16]]
    return frozenset({size_of(strings, ending_of(reading))})


def ending_of(reading: Reading) -> Ending:
    """How lists end under a reading (A18)."""
    return Ending(reading[AmbiguityID.A18])
