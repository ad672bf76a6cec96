"""Capture: when and what the cluster service copies to the quorum."""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.names import Folded, FoldedPath, fold
from clusckpt.registry import find
from clusckpt.rules.clause import clause
from clusckpt.rules.course import Change, Course, Part
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState, Copy
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.register.ids import RuleID

ChangedRoots = Callable[[FoldedPath], bool]
"""Which trees changed: a predicate over folded roots."""

Capture = Callable[[Course, Folded, ChangedRoots], Course]
"""What follows from a change on a node."""


@clause(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE, RuleID.ROOT_DELETED)
def captured(course: Course, node: Folded, changed: ChangedRoots) -> Course:
    """Copy every changed tree of every online resource on the node.

    CKPT-CAPTURE-ONLINE: "Whenever anything changes on the checkpointed registry tree and the
    resource is online, the Cluster service stores a copy of the tree on the quorum resource."
    A tree whose root is gone cannot be copied; the last good copy stays (CKPT-ROOT-DELETED).
    """
    for name, resource in course.state.hosted_on(node):
        if resource.state is ResourceState.ONLINE:
            for checkpoint in resource.checkpoints.values():
                if checkpoint.root and changed(checkpoint.folded_root):
                    course = stored(course, name, checkpoint, RuleID.CAPTURE_ONLINE)
    return course


@clause(RuleID.OFFLINE_OVERWRITTEN)
def undone(course: Course, node: Folded, changed: ChangedRoots, by: Folded | None = None) -> Course:
    """Let changed trees of resources that are still coming online be restored once more.

    Reading A3: a change made before the resource is online counts as an offline change, and is
    overwritten. The resource `by` whose own restore made the change waits for no second turn.
    """
    state = course.state
    for name, resource in course.state.hosted_on(node):
        if resource.state is ResourceState.ONLINE_PENDING and name != by:
            kept = frozenset(
                entry
                for entry in resource.restored
                if not resource.checkpoints[entry].root
                or not changed(resource.checkpoints[entry].folded_root)
            )
            state = state.with_resource(name, replace(resource, restored=kept))
    return course.to(state)


def stored(course: Course, resource: Folded, checkpoint: Checkpoint, rule: RuleID) -> Course:
    """Store what the owner has for a checkpoint; without its root or container, change nothing."""
    copy = local_copy(course.state, course.state.owner_of(resource), checkpoint)
    if copy is None:
        return course
    copies = course.state.copies.insert((resource, checkpoint.name), copy)
    change = Change(Part.COPY, resource, rule, checkpoint.name)
    return course.to(replace(course.state, copies=copies), change)


def local_copy(state: ClusterState, node: Folded, checkpoint: Checkpoint) -> Copy | None:
    """What a node has for a checkpoint, or None if the root or container is not there."""
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return state.nodes[node].containers.get(fold(checkpoint.given))
    return find(state.nodes[node].registry, checkpoint.root)
