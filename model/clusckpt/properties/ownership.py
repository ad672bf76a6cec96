"""Who owns a group: moves on request, failover and failback for a reason, and nothing else."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.depending import dependencies_of
from clusckpt.properties.happening import PENDING, in_state, is_online, is_running, is_served
from clusckpt.properties.hindered import may_have_failed
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
    hosts = hosts_of(before, group) - {owner}
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


def hosts_of(state: ClusterState, group: Folded) -> set[Folded]:
    """The active nodes that are possible owners of every resource of a group."""
    hosts = {name for name, node in state.nodes.items() if node.up}
    for name in state.members(group):
        hosts &= state.resources[name].possible_owners
    return hosts


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
