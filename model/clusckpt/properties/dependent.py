"""Dependencies: what a resource needs is online before it, and offline after it.

MsCS/resource-dependencies: a dependent goes offline before, and comes online after, all of its
dependencies. A resource that fails, or is terminated, does not wait for its dependents.
"""

from collections.abc import Iterator

from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.depending import dependencies_of, dependents_of
from clusckpt.properties.happening import came_online, in_state, is_online, is_running
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.formats.events import (
    AnyEvent,
    DllOffline,
    FailbackClusterGroup,
    FailoverClusterGroup,
    MoveClusterGroup,
    OfflineClusterResource,
)
from clusckpt_spec.register.ids import RuleID

_ORDERLY = (
    OfflineClusterResource,
    DllOffline,
    MoveClusterGroup,
    FailoverClusterGroup,
    FailbackClusterGroup,
)


@property_of(RuleID.ONLINE_STATES)
def online_after_dependencies(
    _chronicle: Chronicle, before: ClusterState, _event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that comes online finds everything that it depends on online."""
    after = outcome.state
    for name in came_online(before, after):
        direct = after.resources[name].dependencies & set(after.resources)
        for other in sorted(direct):
            if not is_online(after, other):
                yield violation(
                    RuleID.ONLINE_STATES,
                    f"{name} is online while {other} is "
                    f"{state_label(after.resources[other].state)}",
                    f"{name} waits for {other}, on which it depends",
                )


@property_of(RuleID.OFFLINE_STATES)
def offline_after_dependents(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that goes offline in good order leaves nothing running that depends on it."""
    after = outcome.state
    if not isinstance(event, _ORDERLY):
        return
    for name in sorted(set(before.resources) & set(after.resources)):
        if not is_running(before, name) or not in_state(after, name, ResourceState.OFFLINE):
            continue
        for other in sorted(dependents_of(after, name)):
            between = dependencies_of(after, other) & dependents_of(after, name)
            held_up = any(not is_running(after, one) for one in between)
            if is_running(after, other) and not held_up:
                yield violation(
                    RuleID.OFFLINE_STATES,
                    f"{name} is offline while {other}, which depends on it, is "
                    f"{state_label(after.resources[other].state)}",
                    f"{other} offline before {name}",
                )
