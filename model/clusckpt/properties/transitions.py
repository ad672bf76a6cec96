"""Transitions: no resource starts or stops running, and no group changes hands, of itself."""

from collections.abc import Iterator

from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.hindered import may_have_failed
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.formats.events import (
    AnyEvent,
    BringOnline,
    DllOffline,
    DllOnline,
    DllTerminate,
    FailbackClusterGroup,
    FailClusterResource,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from clusckpt_spec.register.ids import RuleID

_STARTING = (OnlineClusterResource, BringOnline, DllOnline, MoveClusterGroup)
_GOING = (
    OfflineClusterResource,
    MoveClusterGroup,
    FailoverClusterGroup,
    FailbackClusterGroup,
)
_STOPPING = (
    *_GOING,
    DllOffline,
    DllTerminate,
    FailClusterResource,
    NodeCrash,
    QuorumChange,
    RestoreClusterDatabase,
)
_FAILING = (OnlineClusterResource, MoveClusterGroup, RestoreCheckpoint)
"""Events in which an online can fail."""


@property_of(RuleID.ONLINE_STATES, RuleID.OFFLINE_STATES)
def states_change_on_request_only(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """No resource starts or stops running but by a request, a move, a crash or a new formation.

    An online can also fail by itself, if a restore fails that it needs (A25, A27).
    """
    after, reading = outcome.state, chronicle.reading
    for name in sorted(set(before.resources) & set(after.resources)):
        was, now = before.resources[name].state, after.resources[name].state
        if now is was or isinstance(event, _events_into(now)):
            continue
        failed = now is ResourceState.FAILED and isinstance(event, _FAILING)
        if not failed or not may_have_failed(reading, before, after, name):
            starts = now in (ResourceState.ONLINE, ResourceState.ONLINE_PENDING)
            yield violation(
                RuleID.ONLINE_STATES if starts else RuleID.OFFLINE_STATES,
                f"{name} went from {state_label(was)} to {state_label(now)} "
                f"by {type(event).__name__}",
                f"{name} stays {state_label(was)}",
            )


def _events_into(state: ResourceState) -> tuple[type[AnyEvent], ...]:
    """The events that may leave a resource in a state that it was not in."""
    if state in (ResourceState.ONLINE, ResourceState.ONLINE_PENDING):
        return _STARTING
    if state is ResourceState.OFFLINE_PENDING:
        return _GOING
    return (FailClusterResource,) if state is ResourceState.FAILED else _STOPPING
