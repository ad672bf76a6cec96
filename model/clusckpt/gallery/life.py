"""Faulty states, moves and databases: each takes the place of the step."""

from dataclasses import replace

from clusckpt.gallery.clauses import restores_no_tree
from clusckpt.names import Folded, fold
from clusckpt.properties.happening import RUNNING
from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState, Resource
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    DeleteClusterResource,
    DllOnline,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RestoreClusterDatabase,
)

Outcomes = frozenset[Outcome]


def restarted_as_it_is(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A failed resource is restarted on its node with the trees that it failed with.

    The node is noted where other products note the one on which a resource was last.
    """
    name = _name(event)
    if _state_of(state, event, FailClusterResource) in RUNNING:
        here = replace(state.resources[name], left=state.owner_of(name))
        return step(state.with_resource(name, here), event, rules)
    resource = state.resources.get(name)
    if resource is None or resource.left != state.owner_of(name):
        return step(state, event, rules)
    outcomes = step(state, event, replace(rules, restoration=restores_no_tree))
    if not isinstance(event, DllOnline):
        return outcomes
    return frozenset(replace(one, state=_forgotten(one.state, name)) for one in outcomes)


def _forgotten(state: ClusterState, name: Folded) -> ClusterState:
    """The state in which nothing is noted of where a resource failed."""
    return state.with_resource(name, replace(state.resources[name], left=None))


def accepted_twice(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A second request to come online is accepted while the first goes on."""
    return _answered(
        step(state, event, rules),
        _state_of(state, event, OnlineClusterResource) is ResourceState.ONLINE_PENDING,
        Status.ERROR_IO_PENDING,
    )


def failed_counts_as_offline(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A request to take a failed resource offline succeeds, and it stays failed."""
    return _answered(
        step(state, event, rules),
        _state_of(state, event, OfflineClusterResource) is ResourceState.FAILED,
        Status.ERROR_SUCCESS,
    )


def deleted_while_online(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A resource is deleted although it is online."""
    if _state_of(state, event, DeleteClusterResource) is ResourceState.ONLINE:
        name = _name(event)
        state = state.with_resource(name, _at_rest(state.resources[name]))
    return step(state, event, rules)


def left_offline_by_a_move(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A move takes the resources of its group offline and does not bring them back."""
    outcomes = step(state, event, rules)
    if not isinstance(event, MoveClusterGroup):
        return outcomes
    pending = [one for one in outcomes if one.status is Status.ERROR_IO_PENDING]
    ended = frozenset(
        replace(one, status=Status.ERROR_SUCCESS, state=_rested(one.state, fold(event.group)))
        for one in pending
    )
    return ended or outcomes


def online_after_a_crash(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """What ran on a node that went down still counts as running."""
    outcomes = step(state, event, rules)
    if not isinstance(event, NodeCrash):
        return outcomes
    return frozenset(
        replace(one, state=replace(one.state, resources=state.resources)) for one in outcomes
    )


def lists_restored_alone(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A restored database has the lists of the backup and the copies of today."""
    outcomes = step(state, event, rules)
    if not isinstance(event, RestoreClusterDatabase):
        return outcomes
    return frozenset(
        replace(one, state=replace(one.state, copies=state.copies)) for one in outcomes
    )


def _state_of(
    state: ClusterState, event: AnyEvent, request: type[AnyEvent]
) -> ResourceState | None:
    """The state of the resource that a request of this kind is about, if the event is one."""
    resource = state.resources.get(_name(event)) if isinstance(event, request) else None
    return None if resource is None else resource.state


def _name(event: AnyEvent) -> Folded:
    return fold(getattr(event, "resource", ""))


def _answered(outcomes: Outcomes, wrongly: bool, status: Status) -> Outcomes:  # noqa: FBT001
    """The outcomes, with another status if the answer is to be wrong."""
    return frozenset(replace(one, status=status) for one in outcomes) if wrongly else outcomes


def _at_rest(resource: Resource) -> Resource:
    return replace(resource, state=ResourceState.OFFLINE, restored=frozenset())


def _rested(state: ClusterState, group: Folded) -> ClusterState:
    for name in state.members(group):
        if state.resources[name].state is ResourceState.ONLINE_PENDING:
            state = state.with_resource(name, _at_rest(state.resources[name]))
    return state
