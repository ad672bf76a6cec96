"""What the cluster service does by itself: restores, captures, and the DLL's entry points.

A log seldom shows these steps. Where one cannot happen, there is no outcome.
"""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.rules import Course, Move, Rulebook
from clusckpt.rules.capture import local_copy, stored
from clusckpt.rules.removal import without_copies
from clusckpt.state import Checkpoint, ClusterState, Quorum, Resource
from clusckpt.steps.elementary import (
    complete_offline,
    complete_online,
    in_order,
    may_complete_offline,
    may_complete_online,
    save,
    terminate,
    unsaved,
)
from clusckpt.steps.outcome import Outcome, outcome
from clusckpt.steps.restoring import attempted, restorable
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CaptureCheckpoint,
    CaptureDelayPasses,
    DllOffline,
    DllOnline,
    DllTerminate,
    DropStoredCopies,
    RestoreCheckpoint,
)
from clusckpt_spec.register.ids import RuleID

_NONE: frozenset[Outcome] = frozenset()


def restore_checkpoint(
    rules: Rulebook, state: ClusterState, event: RestoreCheckpoint
) -> frozenset[Outcome]:
    """RestoreCheckpoint: the cluster service restores one checkpoint that still waits."""
    name, rule = fold(event.resource), RuleID.RESTORE_BEFORE_ONLINE
    if name not in state.resources:
        return _NONE
    return frozenset(
        outcome(Status.ERROR_SUCCESS, attempted(rules, Course(state), name, checkpoint), rule)
        for checkpoint in restorable(rules, state, name)
        if rules.names(event.checkpoint, checkpoint)
    )


def dll_online(rules: Rulebook, state: ClusterState, event: DllOnline) -> frozenset[Outcome]:
    """DllOnline: the Online entry point of the resource DLL has run."""
    name = fold(event.resource)
    if name not in state.resources or not may_complete_online(rules, state, name):
        return _NONE
    return _ran(complete_online(rules, Course(state), name), RuleID.RESTORE_BEFORE_ONLINE)


def dll_offline(rules: Rulebook, state: ClusterState, event: DllOffline) -> frozenset[Outcome]:
    """DllOffline: the Offline entry point of the resource DLL has run."""
    name = fold(event.resource)
    if name not in state.resources or not may_complete_offline(rules, state, name):
        return _NONE
    return _ran(complete_offline(rules, Course(state), name), RuleID.OFFLINE_STATES)


def dll_terminate(_: Rulebook, state: ClusterState, event: DllTerminate) -> frozenset[Outcome]:
    """DllTerminate: Offline took longer than PendingTimeout, so Terminate has run instead."""
    name = fold(event.resource)
    resource = state.resources.get(name)
    if resource is None or resource.state is not ResourceState.OFFLINE_PENDING:
        return _NONE
    return _ran(terminate(Course(state), name), RuleID.OFFLINE_STATES)


def capture_checkpoint(
    rules: Rulebook, state: ClusterState, event: CaptureCheckpoint
) -> frozenset[Outcome]:
    """CaptureCheckpoint: the service captures a checkpoint that changed, or fails and tries again.

    On the way to offline, that can be the save that the reading asks for.
    """
    name = fold(event.resource)
    if name not in state.resources:
        return _NONE
    captures = [
        (_captured(Course(state), name, entry), RuleID.CAPTURE_ONLINE)
        for entry in capturable(rules, state, name)
        if rules.names(event.checkpoint, entry)
    ]
    saves = [
        (save(Course(state), name, entry), RuleID.KB_SAVE_AT_OFFLINE)
        for entry in unsaved(rules, state, name)
        if rules.names(event.checkpoint, entry)
    ]
    return frozenset(
        outcome(Status.ERROR_SUCCESS, course, rule) for course, rule in (*captures, *saves)
    )


def capturable(rules: Rulebook, state: ClusterState, name: Folded) -> list[Checkpoint]:
    """The checkpoints of a resource that changed and may be captured now, in order of name."""
    resource = state.resources[name]
    watched = _watched(rules, resource)
    names = (resource.due | resource.doubtful) if watched else frozenset()
    if resource.state is ResourceState.ONLINE_PENDING:
        names &= resource.restored
    return [entry for entry in in_order(resource) if entry.name in names]


def let_delay_pass(
    rules: Rulebook, state: ClusterState, _: CaptureDelayPasses
) -> frozenset[Outcome]:
    """CaptureDelayPasses: what is due has been captured, unless capture is optional (A1)."""
    course = Course(state)
    if not rules.chooses(AmbiguityID.A1, "optional"):
        for name, checkpoint in _due(rules, state):
            course = _captured(course, name, checkpoint)
    return _ran(course, RuleID.CAPTURE_ONLINE)


def drop_copies(_: Rulebook, state: ClusterState, event: DropStoredCopies) -> frozenset[Outcome]:
    """DropStoredCopies: the copies of a deleted resource go, where that is a step of its own."""
    name = fold(event.resource)
    if name in state.resources or not any(key[0] == name for key in state.copies):
        return _NONE
    return _ran(Course(without_copies(state, name)), RuleID.DELETED_WITH_RESOURCE)


def _ran(course: Course, rule: RuleID) -> frozenset[Outcome]:
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def _watched(rules: Rulebook, resource: Resource) -> bool:
    failed = rules.chooses(AmbiguityID.A29, "like-online")
    return resource.state in (
        ResourceState.ONLINE,
        ResourceState.ONLINE_PENDING,
        ResourceState.OFFLINE_PENDING,
    ) or (failed and resource.state is ResourceState.FAILED)


def _due(rules: Rulebook, state: ClusterState) -> Iterator[tuple[Folded, Checkpoint]]:
    for name, resource in sorted(state.resources.items()):
        if _counts_as_online(rules, resource):
            for checkpoint in capturable(rules, state, name):
                if checkpoint.name in resource.due:
                    yield name, checkpoint


def _counts_as_online(rules: Rulebook, resource: Resource) -> bool:
    """Whether what is due of a resource must be captured: online, or as good as that (A3, A29)."""
    if resource.state is ResourceState.FAILED:
        return rules.chooses(AmbiguityID.A29, "like-online")
    online = resource.state is ResourceState.ONLINE
    return online or rules.chooses(AmbiguityID.A3, "captured")


def _captured(course: Course, name: Folded, checkpoint: Checkpoint) -> Course:
    """One capture; if there is nothing to copy, or nowhere to copy it to, the try is logged."""
    state = course.state
    there = local_copy(state, state.owner_of(name), checkpoint) is not None
    if there and state.quorum is Quorum.ONLINE:
        course = course.to(state, move=Move("capture", (name, checkpoint.name)))
    return stored(course, name, checkpoint, RuleID.CAPTURE_ONLINE)
