"""The checkpoint list of a resource: what an add or a delete does once it is accepted."""

from dataclasses import replace

from clusckpt.names import Folded, overlap
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import copied, local_copy
from clusckpt.rules.clause import clause
from clusckpt.rules.removal import forgotten
from clusckpt.state import Checkpoint, CheckpointName, ClusterState, NoTree, Quorum
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


def added(
    rules: Rulebook,
    state: ClusterState,
    name: Folded,
    checkpoint: Checkpoint,
    rule: RuleID,
    *,
    executor: Folded | None = None,
) -> frozenset[Outcome]:
    """The entry joins the list and the first copy is taken; online, nothing is left to restore.

    The copy is that of the owner, or of another node that carried out the control code.
    """
    if _refused(rules, state, name, checkpoint):
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    resource = state.resources[name]
    online = resource.state is ResourceState.ONLINE
    restored = resource.restored | ({checkpoint.name} if online else frozenset())
    changed = _listed(state, name, checkpoint)
    course = Course(state).to(
        changed.with_resource(name, replace(changed.resources[name], restored=restored)),
        Change(Part.LIST, name, rule),
        move=Move("add_checkpoint", (name, checkpoint.name)),
    )
    course = _first_copy(rules, course, name, checkpoint, executor)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def _refused(rules: Rulebook, state: ClusterState, name: Folded, checkpoint: Checkpoint) -> bool:
    """Whether nothing can be stored, the product has no room, or the root is taken (A22, A23)."""
    most = rules.reading.product.most_checkpoints
    full = most is not None and len(state.resources[name].checkpoints) >= most
    if full or state.quorum is not Quorum.ONLINE:
        return True
    for other, resource in state.resources.items():
        choice = AmbiguityID.A22 if other == name else AmbiguityID.A23
        if rules.chooses(choice, "refused") and any(
            _shares(entry, checkpoint) for entry in resource.checkpoints.values()
        ):
            return True
    return False


def _shares(one: Checkpoint, other: Checkpoint) -> bool:
    return bool(one.root and other.root) and overlap(one.folded_root, other.folded_root)


@clause(RuleID.KB_CAPTURE_AT_ADD)
def _first_copy(
    rules: Rulebook,
    course: Course,
    name: Folded,
    checkpoint: Checkpoint,
    executor: Folded | None,
) -> Course:
    """CKPT-KB-CAPTURE-AT-ADD: "the specified key is checkpointed", or later (A4, A5).

    A root that does not exist, where that is accepted, has the copy of an absent tree (A6).
    """
    rule, state = RuleID.KB_CAPTURE_AT_ADD, course.state
    online = state.resources[name].state is ResourceState.ONLINE
    if not rules.chooses(AmbiguityID.A4, "at-add"):
        return _to_be_captured(course, name, checkpoint)
    if not online and rules.chooses(AmbiguityID.A5, "nothing-captured"):
        return _to_be_captured(course, name, checkpoint)
    copy = local_copy(state, executor or state.owner_of(name), checkpoint)
    if copy is None and rules.chooses(AmbiguityID.A6, "succeeds-empty"):
        copy = NoTree()
    return course if copy is None else copied(course, name, checkpoint, copy, rule)


def _to_be_captured(course: Course, name: Folded, checkpoint: Checkpoint) -> Course:
    resource = course.state.resources[name]
    waiting = replace(resource, uncaptured=resource.uncaptured | {checkpoint.name})
    return course.to(course.state.with_resource(name, waiting))


def _listed(state: ClusterState, name: Folded, checkpoint: Checkpoint) -> ClusterState:
    """The entry is on the list; a copy that an earlier one of that name has left is not its own."""
    resource = state.resources[name]
    checkpoints = resource.checkpoints.insert(checkpoint.name, checkpoint)
    state = state.with_resource(name, replace(resource, checkpoints=checkpoints))
    return replace(state, copies=state.copies.discard((name, checkpoint.name)))


def removed(
    rules: Rulebook, state: ClusterState, name: Folded, identity: CheckpointName, rule: RuleID
) -> frozenset[Outcome]:
    """The entry leaves the list, and its copy the quorum, at once or when the resource rests."""
    course = Course(state).to(
        forgotten(state, name, identity, keeps_copy=rules.keeps_removed_copies),
        Change(Part.LIST, name, rule),
        Change(Part.COPY, name, rule, identity),
        move=Move("remove_checkpoint", (name, identity)),
    )
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def listed_without_copy(
    state: ClusterState, name: Folded, checkpoint: Checkpoint, status: Status, rule: RuleID
) -> frozenset[Outcome]:
    """An add that failed has put the entry on the list all the same, and no copy is taken (A41)."""
    course = Course(state).to(
        _listed(state, name, checkpoint),
        Change(Part.LIST, name, rule),
    )
    return frozenset({outcome(status, course, rule)})
