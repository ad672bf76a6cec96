"""Elementary steps of the life of a resource: one for each action of the transition system.

Each takes a course and answers the course after the step. Whether the step may be taken is asked
first, by the function of the same subject that starts with `may_`.
"""

from collections.abc import Iterable
from dataclasses import replace

from clusckpt.names import Folded
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import local_copy, stored
from clusckpt.rules.clause import clause
from clusckpt.rules.removal import without_unlisted
from clusckpt.state import RESTING, Checkpoint, CheckpointName, ClusterState, Resource
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.register.ids import RuleID

RUNNING = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)

_NOTHING: frozenset[CheckpointName] = frozenset()


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


def may_complete_online(rules: Rulebook, state: ClusterState, name: Folded) -> bool:
    """The resource DLL's Online runs only after every stored copy has been restored.

    And only when everything that the resource depends on is online.
    """
    resource = state.resources[name]
    if resource.state is not ResourceState.ONLINE_PENDING:
        return False
    needed = (state.resources.get(other) for other in resource.dependencies)
    ready = all(one is not None and one.state is ResourceState.ONLINE for one in needed)
    return ready and rules.waits(state, name) <= resource.restored


@clause(RuleID.RESTORE_BEFORE_ONLINE)
def complete_online(rules: Rulebook, course: Course, name: Folded) -> Course:
    """The resource DLL's Online has run; the resource is online.

    Where the first online after an add captures (A4, A5), it does so now.
    """
    resource = replace(course.state.resources[name], state=ResourceState.ONLINE)
    change = Change(Part.STATE, name, RuleID.RESTORE_BEFORE_ONLINE)
    course = course.to(
        course.state.with_resource(name, resource), change, move=Move("complete_online", (name,))
    )
    if rules.first_copy_at_online:
        for checkpoint in in_order(resource):
            if checkpoint.name in resource.uncaptured:
                course = stored(course, name, checkpoint, RuleID.KB_CAPTURE_AT_ADD)
    return course


@clause(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE)
def begin_offline(rules: Rulebook, course: Course, name: Folded) -> Course:
    """An online resource is accepted to go offline.

    CKPT-KB-SAVE-AT-OFFLINE: "When the resource is brought offline, all the checkpoints
    associated with this resource are saved." At once, unless later changes may count (A2, A3).
    """
    resource = course.state.resources[name]
    if rules.saves_at_offline and not rules.saves_in_between:
        for checkpoint in in_order(resource):
            course = stored(course, name, checkpoint, RuleID.KB_SAVE_AT_OFFLINE)
    resource = course.state.resources[name]
    course = _with_state(course, name, ResourceState.OFFLINE_PENDING, "begin_offline")
    if rules.chooses(AmbiguityID.A3, "overwritten"):
        return course
    still = replace(course.state.resources[name], due=resource.due, doubtful=resource.doubtful)
    return course.to(course.state.with_resource(name, still))


def unsaved(rules: Rulebook, state: ClusterState, name: Folded) -> list[Checkpoint]:
    """The checkpoints that a resource which is going offline has yet to save, one by one."""
    resource, owner = state.resources[name], state.owner_of(name)
    if not rules.saves_in_between or resource.state is not ResourceState.OFFLINE_PENDING:
        return []
    return [
        entry
        for entry in in_order(resource)
        if entry.name not in resource.saved and local_copy(state, owner, entry) is not None
    ]


def save(course: Course, name: Folded, checkpoint: Checkpoint) -> Course:
    """One checkpoint of a resource that is going offline is saved; if it cannot be, no other try.

    CKPT-KB-SAVE-AT-OFFLINE, where later changes may count as well (A3).
    """
    course = course.to(course.state, move=Move("save", (name, checkpoint.name)))
    course = stored(course, name, checkpoint, RuleID.KB_SAVE_AT_OFFLINE)
    resource = course.state.resources[name]
    saved = replace(resource, saved=resource.saved | {checkpoint.name})
    return course.to(course.state.with_resource(name, saved))


def may_complete_offline(rules: Rulebook, state: ClusterState, name: Folded) -> bool:
    """The resource DLL's Offline runs when nothing that depends on the resource runs any more."""
    if state.resources[name].state is not ResourceState.OFFLINE_PENDING:
        return False
    dependents = (one for one in state.resources.values() if name in one.dependencies)
    idle = all(one.state not in RUNNING for one in dependents)
    return idle and not unsaved(rules, state, name)


@clause(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE)
def complete_offline(rules: Rulebook, course: Course, name: Folded) -> Course:
    """The resource DLL's Offline has run; a change on the way counted where A3 says so."""
    if rules.saves_at_offline and rules.chooses(AmbiguityID.A3, "captured"):
        for checkpoint in in_order(course.state.resources[name]):
            course = stored(course, name, checkpoint, RuleID.KB_SAVE_AT_OFFLINE)
    course = _with_state(course, name, ResourceState.OFFLINE, "complete_offline")
    if rules.remembers_node:
        left = replace(course.state.resources[name], left=course.state.owner_of(name))
        course = course.to(course.state.with_resource(name, left))
    return course


@clause(RuleID.OFFLINE_STATES)
def terminate(course: Course, name: Folded) -> Course:
    """The resource DLL's Terminate has run instead of Offline: nothing more is saved (A2)."""
    return _with_state(course, name, ResourceState.OFFLINE, "terminate")


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


@clause(RuleID.FAILOVER)
def crash(course: Course, node: Folded) -> Course:
    """A node stops at once: its resources are offline, nothing was saved, its registry stays."""
    down = replace(course.state.nodes[node], up=False)
    state, changes = course.state.with_node(node, down), []
    for name, resource in course.state.hosted_on(node):
        if resource.state in RUNNING:
            state = at_rest(state, name, ResourceState.OFFLINE)
            changes.append(Change(Part.STATE, name, RuleID.FAILOVER))
    return course.to(state, *changes, move=Move("crash", (node,)))


def join(course: Course, node: Folded) -> Course:
    """A node that was down takes part again, with the registry it has.

    The first one drops what nobody could drop before: copies of what is no longer listed (A33).
    """
    state = course.state.with_node(node, replace(course.state.nodes[node], up=True))
    for name in () if course.state.is_served else state.resources:
        state = without_unlisted(state, name)
    return course.to(state, move=Move("join", (node,)))


def persist(state: ClusterState, names: Iterable[Folded], *, online: bool) -> ClusterState:
    """The state in which resources have a persistent state, to which the service returns them."""
    for name in names:
        resource = state.resources[name]
        state = state.with_resource(name, replace(resource, persistent_online=online))
    return state


def rested(resource: Resource, state: ResourceState) -> Resource:
    """The resource in another state, with nothing under way for it."""
    return replace(
        resource,
        state=state,
        restored=_NOTHING,
        failed=_NOTHING,
        saved=_NOTHING,
        due=_NOTHING,
        doubtful=_NOTHING,
    )


def at_rest(state: ClusterState, name: Folded, reached: ResourceState) -> ClusterState:
    """The state in which a resource rests, without copies of what it no longer lists (A33).

    With no node left, nobody can drop a copy.
    """
    state = state.with_resource(name, rested(state.resources[name], reached))
    return without_unlisted(state, name) if state.is_served else state


def in_order(resource: Resource) -> list[Checkpoint]:
    """The checkpoints of a resource, in order of name."""
    return [resource.checkpoints[name] for name in sorted(resource.checkpoints)]


def _with_state(course: Course, name: Folded, state: ResourceState, action: str) -> Course:
    """The resource in another state; the move is named after the action."""
    if state in RESTING:
        changed = at_rest(course.state, name, state)
    else:
        resource = rested(course.state.resources[name], state)
        changed = course.state.with_resource(name, resource)
    rule = RuleID.ONLINE_STATES if state is ResourceState.ONLINE_PENDING else RuleID.OFFLINE_STATES
    return course.to(changed, Change(Part.STATE, name, rule), move=Move(action, (name,)))
