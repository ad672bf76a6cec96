"""Outcomes: what may come of an event."""

from dataclasses import dataclass

from clusckpt.rules.course import Change, Course, Move
from clusckpt.state import ClusterState
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


@dataclass(frozen=True, slots=True)
class Outcome:
    """One allowed result of an event.

    `status` is what the call returns and `rule` the rule that says so; `output` is the list that
    a GET control code returns, in no particular order; `moves` and `changes` tell how the state
    came about.
    """

    status: Status
    state: ClusterState
    rule: RuleID
    output: frozenset[str] | None = None
    moves: tuple[Move, ...] = ()
    changes: tuple[Change, ...] = ()


def outcome(
    status: Status, course: Course, rule: RuleID, output: frozenset[str] | None = None
) -> Outcome:
    """The outcome in which an event took this course."""
    return Outcome(status, course.state, rule, output, course.moves, course.changes)


def refused(status: Status, state: ClusterState, rule: RuleID) -> frozenset[Outcome]:
    """The only outcome: the call fails with this status, and nothing changes."""
    return frozenset({Outcome(status, state, rule)})
