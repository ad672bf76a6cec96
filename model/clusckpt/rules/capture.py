"""Capture: what follows from a change for the copies on the quorum.

A change of a tree can be captured at once, be due for a later capture, be doubtful (it may be
captured or not), or be undone by another restore. Which of these follows, for a resource in which
state, a reading says; `choices` puts the answers together.
"""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.containers import container_id
from clusckpt.names import Folded
from clusckpt.registry import find
from clusckpt.rules.clause import clause
from clusckpt.rules.course import Change, Course, LogEntry, Part
from clusckpt.state import (
    Checkpoint,
    CheckpointKind,
    CheckpointName,
    ClusterState,
    Container,
    Copy,
    Quorum,
    Resource,
)
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.register.ids import RuleID

SAVE_FAILED = 1080
"""Event: the cluster service could not write to a file."""

Changed = Callable[[Checkpoint], bool]
"""Whether the tree or the container of a checkpoint changed."""

Consequence = Callable[[Course, Folded, Changed], Course]
"""What follows from a change on a node."""

Concerned = Callable[[Resource, CheckpointName], bool]
"""Whether a change concerns a checkpoint, by the state of its resource."""


@clause(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE)
def captured(course: Course, node: Folded, changed: Changed, concerned: Concerned) -> Course:
    """Copy every changed tree of every resource concerned, as part of the change.

    CKPT-CAPTURE-ONLINE: "Whenever anything changes on the checkpointed registry tree and the
    resource is online, the Cluster service stores a copy of the tree on the quorum resource."
    A tree whose root is gone cannot be copied; the last good copy stays (CKPT-ROOT-DELETED).
    While the quorum cannot be written, the capture stays due.
    """
    for name, checkpoint in affected(course.state, node, changed, concerned):
        course = stored(course, name, checkpoint, RuleID.CAPTURE_ONLINE)
        if course.state.quorum is not Quorum.ONLINE:
            course = _noted(course, name, checkpoint.name, due=True)
    return course


@clause(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE)
def noticed(course: Course, node: Folded, changed: Changed, concerned: Concerned) -> Course:
    """Every changed tree of every resource concerned is due to be captured (A1).

    KB897666 shows captures "due to timer", three seconds apart; one serves all changes so far.
    """
    for name, checkpoint in affected(course.state, node, changed, concerned):
        course = _noted(course, name, checkpoint.name, due=True)
    return course


def doubted(course: Course, node: Folded, changed: Changed, concerned: Concerned) -> Course:
    """Every changed tree concerned may be captured or not: the documents do not say."""
    for name, checkpoint in affected(course.state, node, changed, concerned):
        course = _noted(course, name, checkpoint.name, due=False)
    return course


def ignored(course: Course, _node: Folded, _changed: Changed) -> Course:
    """Nothing follows from the change."""
    return course


@clause(RuleID.OFFLINE_OVERWRITTEN)
def undone(course: Course, node: Folded, changed: Changed) -> Course:
    """Let changed trees of resources that are still coming online be restored once more.

    Reading A3: a change made before the resource is online counts as an offline change, and is
    overwritten.
    """
    state = course.state
    for name, resource in course.state.hosted_on(node):
        if resource.state is ResourceState.ONLINE_PENDING:
            kept = frozenset(
                entry for entry in resource.restored if not changed(resource.checkpoints[entry])
            )
            state = state.with_resource(name, replace(resource, restored=kept))
    return course.to(state)


def affected(
    state: ClusterState, node: Folded, changed: Changed, concerned: Concerned
) -> list[tuple[Folded, Checkpoint]]:
    """The changed checkpoints of the resources on a node that the change concerns, in order.

    Where a failed restore keeps the good copy (A28), nothing is captured until one succeeds.
    """
    return [
        (name, checkpoint)
        for name, resource in state.hosted_on(node)
        for checkpoint in resource.checkpoints.values()
        if checkpoint.name not in resource.failed
        if concerned(resource, checkpoint.name) and changed(checkpoint)
    ]


@clause(RuleID.ROOT_DELETED)
def stored(course: Course, resource: Folded, checkpoint: Checkpoint, rule: RuleID) -> Course:
    """Store what the owner has for a checkpoint; what cannot be stored leaves the good copy.

    That is a tree without its root (KB897666: status 1018, event 1080), keys that cannot be
    exported, and anything on a full quorum (KB251284: event 1080).
    """
    state = course.state
    copy = local_copy(state, state.owner_of(resource), checkpoint)
    if copy is None or state.quorum is not Quorum.ONLINE or not _exportable(copy):
        return course.log(LogEntry(SAVE_FAILED, resource, checkpoint.given))
    return copied(course, resource, checkpoint, copy, rule)


def copied(
    course: Course, name: Folded, checkpoint: Checkpoint, copy: Copy, rule: RuleID
) -> Course:
    """The quorum has this copy of a checkpoint; nothing of it waits any more.

    Online, the node has what is stored; a copy that had been lost needs no restore.
    """
    resource = course.state.resources[name]
    online = resource.state is ResourceState.ONLINE
    changed = replace(
        resource,
        due=resource.due - {checkpoint.name},
        doubtful=resource.doubtful - {checkpoint.name},
        uncaptured=resource.uncaptured - {checkpoint.name},
        restored=resource.restored | ({checkpoint.name} if online else frozenset()),
    )
    state = course.state.with_resource(name, changed)
    copies = state.copies.insert((name, checkpoint.name), copy)
    change = Change(Part.COPY, name, rule, checkpoint.name)
    return course.to(replace(state, copies=copies), change)


def local_copy(state: ClusterState, node: Folded, checkpoint: Checkpoint) -> Copy | None:
    """What a node has for a checkpoint, or None if the root or container is not there."""
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return state.nodes[node].containers.get(container_id(checkpoint.given))
    return find(state.nodes[node].registry, checkpoint.root)


def _exportable(copy: Copy) -> bool:
    return not isinstance(copy, Container) or copy.exportable


def _noted(course: Course, name: Folded, checkpoint: CheckpointName, *, due: bool) -> Course:
    resource = course.state.resources[name]
    if due:
        changed = replace(resource, due=resource.due | {checkpoint})
    else:
        changed = replace(resource, doubtful=resource.doubtful | {checkpoint})
    return course.to(course.state.with_resource(name, changed))
