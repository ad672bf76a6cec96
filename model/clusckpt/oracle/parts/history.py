"""History in parts: which rules determined each part of a cluster last, cut and put together.

Only the order of changes counts for blame, and only within one object. So moments are ranks here,
and two ways to the same state by the same rules are the same. Changes above checkpoint roots
concern several parts: they are kept beside, and cut the time into epochs.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from rpds import HashTrieMap

from clusckpt.names import Folded
from clusckpt.oracle.candidates import Provenance
from clusckpt.oracle.parts.layout import Layout
from clusckpt.rules import Part
from clusckpt.rules.course import Where
from clusckpt_spec.register import RuleID

EPOCH: Final = 1 << 32
"""So many moments lie between two changes above checkpoint roots."""

_Key = tuple[Part, Folded, Where]
_Entries = tuple[tuple[int, RuleID], ...]
Shared = tuple[tuple[_Key, RuleID], ...]
"""The changes above checkpoint roots that still count, the earliest first."""


@dataclass(frozen=True, slots=True)
class History:
    """A provenance in parts: of each part that was asked for, and what they share."""

    parts: tuple[Provenance, ...]
    shared: Shared


def cut(provenance: Provenance, layout: Layout, parts: Sequence[int]) -> History:
    """The provenance of each of some parts, and what they share."""
    entries: dict[int | None, dict[_Key, _Entries]] = defaultdict(dict)
    for key, latest in provenance.latest.items():
        entries[layout.part_of_change(*key)][key] = latest
    above = (
        (moment, key, rule) for key, latest in entries[None].items() for moment, rule in latest
    )
    moments = sorted(above, key=itemgetter(0))
    clocks = [moment for moment, _, _ in moments]

    def epoch(moment: int) -> int:
        return bisect_right(clocks, moment)

    found = tuple(ranked(entries[part], epoch, len(clocks)) for part in parts)
    return History(found, tuple((key, rule) for _, key, rule in moments))


def later(provenance: Provenance) -> Provenance:
    """The provenance of a part with its moments as ranks again, ready for further changes."""
    latest = dict(provenance.latest.items())
    return ranked(latest, lambda at: at // EPOCH, provenance.clock // EPOCH)


def ranked(latest: Mapping[_Key, _Entries], epoch: Callable[[int], int], last: int) -> Provenance:
    """A provenance in which the moments within each epoch of each object count from 1.

    Args:
        latest: the changes that count.
        epoch: the epoch in which a moment lies.
        last: the epoch in which further changes will lie.

    >>> name = Folded("A")
    >>> entries = ((7, RuleID.CAPTURE_ONLINE), (90, RuleID.IN_BACKUP))
    >>> found = ranked({(Part.COPY, name, None): entries}, lambda _: 0, 0)
    >>> [moment for moment, _, _ in found.rules(Part.COPY, name)]
    [1, 2]
    """
    moments: dict[tuple[Part, Folded], set[int]] = defaultdict(set)
    for (part, subject, _), entries in latest.items():
        moments[part, subject].update(moment for moment, _ in entries)
    ranks = {which: _ranks(every, epoch) for which, every in moments.items()}
    renamed = {
        key: tuple((ranks[key[:2]][moment], rule) for moment, rule in entries)
        for key, entries in latest.items()
    }
    return Provenance(HashTrieMap(renamed), last * EPOCH + EPOCH // 2)


def _ranks(moments: set[int], epoch: Callable[[int], int]) -> dict[int, int]:
    found: dict[int, int] = {}
    counted: dict[int, int] = defaultdict(int)
    for moment in sorted(moments):
        at = epoch(moment)
        counted[at] += 1
        found[moment] = at * EPOCH + counted[at]
    return found


def joined_histories(parts: Sequence[Provenance], shared: Shared) -> Provenance:
    """The provenance of several parts as that of one cluster."""
    latest: dict[_Key, _Entries] = {}
    for number, (key, rule) in enumerate(shared, 1):
        latest[key] = (*latest.get(key, ()), (number * EPOCH, rule))
    for part in parts:
        latest.update(part.latest.items())
    return Provenance(HashTrieMap(latest), (len(shared) + 1) * EPOCH)
