"""Outcomes: what may come of an event."""

from dataclasses import dataclass

from clusckpt.buffers import Listing
from clusckpt.names import Folded
from clusckpt.rules import Change, Course, LogEntry, Move
from clusckpt.state import ClusterState
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


@dataclass(frozen=True, slots=True)
class Outcome:
    """One allowed result of an event.

    `status` is what the call returns and `rule` the rule that says so; `output` is the list that
    a GET control code returns, in no particular order, and `listing` what it may leave in the
    output buffer and in lpcbBytesReturned; `moves` and `changes` tell how the state came about,
    and `logged` what the cluster service may have written to the event log.
    """

    status: Status
    state: ClusterState
    rule: RuleID
    output: frozenset[str] | None = None
    moves: tuple[Move, ...] = ()
    changes: tuple[Change, ...] = ()
    listing: Listing | None = None
    logged: frozenset[LogEntry] = frozenset()


def outcome(
    status: Status,
    course: Course,
    rule: RuleID,
    output: frozenset[str] | None = None,
    listing: Listing | None = None,
) -> Outcome:
    """The outcome in which an event took this course."""
    told = course.moves, course.changes, listing, course.logged
    return Outcome(status, course.state, rule, output, *told)


def refused(status: Status, state: ClusterState, rule: RuleID) -> frozenset[Outcome]:
    """The only outcome: the call fails with this status, and nothing changes."""
    return frozenset({Outcome(status, state, rule)})


def unanswered(state: ClusterState, resource: Folded, rule: RuleID) -> frozenset[Outcome]:
    """The only outcome of a request that no node takes, or about a resource that is not there.

    The empty set if there is somebody to answer and something to answer about.
    """
    if not state.is_served:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    if resource not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, rule)
    return frozenset()
