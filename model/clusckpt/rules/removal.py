"""Deletion, backup, and the comparison of names."""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.names import Folded, fold
from clusckpt.rules.clause import clause
from clusckpt.state import Backup, CheckpointName, ClusterState
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


@clause(RuleID.IN_BACKUP)
def backed_up(state: ClusterState) -> Backup:
    """The backup has every resource with its list, and every stored copy.

    CKPT-IN-BACKUP: "Checkpoints are included in backups created by the BackupClusterDatabase
    function."
    """
    return Backup(resources=state.resources, copies=state.copies)


@clause(RuleID.NAMES_CASELESS)
def compared_without_case(given: str) -> Folded:
    """Checkpoint names are compared without case (A9)."""
    return fold(given)


def forgotten(state: ClusterState, resource: Folded, name: CheckpointName) -> ClusterState:
    """The state without one checkpoint of a resource: neither entry nor copy (A33)."""
    entry = state.resources[resource]
    kept = replace(
        entry,
        checkpoints=entry.checkpoints.discard(name),
        restored=entry.restored - {name},
    )
    copies = state.copies.discard((resource, name))
    return replace(state.with_resource(resource, kept), copies=copies)
