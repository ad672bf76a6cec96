"""Verdicts on a trace: it conforms, it violates a rule at a line, or it could not be decided."""

from dataclasses import dataclass
from enum import StrEnum

from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register import RuleID


class VerdictKind(StrEnum):
    """What the oracle says of a trace under one reading."""

    CONFORMS = "conforms"
    """Some run of the model explains every line."""
    VIOLATES = "violates"
    """No run of the model explains the line; a rule is broken there."""
    UNDECIDED = "undecided"
    """Too many states remained possible to follow them all."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a trace leaves what the rules allow.

    `got` is what the trace says, `allowed` everything the model would have accepted instead, and
    `rule` the rule that says so.
    """

    line: int
    event: str
    got: str
    allowed: tuple[str, ...]
    rule: RuleID


@dataclass(frozen=True, slots=True)
class Assumption:
    """Events that are assumed to have happened unlogged, right before or after a line."""

    line: int
    events: tuple[AnyEvent, ...]
    before: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one trace under one reading.

    `explained` counts the lines that were explained before the first violation or the end, and
    `violations` are in the order of the trace: after each, what was seen is taken as it is, and
    the trace is followed on. `decisive` says, when it is undecided, which further observation
    would decide. `assumed` are the events that the trace lacks and that explain it.
    """

    reading: str
    kind: VerdictKind
    explained: int
    violations: tuple[Violation, ...] = ()
    decisive: str = ""
    assumed: tuple[Assumption, ...] = ()

    @property
    def violation(self) -> Violation | None:
        """The first violation."""
        return self.violations[0] if self.violations else None
