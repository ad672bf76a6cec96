"""Transitions: no resource starts or stops running, and no group changes hands, of itself."""

from collections.abc import Iterator

from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.happening import is_running
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats.events import (
    AnyEvent,
    BringOnline,
    DllOnline,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RestoreClusterDatabase,
)
from clusckpt_spec.register.ids import RuleID

_STARTING = (OnlineClusterResource, BringOnline, DllOnline, MoveClusterGroup)
_STOPPING = (
    OfflineClusterResource,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    RestoreClusterDatabase,
)


@property_of(RuleID.ONLINE_STATES, RuleID.OFFLINE_STATES)
def states_change_on_request_only(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """No resource starts or stops running but by a request, a move, a crash or a new formation."""
    after = outcome.state
    for name in sorted(set(before.resources) & set(after.resources)):
        was, now = before.resources[name].state, after.resources[name].state
        starts = is_running(after, name) and now is not was
        allowed = _STARTING if starts else _STOPPING
        if now is not was and not isinstance(event, allowed):
            yield violation(
                RuleID.ONLINE_STATES if starts else RuleID.OFFLINE_STATES,
                f"{name} went from {state_label(was)} to {state_label(now)} "
                f"by {type(event).__name__}",
                f"{name} stays {state_label(was)}",
            )
