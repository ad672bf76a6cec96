"""Obligations and verdicts: what has to be shown, and how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

from clusckpt_proofs.recheck.records import Run
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.sorts import Term

Refutation = Callable[[], list[Term]]
"""Makes the terms that cannot hold together if what is to be proved is so."""


class Kind(StrEnum):
    """What an obligation shows."""

    INITIAL = "initial"
    """An invariant holds in every initial state."""
    STEP = "step"
    """An action keeps an invariant, for any number of nodes, resources and keys."""
    THEOREM = "theorem"
    """An action does what a theorem says, for any number of nodes, resources and keys."""
    PROGRESS = "progress"
    """What waits comes in the end, under fairness, for any number of nodes, resources and keys."""
    COLLISION = "collision"
    """The schedule that costs a resource its data may happen, for any conflict whatever."""
    COUNTEREXAMPLE = "counterexample"
    """A rule of the page that a reading does not promise is broken by a run that was executed."""
    WITNESS = "witness"
    """Something can happen, in a run that was executed: what is proved is not vacuous."""
    NEEDED = "needed"
    """Without a premise there is a counterexample, so the premise is needed."""


class Result(StrEnum):
    """How it went. Unknown is never a pass."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What discharging an obligation found; `story` says it to a person, line by line.

    `run` is what was executed to show it, and `satisfied` the terms that a solver found it with.
    """

    result: Result
    story: tuple[str, ...] = ()
    run: Run | None = None
    satisfied: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Obligation:
    """Something to show: `reading/specification/kind/subject` names it, `discharge` shows it.

    What a solver proves for any size also gives its `refutation`, which certificates are made of;
    it is None for what is executed and not solved.
    """

    name: str
    kind: Kind
    rules: tuple[RuleID, ...]
    discharge: Callable[[], Answer]
    refutation: Refutation | None = None

    def verdict(self) -> "Verdict":
        """Discharge the obligation and measure how long that took."""
        start = perf_counter()
        answer = self.discharge()
        return self.judged(answer, perf_counter() - start)

    def judged(self, answer: Answer, seconds: float) -> "Verdict":
        """The verdict that an answer comes to."""
        return Verdict(self.name, self.kind, self.rules, answer.result, seconds, answer.story)


@dataclass(frozen=True)
class Verdict:
    """The outcome of one obligation; `seconds` is for people, no test asserts it."""

    name: str
    kind: Kind
    rules: tuple[RuleID, ...]
    result: Result
    seconds: float
    story: tuple[str, ...]
