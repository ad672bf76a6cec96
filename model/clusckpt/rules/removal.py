"""Deletion, backup, and the comparison of names."""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.names import Folded, fold
from clusckpt.registry import delete_key
from clusckpt.rules.clause import clause
from clusckpt.state import (
    RESTING,
    UNDER_WAY,
    Backup,
    CheckpointName,
    ClusterState,
    Container,
)
from clusckpt_spec.register.ids import RuleID

Deletion = Callable[[ClusterState, Folded], ClusterState]
"""The state without a resource."""

BackUp = Callable[[ClusterState], Backup]
"""What a backup of the cluster database holds."""

Comparison = Callable[[str], Folded]
"""The form in which names of checkpoints are compared."""


@clause(RuleID.DELETED_WITH_RESOURCE)
def deleted(state: ClusterState, resource: Folded) -> ClusterState:
    """The resource is gone, with its list and every copy; no registry is touched (A32).

    CKPT-DELETED-WITH-RESOURCE: "If the resource is deleted, the checkpoint is deleted."
    """
    copies = state.copies
    for name in state.resources[resource].checkpoints:
        copies = copies.discard((resource, name))
    return replace(state, resources=state.resources.remove(resource), copies=copies)


def deleted_with_trees(state: ClusterState, resource: Folded) -> ClusterState:
    """As `deleted`, and the trees are removed on the hosting node as well (A32)."""
    node = state.owner_of(resource)
    registry = state.nodes[node].registry
    for entry in state.resources[resource].checkpoints.values():
        if entry.root:
            registry = delete_key(registry, entry.root)
    return deleted(state.with_registry(node, registry), resource)


def resource_deleted_first(state: ClusterState, resource: Folded) -> ClusterState:
    """The resource is gone with its list; its copies are dropped by a later step (A42)."""
    return replace(state, resources=state.resources.remove(resource))


def without_copies(state: ClusterState, resource: Folded) -> ClusterState:
    """The state without the copies that a deleted resource has left behind."""
    copies = state.copies
    for key in state.copies:
        if key[0] == resource:
            copies = copies.discard(key)
    return replace(state, copies=copies)


@clause(RuleID.IN_BACKUP)
def backed_up(state: ClusterState) -> Backup:
    """The backup has every resource with its list, and every stored copy.

    CKPT-IN-BACKUP: "Checkpoints are included in backups created by the BackupClusterDatabase
    function."
    """
    return Backup(resources=state.resources, copies=state.copies)


def backed_up_without_crypto(state: ClusterState) -> Backup:
    """The backup has every list and the copies of registry checkpoints alone (A36)."""
    copies = state.copies
    for key, copy in state.copies.items():
        if isinstance(copy, Container):
            copies = copies.remove(key)
    return replace(backed_up(state), copies=copies)


@clause(RuleID.NAMES_CASELESS)
def compared_without_case(given: str) -> Folded:
    """Checkpoint names are compared without case (A9)."""
    return fold(given)


def compared_with_case(given: str) -> Folded:
    """Names that differ in case are different names (A9)."""
    return Folded(given)


def forgotten(
    state: ClusterState, resource: Folded, name: CheckpointName, *, keeps_copy: bool = False
) -> ClusterState:
    """The state without one checkpoint of a resource: neither entry nor copy.

    Where a reading keeps the copy (A33), it does so until the resource is at rest.
    """
    entry = state.resources[resource]
    kept = replace(
        entry,
        checkpoints=entry.checkpoints.discard(name),
        **{kind: getattr(entry, kind) - {name} for kind in UNDER_WAY},
    )
    copies = state.copies
    if not keeps_copy or entry.state in RESTING:
        copies = copies.discard((resource, name))
    return replace(state.with_resource(resource, kept), copies=copies)


def without_unlisted(state: ClusterState, resource: Folded) -> ClusterState:
    """The state without the copies that a resource at rest has of what it no longer lists (A33)."""
    listed = state.resources[resource].checkpoints
    copies = state.copies
    for key in state.copies:
        if key[0] == resource and key[1] not in listed:
            copies = copies.discard(key)
    return replace(state, copies=copies)
