"""Restore: how a stored copy reaches the node that hosts the resource, or fails to."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clusckpt.blocking import blocked_keys
from clusckpt.containers import container_id
from clusckpt.names import Folded, overlap
from clusckpt.registry import RegistryKey, delete_key, find, put_key
from clusckpt.rules.capture import Consequence
from clusckpt.rules.clause import clause
from clusckpt.rules.course import Change, Course, Move, MoveArgument, Part
from clusckpt.state import Checkpoint, CheckpointName, ClusterState, Container, NoTree
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


def every_checkpoint(state: ClusterState, resource: Folded) -> frozenset[CheckpointName]:
    """Every checkpoint is waited for, and one whose copy is missing can never be restored (A27).

    One that was added and is still to be captured for the first time is not missing (A4, A5).
    """
    entry = state.resources[resource]
    return frozenset(entry.checkpoints) - entry.uncaptured


def on_another_node(
    called_for: Waits, state: ClusterState, resource: Folded
) -> frozenset[CheckpointName]:
    """Nothing is restored on the node on which the resource was last offline (RestoreLocally)."""
    if state.resources[resource].left == state.owner_of(resource):
        return frozenset()
    return called_for(state, resource)


def nothing(_state: ClusterState, _resource: Folded) -> frozenset[CheckpointName]:
    """Nothing is waited for: the node has had every tree all the time."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Restoring:
    """The clauses by which a restore goes."""

    replacement: Replacement
    target: Target
    between: Consequence
    recapture: Consequence


Restoration = Callable[[Course, Folded, Checkpoint, Restoring], Course]
"""How one checkpoint of a resource is restored."""


@clause(RuleID.INSTANCES)
def restored(course: Course, resource: Folded, checkpoint: Checkpoint, by: Restoring) -> Course:
    """Restore one checkpoint of a resource that is coming online, whoever left what is there.

    CKPT-INSTANCES: "If Resource A[1] fails over to node 0, the Cluster service will replace
    data[0] with data[1] in checkpoint A."
    """
    node = by.target(course.state, resource)
    entry = course.state.resources[resource]
    others = replace(entry, restored=frozenset(), doubtful=entry.doubtful - {checkpoint.name})
    course = course.to(
        course.state.with_resource(resource, others),
        move=Move("restore", (resource, checkpoint.name)),
    )
    course = put_back(course, node, resource, checkpoint, by.replacement)
    course = by.between(course, node, lambda other: _touches(other, checkpoint))
    course = by.recapture(course, node, lambda other: _touches(other, checkpoint))
    return course.to(marked(course.state, resource, entry.restored | {checkpoint.name}))


def put_back(
    course: Course,
    node: Folded,
    resource: Folded,
    checkpoint: Checkpoint,
    replacement: Replacement = replaced,
) -> Course:
    """The stored copy of a checkpoint takes the place of what a node has for it."""
    copy = course.state.copies[resource, checkpoint.name]
    if isinstance(copy, Container):
        return _container_restored(course, node, checkpoint, copy)
    registry = course.state.nodes[node].registry
    if isinstance(copy, NoTree):
        changed = delete_key(registry, checkpoint.root)
    else:
        tree = replacement(find(registry, checkpoint.root), copy)
        changed = put_key(registry, checkpoint.root, tree)
    change = Change(Part.REGISTRY, node, RuleID.RESTORE_BEFORE_ONLINE, checkpoint.folded_root)
    return course.to(course.state.with_registry(node, changed), change)


def hindrance(
    state: ClusterState, resource: Folded, node: Folded, checkpoint: Checkpoint
) -> tuple[MoveArgument, ...] | None:
    """What keeps a checkpoint from being restored on a node: a key, a container, or None.

    Event 1024: "Make sure that no other processes have open handles to registry keys in this
    registry subtree." The answer names the blocked key, or nothing for a container.
    """
    if isinstance(state.copies.get((resource, checkpoint.name)), Container):
        locked = container_id(checkpoint.given) in state.nodes[node].locked
        return () if locked else None
    blocking = blocked_keys(state.nodes[node], checkpoint.folded_root)
    return (blocking[0],) if blocking else None


def marked(state: ClusterState, name: Folded, restored: frozenset[CheckpointName]) -> ClusterState:
    """The state in which these checkpoints of a resource count as restored."""
    return state.with_resource(name, replace(state.resources[name], restored=restored))


@clause(RuleID.CRYPTO_CONTAINERS)
def _container_restored(
    course: Course, node: Folded, checkpoint: Checkpoint, copy: Container
) -> Course:
    """The container of the same name gets the stored keys."""
    there, container = course.state.nodes[node], container_id(checkpoint.given)
    changed = replace(there, containers=there.containers.insert(container, copy))
    change = Change(Part.CONTAINER, node, RuleID.RESTORE_BEFORE_ONLINE, container)
    return course.to(course.state.with_node(node, changed), change)


def _touches(other: Checkpoint, restored: Checkpoint) -> bool:
    """Whether a restore changes what another checkpoint covers."""
    if not restored.root or not other.root:
        return other.name.kind is restored.name.kind and (
            container_id(other.given) == container_id(restored.given)
        )
    return overlap(other.folded_root, restored.folded_root)
