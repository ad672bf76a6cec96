"""Which node owns a group: requests to move it, node crash, failover, and join."""

import networkx as nx

from clusckpt.names import Folded, fold
from clusckpt.rules import Course, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps.completion import completed
from clusckpt.steps.elementary import (
    RUNNING,
    begin_online,
    can_host,
    crash,
    go_offline,
    join,
    may_begin_online,
    transfer,
)
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import FailoverClusterGroup, MoveClusterGroup, NodeCrash, NodeJoin
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.MOVE_GROUP
_NONE: frozenset[Outcome] = frozenset()


def move_group(rules: Rulebook, state: ClusterState, event: MoveClusterGroup) -> frozenset[Outcome]:
    """MoveClusterGroup: to the given node, or to any that can host the group."""
    group = fold(event.group)
    if group not in state.groups:
        return refused(Status.ERROR_GROUP_NOT_FOUND, state, _RULE)
    if event.node is not None:
        return _moved(rules, state, group, fold(event.node))
    owner = state.groups[group].owner
    others = [node for node in state.nodes if node != owner and can_host(state, group, node)]
    if not others:
        return refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
    return frozenset().union(*(_moved(rules, state, group, node) for node in others))


def _moved(rules: Rulebook, state: ClusterState, group: Folded, node: Folded) -> frozenset[Outcome]:
    """Offline, transfer, then back to the persistent state of each resource."""
    if state.groups[group].owner == node:
        return refused(Status.ERROR_SUCCESS, state, _RULE)
    members = in_dependency_order(state, group)
    states = {state.resources[name].state for name in members}
    if not can_host(state, group, node) or ResourceState.ONLINE_PENDING in states:
        return refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
    course = Course(state)
    for name in reversed(members):
        if course.state.resources[name].state is ResourceState.ONLINE:
            course = go_offline(rules, course, name)
    course = transfer(course, group, node)
    returning = [name for name in members if _returns(course.state, name)]
    for name in returning:
        course = begin_online(course, name)
    ends = frozenset({course})
    for name in returning:
        ends = frozenset(end for one in ends for end in completed(rules, one, name))
    return frozenset(
        {outcome(Status.ERROR_IO_PENDING, course, _RULE)}
        | {outcome(Status.ERROR_SUCCESS, end, _RULE) for end in ends}
    )


def in_dependency_order(state: ClusterState, group: Folded) -> list[Folded]:
    """The resources of a group, each after those it depends on, otherwise in order of name."""
    members = state.members(group)
    graph: nx.DiGraph[Folded] = nx.DiGraph()
    graph.add_nodes_from(members)
    for name in members:
        needed = state.resources[name].dependencies
        graph.add_edges_from((other, name) for other in needed if other in members)
    return list(nx.lexicographical_topological_sort(graph))


def crash_node(_: Rulebook, state: ClusterState, event: NodeCrash) -> frozenset[Outcome]:
    """NodeCrash: an active node stops at once."""
    node = fold(event.node)
    if not state.nodes[node].up:
        return _NONE
    return frozenset({outcome(Status.ERROR_SUCCESS, crash(Course(state), node), RuleID.FAILOVER)})


def join_node(_: Rulebook, state: ClusterState, event: NodeJoin) -> frozenset[Outcome]:
    """NodeJoin: a node that was down takes part again."""
    node = fold(event.node)
    if state.nodes[node].up:
        return _NONE
    return frozenset({outcome(Status.ERROR_SUCCESS, join(Course(state), node), RuleID.FAILOVER)})


def fail_over_group(
    _: Rulebook, state: ClusterState, event: FailoverClusterGroup
) -> frozenset[Outcome]:
    """FailoverClusterGroup: the service gives a group whose owner is down to another node."""
    group, node = fold(event.group), fold(event.node)
    running = any(state.resources[name].state in RUNNING for name in state.members(group))
    if state.nodes[state.groups[group].owner].up or running or not can_host(state, group, node):
        return _NONE
    course = transfer(Course(state), group, node)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.FAILOVER)})


def _returns(state: ClusterState, name: Folded) -> bool:
    return state.resources[name].persistent_online and may_begin_online(state, name)
