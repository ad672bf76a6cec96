"""Restore: how a stored copy reaches the node that hosts the resource."""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.names import Folded, fold, overlap
from clusckpt.registry import RegistryKey, find, put_key
from clusckpt.rules.capture import Capture, undone
from clusckpt.rules.clause import clause
from clusckpt.rules.course import Change, Course, Move, Part
from clusckpt.state import Checkpoint, CheckpointName, ClusterState, Container, Resource
from clusckpt_spec.register.ids import RuleID

Replacement = Callable[[RegistryKey | None, RegistryKey], RegistryKey]
"""What a tree becomes, given what was there and the stored copy."""

Target = Callable[[ClusterState, Folded], Folded]
"""The node on which a resource's checkpoints are restored."""

Waits = Callable[[ClusterState, Folded], frozenset[CheckpointName]]
"""The checkpoints that a resource must see restored before it is online."""


@clause(RuleID.TREE_REPLACED)
def replaced(_there: RegistryKey | None, copy: RegistryKey) -> RegistryKey:
    """The copy takes the place of the whole tree; what the copy lacks is gone."""
    return copy


@clause(RuleID.RESTORE_BEFORE_ONLINE)
def on_the_owner(state: ClusterState, resource: Folded) -> Folded:
    """Checkpoints are restored on the node that hosts the resource, and on no other (A31)."""
    return state.owner_of(resource)


@clause(RuleID.RESTORE_BEFORE_ONLINE, RuleID.OFFLINE_OVERWRITTEN, RuleID.KB_RESTORE_AT_ONLINE)
def every_stored_copy(state: ClusterState, resource: Folded) -> frozenset[CheckpointName]:
    """Every stored copy is restored before the resource is online, on the same node as well.

    CKPT-RESTORE-BEFORE-ONLINE: "... before the resource is brought online." A checkpoint whose
    copy is missing is not waited for (A27).
    """
    names = state.resources[resource].checkpoints
    return frozenset(name for name in names if (resource, name) in state.copies)


@clause(RuleID.INSTANCES)
def restored(
    course: Course,
    resource: Folded,
    checkpoint: Checkpoint,
    *,
    capture: Capture,
    replacement: Replacement,
    target: Target,
) -> Course:
    """Restore one checkpoint of a resource that is coming online, whoever left what is there.

    CKPT-INSTANCES: "If Resource A[1] fails over to node 0, the Cluster service will replace
    data[0] with data[1] in checkpoint A."
    """
    copy = course.state.copies[resource, checkpoint.name]
    node = target(course.state, resource)
    course = course.to(
        _marked(course.state, resource, course.state.resources[resource], checkpoint.name),
        move=Move("restore", (resource, checkpoint.name)),
    )
    if isinstance(copy, Container):
        return _container_restored(course, node, checkpoint, copy)
    root = checkpoint.folded_root
    course = _tree_restored(course, node, checkpoint, copy, replacement)
    course = undone(course, node, lambda other: overlap(other, root), by=resource)
    return capture(course, node, lambda other: overlap(other, root))


def _marked(
    state: ClusterState, name: Folded, resource: Resource, checkpoint: CheckpointName
) -> ClusterState:
    return state.with_resource(name, replace(resource, restored=resource.restored | {checkpoint}))


@clause(RuleID.CRYPTO_CONTAINERS)
def _container_restored(
    course: Course, node: Folded, checkpoint: Checkpoint, copy: Container
) -> Course:
    """The container of the same name gets the stored keys."""
    there = course.state.nodes[node]
    containers = there.containers.insert(fold(checkpoint.given), copy)
    change = Change(Part.CONTAINER, node, RuleID.RESTORE_BEFORE_ONLINE, fold(checkpoint.given))
    return course.to(course.state.with_node(node, replace(there, containers=containers)), change)


def _tree_restored(
    course: Course,
    node: Folded,
    checkpoint: Checkpoint,
    copy: RegistryKey,
    replacement: Replacement,
) -> Course:
    registry = course.state.nodes[node].registry
    tree = replacement(find(registry, checkpoint.root), copy)
    change = Change(Part.REGISTRY, node, RuleID.RESTORE_BEFORE_ONLINE, checkpoint.folded_root)
    return course.to(
        course.state.with_registry(node, put_key(registry, checkpoint.root, tree)), change
    )
