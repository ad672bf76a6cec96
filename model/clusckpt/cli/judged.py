"""A trace file with its judgement and what it says about the open choices."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusckpt.oracle import Evidence, Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement on a trace file.

    If it was `weighed`, `evidence` says which choices it supports and refutes, next to the reading
    `next_to`; where no reading explains it, it says nothing. What was only `inferred` is none.
    """

    path: str
    judgement: Judgement
    evidence: tuple[Evidence, ...] = ()
    next_to: str | None = None
    inferred: bool = False
    weighed: bool = False


def consistent_with_all(judged: Sequence[Judged]) -> tuple[str, ...]:
    """The readings that explain every one of several traces."""
    first = judged[0].judgement.consistent
    rest = [one.judgement.consistent for one in judged[1:]]
    return tuple(name for name in first if all(name in other for other in rest))
