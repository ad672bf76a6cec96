"""Failover and failback: why a group goes to another node by itself, and what a crash leaves."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import same
from clusckpt.properties.happening import PENDING, in_state, is_running
from clusckpt.properties.marked import property_of
from clusckpt.properties.ownership import hosts_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import (
    AnyEvent,
    FailbackClusterGroup,
    FailoverClusterGroup,
    NodeCrash,
    NodeJoin,
)
from clusckpt_spec.register.ids import RuleID

_FAILOVER = RuleID.FAILOVER


@property_of(_FAILOVER)
def failover_goes_to_an_active_node(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A group fails over if its owner is down, or a resource of it has failed, and goes as it is.

    It fails back to an active possible owner that is preferred to the present one. Either way its
    resources are at rest afterwards.
    """
    if not isinstance(event, FailoverClusterGroup | FailbackClusterGroup):
        return
    group, after = fold(event.group), outcome.state
    owner, new = before.groups[group].owner, after.groups[group].owner
    if new not in _targets(before, event, group):
        yield violation(
            _FAILOVER,
            f"{group} went from {owner} to {new} by {type(event).__name__}",
            f"{group} on one of {sorted(_targets(before, event, group))}, if there is a reason",
        )
    running = [name for name in after.members(group) if is_running(after, name)]
    if running:
        yield violation(_FAILOVER, f"{running} run on {new}", "they come online afterwards")
    as_it_was = same(after.resources, before.resources) and same(after.copies, before.copies)
    if not before.nodes[owner].up and not as_it_was:
        yield violation(_FAILOVER, "a resource or a copy changed", "only the owner changes")


@property_of(_FAILOVER)
def crash_saves_nothing(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """When a node stops, what ran there rests; the quorum and every registry stay as they were."""
    if not isinstance(event, NodeCrash | NodeJoin):
        return
    node, after = fold(event.node), outcome.state
    if after.nodes[node].up is isinstance(event, NodeCrash):
        yield violation(_FAILOVER, f"{node} up: {after.nodes[node].up}", "the other way round")
    if not same(after.copies, before.copies):
        yield violation(_FAILOVER, "a copy changed", "what the quorum held stays")
    for name in sorted(after.resources):
        here = isinstance(event, NodeCrash) and before.owner_of(name) == node
        if is_running(after, name) and here:
            yield violation(_FAILOVER, f"{name} runs on {node}", f"{name} rests: {node} is down")


def _targets(
    before: ClusterState, event: FailoverClusterGroup | FailbackClusterGroup, group: Folded
) -> set[Folded]:
    """The nodes to which a group can go by itself; none if there is no reason to."""
    entry, members = before.groups[group], before.members(group)
    hosts, down = hosts_of(before, group) - {entry.owner}, not before.nodes[entry.owner].up
    if any(in_state(before, name, *PENDING) for name in members):
        return set()
    if isinstance(event, FailoverClusterGroup):
        failed = any(in_state(before, name, ResourceState.FAILED) for name in members)
        return hosts if down or failed else set()
    preferred = list(entry.preferred)
    if entry.owner in preferred:
        preferred = preferred[: preferred.index(entry.owner)]
    fit = [node for node in preferred if node in hosts and not down]
    return set(fit[:1])
