"""Factors: the possible states of a cluster as the possible states of each of its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from clusckpt.oracle.candidates import LARGEST_SET, Candidate, TooManyCandidates
from clusckpt.oracle.parts.history import Shared, cut, joined_histories
from clusckpt.oracle.parts.layout import Layout
from clusckpt.oracle.parts.substates import joined_states, substate


@dataclass(frozen=True, slots=True)
class Factors:
    """The candidates of each of some parts: any of one part can go with any of the others."""

    sets: tuple[tuple[Candidate, ...], ...]
    shared: Shared


def factored(
    candidates: Sequence[Candidate], layout: Layout, parts: Sequence[int]
) -> Factors | None:
    """The factors of some candidates; None if the parts depend on each other in them.

    Args:
        candidates: of the cluster, or of these parts of it.
        layout: the parts of the cluster.
        parts: the numbers of those to tell apart.
    """
    rows, shared = [], set()
    for one in candidates:
        history = cut(one.provenance, layout, parts)
        shared.add(history.shared)
        states = (substate(one.state, layout, part) for part in parts)
        rows.append(tuple(zip(states, history.parts, strict=True)))
    if len(shared) != 1:
        return None
    columns = [dict.fromkeys(column) for column in zip(*rows, strict=True)]
    if len(rows) > 1 and prod(map(len, columns)) != len(set(rows)):
        return None
    sets = tuple(tuple(Candidate(*element) for element in column) for column in columns)
    return Factors(sets, shared.pop())


def multiplied(sets: Sequence[Iterable[Candidate]], shared: Shared) -> list[Candidate]:
    """Every combination of candidates of several parts, as candidates of one cluster.

    Raises:
        TooManyCandidates: if there are more than are followed.
    """
    lists = [tuple(one) for one in sets]
    if prod(map(len, lists)) > LARGEST_SET:
        raise TooManyCandidates
    return [
        Candidate(
            joined_states([one.state for one in chosen]),
            joined_histories([one.provenance for one in chosen], shared),
        )
        for chosen in product(*lists)
    ]
