"""Elementary steps of the life of a resource: one for each action of the transition system.

Each takes a course and answers the course after the step. Whether the step may be taken is asked
first, by the function of the same subject that starts with `may_`.
"""

from collections.abc import Iterable
from dataclasses import replace

from clusckpt.names import Folded
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import stored
from clusckpt.rules.clause import clause
from clusckpt.state import RESTING, Checkpoint, ClusterState, Resource
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.register.ids import RuleID

RUNNING = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING)


def may_begin_online(state: ClusterState, name: Folded) -> bool:
    """A resting resource may begin to come online on an active owner that is a possible one."""
    owner = state.owner_of(name)
    resource = state.resources[name]
    possible = owner in resource.possible_owners
    return resource.state in RESTING and state.nodes[owner].up and possible


@clause(RuleID.ONLINE_STATES)
def begin_online(course: Course, name: Folded) -> Course:
    """The resource is accepted to come online; nothing has been restored yet."""
    return _with_state(course, name, ResourceState.ONLINE_PENDING, "begin_online")


def unrestored(state: ClusterState, name: Folded) -> list[Checkpoint]:
    """The checkpoints with a copy that a running resource has not seen restored, in order."""
    resource = state.resources[name]
    if resource.state not in RUNNING:
        return []
    return [
        resource.checkpoints[entry]
        for entry in sorted(resource.checkpoints)
        if entry not in resource.restored and (name, entry) in state.copies
    ]


def may_complete_online(rules: Rulebook, state: ClusterState, name: Folded) -> bool:
    """The resource DLL's Online runs only after every stored copy has been restored."""
    resource = state.resources[name]
    if resource.state is not ResourceState.ONLINE_PENDING:
        return False
    return rules.waits(state, name) <= resource.restored


@clause(RuleID.RESTORE_BEFORE_ONLINE)
def complete_online(course: Course, name: Folded) -> Course:
    """The resource DLL's Online has run; the resource is online."""
    resource = replace(course.state.resources[name], state=ResourceState.ONLINE)
    change = Change(Part.STATE, name, RuleID.RESTORE_BEFORE_ONLINE)
    return course.to(
        course.state.with_resource(name, resource), change, move=Move("complete_online", (name,))
    )


@clause(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE)
def go_offline(rules: Rulebook, course: Course, name: Folded) -> Course:
    """An online resource goes offline in good order; reading A2 says if its trees are saved.

    CKPT-KB-SAVE-AT-OFFLINE: "When the resource is brought offline, all the checkpoints
    associated with this resource are saved."
    """
    if rules.saves_at_offline:
        for checkpoint in _in_order(course.state.resources[name]):
            course = stored(course, name, checkpoint, RuleID.KB_SAVE_AT_OFFLINE)
    return _with_state(course, name, ResourceState.OFFLINE, "go_offline")


@clause(RuleID.OFFLINE_STATES)
def fail(course: Course, name: Folded) -> Course:
    """A running resource fails; nothing is saved, and it counts as offline from now on (A29)."""
    return _with_state(course, name, ResourceState.FAILED, "fail")


@clause(RuleID.DELETED_WITH_RESOURCE)
def delete(rules: Rulebook, course: Course, name: Folded) -> Course:
    """The resource is deleted, with everything that its deletion deletes."""
    change = Change(Part.COPY, name, RuleID.DELETED_WITH_RESOURCE)
    return course.to(rules.deletion(course.state, name), change, move=Move("delete", (name,)))


def can_host(state: ClusterState, group: Folded, node: Folded) -> bool:
    """Whether a node is active and a possible owner of every resource of a group."""
    members = (state.resources[name] for name in state.members(group))
    return state.nodes[node].up and all(node in member.possible_owners for member in members)


@clause(RuleID.MOVE_GROUP, RuleID.FAILOVER)
def transfer(course: Course, group: Folded, node: Folded) -> Course:
    """The group changes hands: a move if its owner is active, a failover if it is down."""
    state = course.state
    action = "move" if state.nodes[state.groups[group].owner].up else "failover"
    rule = RuleID.MOVE_GROUP if action == "move" else RuleID.FAILOVER
    groups = state.groups.insert(group, replace(state.groups[group], owner=node))
    change = Change(Part.OWNER, group, rule)
    return course.to(replace(state, groups=groups), change, move=Move(action, (group, node)))


@clause(RuleID.FAILOVER)
def crash(course: Course, node: Folded) -> Course:
    """A node stops at once: its resources are offline, nothing was saved, its registry stays."""
    state, changes = course.state, []
    for name, resource in course.state.hosted_on(node):
        if resource.state in RUNNING:
            state = state.with_resource(name, _rested(resource, ResourceState.OFFLINE))
            changes.append(Change(Part.STATE, name, RuleID.FAILOVER))
    state = state.with_node(node, replace(state.nodes[node], up=False))
    return course.to(state, *changes, move=Move("crash", (node,)))


def join(course: Course, node: Folded) -> Course:
    """A node that was down takes part again, with the registry it has."""
    up = replace(course.state.nodes[node], up=True)
    return course.to(course.state.with_node(node, up), move=Move("join", (node,)))


def persist(state: ClusterState, names: Iterable[Folded], *, online: bool) -> ClusterState:
    """The state in which resources have a persistent state, to which the service returns them."""
    for name in names:
        resource = state.resources[name]
        state = state.with_resource(name, replace(resource, persistent_online=online))
    return state


def _with_state(course: Course, name: Folded, state: ResourceState, action: str) -> Course:
    """The resource in another state, with nothing restored; the move is named after the action."""
    resource = _rested(course.state.resources[name], state)
    rule = RuleID.ONLINE_STATES if state is ResourceState.ONLINE_PENDING else RuleID.OFFLINE_STATES
    return course.to(
        course.state.with_resource(name, resource),
        Change(Part.STATE, name, rule),
        move=Move(action, (name,)),
    )


def _rested(resource: Resource, state: ResourceState) -> Resource:
    return replace(resource, state=state, restored=frozenset())


def _in_order(resource: Resource) -> list[Checkpoint]:
    return [resource.checkpoints[name] for name in sorted(resource.checkpoints)]
