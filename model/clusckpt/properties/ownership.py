"""Who owns a group: moves on request, failover and failback for a reason, and nothing else."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import same
from clusckpt.properties.depending import dependencies_of
from clusckpt.properties.failures import may_have_failed
from clusckpt.properties.happening import PENDING, in_state, is_online, is_running, is_served
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    FailbackClusterGroup,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
)
from clusckpt_spec.register.ids import RuleID

_MOVE, _FAILOVER = RuleID.MOVE_GROUP, RuleID.FAILOVER
_CHANGING_HANDS = (MoveClusterGroup, FailoverClusterGroup, FailbackClusterGroup)


@property_of(_MOVE)
def move_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A group goes to an active possible owner; its resources return to what they were to be."""
    if not isinstance(event, MoveClusterGroup):
        return
    group, after = fold(event.group), outcome.state
    if not is_served(before):
        yield from wrong_refusal(_MOVE, before, outcome, Status.UNSPECIFIED_FAILURE)
        return
    if group not in before.groups:
        yield from wrong_refusal(_MOVE, before, outcome, Status.ERROR_GROUP_NOT_FOUND)
        return
    owner = before.groups[group].owner
    if event.node is not None and fold(event.node) == owner:
        yield from wrong_refusal(_MOVE, before, outcome, Status.ERROR_SUCCESS)
        return
    hosts = _hosts(before, group) - {owner}
    if event.node is not None:
        hosts &= {fold(event.node)}
    if not hosts or any(in_state(before, name, *PENDING) for name in before.members(group)):
        yield from wrong_refusal(_MOVE, before, outcome, Status.UNSPECIFIED_FAILURE)
    elif after.groups[group].owner not in hosts:
        new = after.groups[group].owner
        yield violation(_MOVE, f"{group} is on {new}", f"{group} on one of {sorted(hosts)}")
    elif outcome.status not in (Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING):
        yield violation(_MOVE, outcome.status.name, "ERROR_SUCCESS or ERROR_IO_PENDING")
    else:
        yield from _wrong_return(chronicle, before, outcome, group)


@property_of(_MOVE, _FAILOVER)
def groups_change_hands_for_a_reason(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Only the group that is moved or fails over changes its owner."""
    concerned = fold(event.group) if isinstance(event, _CHANGING_HANDS) else None
    for group, entry in sorted(before.groups.items()):
        new = outcome.state.groups[group].owner
        if group != concerned and new != entry.owner:
            yield violation(
                _FAILOVER if isinstance(event, NodeCrash | FailoverClusterGroup) else _MOVE,
                f"{group} went from {entry.owner} to {new}",
                f"{group} stays on {entry.owner}",
            )


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


@property_of(_MOVE, _FAILOVER)
def runs_on_active_possible_owner(
    _chronicle: Chronicle, _before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Whatever runs is on an active node that may host it."""
    after = outcome.state
    for name, resource in sorted(after.resources.items()):
        node = after.owner_of(name)
        fit = after.nodes[node].up and node in resource.possible_owners
        if is_running(after, name) and not fit:
            yield violation(
                _MOVE if isinstance(event, MoveClusterGroup) else _FAILOVER,
                f"{name} is {state_label(resource.state)} on {node}",
                f"{name} running on an active node of {sorted(resource.possible_owners)}",
            )


def _hosts(state: ClusterState, group: Folded) -> set[Folded]:
    """The active nodes that are possible owners of every resource of a group."""
    hosts = {name for name, node in state.nodes.items() if node.up}
    for name in state.members(group):
        hosts &= state.resources[name].possible_owners
    return hosts


def _targets(
    before: ClusterState, event: FailoverClusterGroup | FailbackClusterGroup, group: Folded
) -> set[Folded]:
    """The nodes to which a group can go by itself; none if there is no reason to."""
    entry, members = before.groups[group], before.members(group)
    hosts, down = _hosts(before, group) - {entry.owner}, not before.nodes[entry.owner].up
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


def _wrong_return(
    chronicle: Chronicle, before: ClusterState, outcome: Outcome, group: Folded
) -> Iterator[Violation]:
    """Resources that are not as their persistent state says, once the move is complete.

    What a wanted resource depends on comes online for its sake. An online can fail (A25, A27), and
    what depends on that waits.
    """
    after = outcome.state
    members = before.members(group)
    persistent = {name for name in members if before.resources[name].persistent_online}
    wanted = persistent.union(*(dependencies_of(before, name) for name in persistent))
    for name in members:
        complete = outcome.status is Status.ERROR_SUCCESS
        idle = (
            complete and not is_online(after, name) and not _held_up(chronicle, before, after, name)
        )
        if idle if name in wanted else is_running(after, name):
            now = state_label(after.resources[name].state)
            yield violation(
                _MOVE,
                f"{name} is {now} after the move of {group}",
                f"{name} {'Online' if name in wanted else 'at rest'}, its persistent state",
            )


def _held_up(chronicle: Chronicle, before: ClusterState, after: ClusterState, name: Folded) -> bool:
    """Whether a resource has a reason not to have come online: its failure, or that of another."""
    if in_state(after, name, ResourceState.FAILED):
        return may_have_failed(chronicle.reading, before, after, name)
    waits = in_state(after, name, ResourceState.ONLINE_PENDING)
    return waits and any(not is_online(after, one) for one in dependencies_of(after, name))
