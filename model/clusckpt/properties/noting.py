"""Noting: the chronicle after a step, from the states before and after it and the event."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from rpds import HashTrieMap

from clusckpt.containers import container_id
from clusckpt.names import Folded, fold
from clusckpt.properties.chronicle import (
    Chronicle,
    Kept,
    Notes,
    caseless,
    copies_in,
    entries_in,
    tangle,
)
from clusckpt.properties.codes import text_in
from clusckpt.properties.delivered import restoring
from clusckpt.properties.happening import CheckpointKey, checkpoints, is_online
from clusckpt.properties.memory import remembered
from clusckpt.properties.pending_noted import due, leaving, settled
from clusckpt.properties.trees_noted import trees_noted
from clusckpt.state import CheckpointKind, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    ClusterResourceControl,
    RestoreClusterDatabase,
)

_ADDS = {
    ControlCode.ADD_REGISTRY_CHECKPOINT: CheckpointKind.REGISTRY,
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT: CheckpointKind.REGISTRY,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT: CheckpointKind.REGISTRY,
    ControlCode.ADD_CRYPTO_CHECKPOINT: CheckpointKind.CRYPTO,
}
_DELETES = {
    ControlCode.DELETE_REGISTRY_CHECKPOINT: CheckpointKind.REGISTRY,
    ControlCode.DELETE_CRYPTO_CHECKPOINT: CheckpointKind.CRYPTO,
}


@remembered
def noted(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Chronicle:
    """The chronicle after a step."""
    after = outcome.state
    if after is before and not outcome.logged and not isinstance(event, BackupClusterDatabase):
        return chronicle
    restored, failed = settled(chronicle, before, event, outcome)
    return replace(
        chronicle,
        notes=_notes(chronicle, before, event, outcome, (restored, failed)),
        hosts=_hosts(chronicle, before, after),
        kept=_kept(chronicle, before, event, outcome),
        unsettled=_unsettled(chronicle, before, event, outcome),
        restored=restored,
        failed=failed,
        due=due(chronicle, before, event, outcome),
        leaving=leaving(chronicle, after),
    )


def _notes(
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    over: tuple[frozenset[CheckpointKey], frozenset[CheckpointKey]],
) -> Notes:
    """The notes after a step; a restored database brings back those of its backup."""
    succeeded = outcome.status is Status.ERROR_SUCCESS
    if isinstance(event, RestoreClusterDatabase) and succeeded:
        kept = chronicle.kept.get(fold(event.path))
        return chronicle.notes if kept is None else kept.notes
    notes = chronicle.notes
    if isinstance(event, ClusterResourceControl) and succeeded:
        notes = _listed(notes, event)
    gone = [key for key in notes.given if key[0] not in outcome.state.resources]
    for key in gone:
        notes = replace(notes, given=notes.given.remove(key))
    notes = trees_noted(chronicle, notes, before, event, outcome, *over)
    if outcome.state.copies is before.copies:
        return notes
    return replace(notes, tangled=notes.tangled | tangle(outcome.state))


def _listed(notes: Notes, event: ClusterResourceControl) -> Notes:
    """The strings of the lists after a successful add or delete, by its code alone."""
    code, given = control_code(event.code), text_in(event)
    if code in _ADDS:
        key = fold(event.resource), caseless(_ADDS[code], given)
        return notes if key in notes.given else replace(notes, given=notes.given.insert(key, given))
    if code in _DELETES:
        key = fold(event.resource), caseless(_DELETES[code], given)
        return replace(notes, given=notes.given.discard(key))
    return notes


def _hosts(
    chronicle: Chronicle, before: ClusterState, after: ClusterState
) -> HashTrieMap[Folded, Folded]:
    """Being online and being given a checkpoint make a node the host."""
    hosts = chronicle.hosts
    for name, resource in after.resources.items():
        known = before.resources[name].checkpoints if name in before.resources else {}
        if is_online(after, name) or set(resource.checkpoints) - set(known):
            hosts = hosts.insert(name, after.owner_of(name))
    return hosts


def _kept(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> HashTrieMap[str, Kept]:
    """A backup is written down as the cluster was, not as the backup says."""
    if isinstance(event, BackupClusterDatabase) and outcome.status is Status.ERROR_SUCCESS:
        kept = Kept(chronicle.notes, entries_in(before), copies_in(before))
        return chronicle.kept.insert(fold(event.path), kept)
    return chronicle.kept


def _unsettled(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> frozenset[CheckpointKey]:
    """Containers of resources that are coming online, changed since they were restored."""
    after = outcome.state
    fresh = {(name, entry.name) for name, entry in restoring(before, event, outcome)}
    return frozenset(
        (name, entry.name)
        for name, resource in after.resources.items()
        if resource.state is ResourceState.ONLINE_PENDING
        for entry in checkpoints(after, name)
        if not entry.root and (name, entry.name) not in fresh
        if (name, entry.name) in chronicle.unsettled
        or _container_changed(before, after, after.owner_of(name), container_id(entry.given))
    )


def _container_changed(
    before: ClusterState, after: ClusterState, node: Folded, container: Folded
) -> bool:
    there = before.nodes[node].containers.get(container)
    return there != after.nodes[node].containers.get(container)
