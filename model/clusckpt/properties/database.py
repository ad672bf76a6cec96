"""The cluster database: a backup has every checkpoint of its moment, and brings them back."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterable, Iterator

from rpds import HashTrieMap

from clusckpt.names import fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle, copies_in, entries_in
from clusckpt.properties.contents import Held, held, same
from clusckpt.properties.happening import CheckpointKey, is_running
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Backup, Checkpoint, ClusterState, Container, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    RestoreClusterDatabase,
)
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.IN_BACKUP)
def backup_has_every_checkpoint(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A backup has every list and every copy of its moment, and later events do not change it.

    Other readings leave containers out (A36), or know no such function (A43).
    """
    expected = before.backups
    if isinstance(event, BackupClusterDatabase) and _removed(chronicle):
        refusal = Status.ERROR_CALL_NOT_IMPLEMENTED
        yield from wrong_refusal(RuleID.IN_BACKUP, before, outcome, refusal)
    elif isinstance(event, BackupClusterDatabase) and any(one.up for one in before.nodes.values()):
        path = fold(event.path)
        backup = outcome.state.backups.get(path)
        if outcome.status is not Status.ERROR_SUCCESS or backup is None:
            yield violation(
                RuleID.IN_BACKUP, f"{outcome.status.name}, no backup at {path}", "a backup"
            )
            return
        entries, copies = _contained(backup)
        whole = copies_in(before)
        if chronicle.reading[AmbiguityID.A36] == "registry-only":
            kept = {key: one for key, one in whole.items() if not isinstance(one, Container)}
            whole = HashTrieMap(kept)
        if not (same(entries, entries_in(before)) and same(copies, whole)):
            yield violation(
                RuleID.IN_BACKUP,
                f"the backup lists {len(entries)} checkpoints and holds {len(copies)} copies",
                f"the {len(entries_in(before))} checkpoints and {len(whole)} copies "
                "of that moment, as they were",
            )
        expected = expected.insert(path, backup)
    if not same(outcome.state.backups, expected):
        yield violation(RuleID.IN_BACKUP, "a backup changed later", "a backup stays as it is")


@property_of(RuleID.RESTORE_DATABASE)
def database_comes_back(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A restored database has the lists and copies of its backup, and nothing runs."""
    if not isinstance(event, RestoreClusterDatabase):
        return
    after, node = outcome.state, fold(event.node)
    kept = chronicle.kept.get(fold(event.path))
    if _removed(chronicle):
        refusal = Status.ERROR_CALL_NOT_IMPLEMENTED
        yield from wrong_refusal(RuleID.RESTORE_DATABASE, before, outcome, refusal)
    elif not event.force and any(one.up for name, one in before.nodes.items() if name != node):
        refusal = Status.ERROR_CLUSTER_NODE_UP
        yield from wrong_refusal(RuleID.RESTORE_DATABASE, before, outcome, refusal)
    elif before.quorum is Quorum.LOST:
        refusal = Status.ERROR_QUORUM_DISK_NOT_FOUND
        yield from wrong_refusal(RuleID.RESTORE_DATABASE, before, outcome, refusal)
    elif kept is None or not before.nodes[node].up:
        refusal = Status.UNSPECIFIED_FAILURE
        yield from wrong_refusal(RuleID.RESTORE_DATABASE, before, outcome, refusal)
    elif outcome.status is not Status.ERROR_SUCCESS:
        yield violation(RuleID.RESTORE_DATABASE, outcome.status.name, "ERROR_SUCCESS")
    elif not (
        same(entries_in(after), kept.entries)
        and same(copies_in(after), kept.copies)
        and {key for key in after.copies if key[0] in after.resources} == set(kept.copies)
    ):
        yield violation(
            RuleID.RESTORE_DATABASE,
            f"lists {_names(entries_in(after))} and copies of {_names(after.copies)}",
            f"lists {_names(kept.entries)} and copies of {_names(kept.copies)}, as in the backup",
        )
    elif any(is_running(after, name) for name in after.resources) or not _same_data(before, after):
        yield violation(
            RuleID.RESTORE_DATABASE,
            "a resource runs, or a node changed",
            "the service starts anew, and trees change at the next online only",
        )


def _same_data(before: ClusterState, after: ClusterState) -> bool:
    """Whether every node has the registry and the containers that it had."""
    return all(
        same(after.nodes[name].registry, node.registry)
        and same(after.nodes[name].containers, node.containers)
        for name, node in before.nodes.items()
    )


def _removed(chronicle: Chronicle) -> bool:
    """Whether both functions were removed (A43)."""
    return chronicle.reading[AmbiguityID.A43] == "since-2008"


def _contained(
    backup: Backup,
) -> tuple[HashTrieMap[CheckpointKey, Checkpoint], HashTrieMap[CheckpointKey, Held]]:
    """The lists and the copies in a backup."""
    entries = {
        (name, entry.name): entry
        for name, resource in backup.resources.items()
        for entry in resource.checkpoints.values()
    }
    copies = {
        key: one
        for key, entry in entries.items()
        if (one := held(backup.copies.get(key), entry)) is not None
    }
    return HashTrieMap(entries), HashTrieMap(copies)


def _names(keys: Iterable[CheckpointKey]) -> list[str]:
    return sorted(f"{name.folded} of {resource}" for resource, name in keys)
