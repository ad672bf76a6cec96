"""Noting trees: as they were while a capture was allowed, and as their applications left them."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator
from dataclasses import replace

from clusckpt.names import Folded, fold
from clusckpt.properties.chronicle import Chronicle, Notes, entries_in
from clusckpt.properties.contents import NO_TREE, Contents, in_copy, on_node, root_of
from clusckpt.properties.delivered import deliveries, disturbing
from clusckpt.properties.happening import (
    CheckpointKey,
    checkpoints,
    in_state,
    is_online,
    shared,
    stayed_online,
    written_node,
)
from clusckpt.properties.judging import watched
from clusckpt.properties.note_changes import (
    added,
    overlaid,
    own_restored,
    seen_too,
    tree_of,
    without,
    written,
)
from clusckpt.properties.restored_as import Source
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, RecreateCheckpoints, RestoreCheckpoint


def trees_noted(
    chronicle: Chronicle,
    notes: Notes,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    restored: frozenset[CheckpointKey],
    failed: frozenset[CheckpointKey],
) -> Notes:
    """The notes about the trees of all checkpoints after a step.

    `restored` and `failed` are those of the chronicle after the step.
    """
    entries = entries_in(outcome.state)
    notes = without(notes, [key for key in notes.own if key not in entries])
    notes = without(notes, [key for key in notes.seen if key not in entries])
    look = _Look(chronicle, before, event, outcome, (restored, restored | failed))
    for key, entry in entries.items():
        if entry.root:
            notes = look.noted(notes, key, entry)
    return notes


class _Look:
    """One look at a step, for the checkpoints of all resources."""

    def __init__(
        self,
        chronicle: Chronicle,
        before: ClusterState,
        event: AnyEvent,
        outcome: Outcome,
        over: tuple[frozenset[CheckpointKey], frozenset[CheckpointKey]],
    ) -> None:
        """Take the chronicle before the step, the step, and what is restored and settled then."""
        self.chronicle, self.before, self.event, self.outcome = chronicle, before, event, outcome
        self.reading, self.after = chronicle.reading, outcome.state
        self.restored, self.settled = over
        self.fresh = {
            (one.resource, one.checkpoint.name)
            for one in deliveries(self.reading, before, event, outcome)
            if one.sure and one.node == self.after.owner_of(one.resource)
        }

    def noted(self, notes: Notes, key: CheckpointKey, entry: Checkpoint) -> Notes:
        """The notes about one tree."""
        name = key[0]
        tree = tree_of(on_node(self.after, self.after.owner_of(name), entry))
        if self._is_new(key) or self._is_recreated(name):
            copied = tree_of(in_copy(self.after, name, entry)) if self._is_new(key) else None
            found = copied if tree is None else tree
            return notes if found is None else added(notes, key, found)
        counts = watched(self.reading, self.after, key, self.settled)
        step = self.before, self.event, self.outcome
        others = disturbing(self.reading, *step, (name, entry)) if counts else ()
        if others:
            known = notes.replaced.get(key, frozenset())
            notes = replace(notes, replaced=notes.replaced.insert(key, known | frozenset(others)))
        notes = self._owned(notes, key, entry, tree)
        copy = tree_of(in_copy(self.after, name, entry))
        if counts and tree is None and in_state(self.after, name, ResourceState.ONLINE_PENDING):
            tree = NO_TREE  # its root was deleted after the restore, and the online may find that
        if counts and tree is not None:
            seen = seen_too(notes.seen.get(key, () if copy is None else (copy,)), tree, copy)
            return replace(notes, seen=notes.seen.insert(key, seen))
        if others and copy is not None and not isinstance(self.event, RestoreCheckpoint):
            # Several restores in one step: the last one hid what the capture before it copied.
            return replace(notes, seen=notes.seen.insert(key, (copy,)))
        return notes

    def _owned(
        self, notes: Notes, key: CheckpointKey, entry: Checkpoint, tree: Contents | None
    ) -> Notes:
        """What the application itself left: what was restored of it, what it found, what it wrote.

        Without a restore (none was stored, it failed, or the product makes none) an application
        makes what it finds its own, and so if the copy was lost after its restore (A3, A27).
        """
        name, before, after = key[0], self.before, self.after
        if key in self.fresh:
            return own_restored(
                notes, key, in_copy(before, name, entry), in_copy(after, name, entry)
            )
        for root, copy in self._own_others(key, entry):
            notes = overlaid(notes, key, root_of(entry), (root, copy))
        came = is_online(after, name) and name not in stayed_online(before, after)
        if came and (key not in self.restored or key not in before.copies):
            if tree is None:
                return replace(notes, own=notes.own.discard(key))
            return replace(notes, own=notes.own.insert(key, tree))
        owner = after.owner_of(name)
        if written_node(self.event) == owner == before.owner_of(name) and self._watched_all(key):
            return written(notes, key, tree_of(on_node(before, owner, entry)), tree)
        return notes

    def _own_others(self, key: CheckpointKey, entry: Checkpoint) -> Iterator[Source]:
        """What was restored of the resource's own other roots that overlap one (A22)."""
        for other in checkpoints(self.after, key[0]):
            copy = tree_of(in_copy(self.after, key[0], other))
            if (key[0], other.name) in self.fresh and shared(other, entry) and copy is not None:
                yield root_of(other), copy

    def _watched_all(self, key: CheckpointKey) -> bool:
        settled = self.chronicle.settled
        was = watched(self.reading, self.before, key, settled)
        return was and watched(self.reading, self.after, key, self.settled)

    def _is_new(self, key: CheckpointKey) -> bool:
        name, entry = key
        resource = self.before.resources.get(name)
        return resource is None or entry not in resource.checkpoints

    def _is_recreated(self, name: Folded) -> bool:
        """Whether the tool made all copies of a resource anew, from what its owner has."""
        event, done = self.event, self.outcome.status is Status.ERROR_SUCCESS
        return isinstance(event, RecreateCheckpoints) and done and fold(event.resource) == name
