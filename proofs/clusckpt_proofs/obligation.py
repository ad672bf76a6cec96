"""Obligations and verdicts: what has to be shown, and how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

from clusckpt_spec.register.ids import RuleID


class Kind(StrEnum):
    """What an obligation shows."""

    INITIAL = "initial"
    """An invariant holds in every initial state."""
    STEP = "step"
    """An action keeps an invariant, for any number of nodes, resources and keys."""
    THEOREM = "theorem"
    """An action does what a theorem says, for any number of nodes, resources and keys."""
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
    """What discharging an obligation found; `story` says it to a person, line by line."""

    result: Result
    story: tuple[str, ...] = ()


@dataclass(frozen=True)
class Obligation:
    """Something to show: `reading/specification/kind/subject` names it, `discharge` shows it."""

    name: str
    kind: Kind
    rules: tuple[RuleID, ...]
    discharge: Callable[[], Answer]

    def verdict(self) -> "Verdict":
        """Discharge the obligation and measure how long that took."""
        start = perf_counter()
        answer = self.discharge()
        return Verdict(
            self.name, self.kind, self.rules, answer.result, perf_counter() - start, answer.story
        )


@dataclass(frozen=True)
class Verdict:
    """The outcome of one obligation; `seconds` is for people, no test asserts it."""

    name: str
    kind: Kind
    rules: tuple[RuleID, ...]
    result: Result
    seconds: float
    story: tuple[str, ...]
