"""Which node owns a group: requests to move it, node crash, failover, failback, and join."""

from dataclasses import replace

from clusckpt.names import Folded, fold
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import ClusterState, Quorum
from clusckpt.steps.dependencies import in_dependency_order, needed
from clusckpt.steps.elementary import (
    begin_online,
    can_host,
    crash,
    join,
)
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt.steps.side_effects import delivered
from clusckpt.steps.together import all_offline, all_online
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    FailbackClusterGroup,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
)
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.MOVE_GROUP
_NONE: frozenset[Outcome] = frozenset()
_PENDING = (ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)


def move_group(rules: Rulebook, state: ClusterState, event: MoveClusterGroup) -> frozenset[Outcome]:
    """MoveClusterGroup: to the given node, or to any that can host the group."""
    group = fold(event.group)
    if not state.is_served:
        return refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
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
    """Offline, transfer, then back to the persistent state of each resource.

    [MS-CMRP] ApiMoveGroup: the group's state may differ in the end, and the call may return at
    once. What comes online on the new node can fail there.
    """
    if state.groups[group].owner == node:
        return refused(Status.ERROR_SUCCESS, state, _RULE)
    members = in_dependency_order(state, group)
    pending = any(state.resources[name].state in _PENDING for name in members)
    if not can_host(state, group, node) or pending:
        return refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
    course = _given_away(rules, Course(state), group, node)
    for name in members:
        if course.state.resources[name].persistent_online:
            for one in needed(course.state, name):
                course = begin_online(course, one)
    ends = all_online(rules, course, members)
    return frozenset(
        {outcome(Status.ERROR_IO_PENDING, course, _RULE)}
        | {outcome(Status.ERROR_SUCCESS, end, _RULE) for end in ends}
    )


def _given_away(rules: Rulebook, course: Course, group: Folded, node: Folded) -> Course:
    """The group goes offline in the order of its dependencies, and changes hands.

    What was saved on the way is delivered before the new owner has the group.
    """
    before, members = course.state, in_dependency_order(course.state, group)
    course = all_offline(rules, course, list(reversed(members)))
    if rules.has_side_effects:
        course = delivered(rules, before, course)
    return transfer(course, group, node)


@clause(RuleID.MOVE_GROUP, RuleID.FAILOVER)
def transfer(course: Course, group: Folded, node: Folded) -> Course:
    """The group changes hands: a move if its owner is active, a failover if it is down."""
    state = course.state
    action = "move" if state.nodes[state.groups[group].owner].up else "failover"
    rule = RuleID.MOVE_GROUP if action == "move" else RuleID.FAILOVER
    groups = state.groups.insert(group, replace(state.groups[group], owner=node))
    change = Change(Part.OWNER, group, rule)
    return course.to(replace(state, groups=groups), change, move=Move(action, (group, node)))


def crash_node(_: Rulebook, state: ClusterState, event: NodeCrash) -> frozenset[Outcome]:
    """NodeCrash: an active node stops at once; the processes that held keys open are gone."""
    node = fold(event.node)
    if not state.nodes[node].up:
        return _NONE
    course = _without_handles(crash(Course(state), node), node)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.FAILOVER)})


def _without_handles(course: Course, node: Folded) -> Course:
    there = course.state.nodes[node]
    freed = sorted(there.opened - there.denied)
    course = course.to(course.state.with_node(node, replace(there, opened=frozenset())))
    for key in freed:
        course = course.to(course.state, move=Move("unblock", (node, key)))
    return course


def join_node(_: Rulebook, state: ClusterState, event: NodeJoin) -> frozenset[Outcome]:
    """NodeJoin: a node that was down takes part again, if there is a quorum to take part in."""
    node = fold(event.node)
    if state.nodes[node].up or state.quorum is Quorum.LOST:
        return _NONE
    return frozenset({outcome(Status.ERROR_SUCCESS, join(Course(state), node), RuleID.FAILOVER)})


def fail_over_group(
    rules: Rulebook, state: ClusterState, event: FailoverClusterGroup
) -> frozenset[Outcome]:
    """FailoverClusterGroup: the service gives a group to another node.

    What runs in the group goes offline first.
    """
    group, node = fold(event.group), fold(event.node)
    if node not in failover_targets(state, group):
        return _NONE
    course = _given_away(rules, Course(state), group, node)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.FAILOVER)})


def failover_targets(state: ClusterState, group: Folded) -> list[Folded]:
    """The nodes to which a group can fail over, in order of name.

    MsCS/failover: its owner is down, or one of its resources has failed.
    """
    owner = state.groups[group].owner
    states = {state.resources[name].state for name in state.members(group)}
    failed = ResourceState.FAILED in states and not states & set(_PENDING)
    if state.nodes[owner].up and not failed:
        return []
    return [node for node in sorted(state.nodes) if node != owner and can_host(state, group, node)]


def fail_back_group(
    rules: Rulebook, state: ClusterState, event: FailbackClusterGroup
) -> frozenset[Outcome]:
    """FailbackClusterGroup: the service moves a group to the most preferred node that can host it.

    MsCS/failback: back to a preferred node that takes part again.
    """
    group = fold(event.group)
    node = failback_target(state, group)
    if node is None:
        return _NONE
    course = _given_away(rules, Course(state), group, node)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.FAILOVER)})


def failback_target(state: ClusterState, group: Folded) -> Folded | None:
    """The node to which a group fails back: preferred to its owner, active and possible.

    A group whose owner is down fails over instead; one with a pending resource stays for now.
    """
    entry = state.groups[group]
    pending = any(state.resources[one].state in _PENDING for one in state.members(group))
    if pending or not state.nodes[entry.owner].up:
        return None
    for node in entry.preferred:
        if node == entry.owner:
            return None
        if can_host(state, group, node):
            return node
    return None
