"""Noting trees: as they were last seen online, and as their own application left them."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from clusckpt.properties.chronicle import Notes, entries_in
from clusckpt.properties.contents import Contents, Held, on_node
from clusckpt.properties.happening import (
    CheckpointKey,
    disturbing,
    is_online,
    stayed_online,
    written_node,
)
from clusckpt.state import Checkpoint, ClusterState, Container
from clusckpt_spec.formats.events import AnyEvent, RestoreCheckpoint


def trees_noted(notes: Notes, before: ClusterState, event: AnyEvent, after: ClusterState) -> Notes:
    """The notes about the trees of all checkpoints after a step."""
    entries = entries_in(after)
    notes = _without(notes, [key for key in notes.own if key not in entries])
    notes = _without(notes, [key for key in notes.seen if key not in entries])
    for key, entry in entries.items():
        if entry.root:
            notes = _tree_noted(notes, key, entry, before, event, after)
    return notes


def _tree_noted(
    notes: Notes,
    key: CheckpointKey,
    entry: Checkpoint,
    before: ClusterState,
    event: AnyEvent,
    after: ClusterState,
) -> Notes:
    name = key[0]
    tree = _tree(on_node(after, after.owner_of(name), entry))
    if name not in before.resources or entry.name not in before.resources[name].checkpoints:
        return notes if tree is None else _added(notes, key, tree)
    others = disturbing(before, event, after, (name, entry)) if is_online(after, name) else ()
    if others:
        known = notes.replaced.get(key, frozenset())
        notes = replace(notes, replaced=notes.replaced.insert(key, known | frozenset(others)))
    if is_online(after, name) and tree is not None:
        notes = replace(notes, seen=notes.seen.insert(key, tree))
    elif others and not isinstance(event, RestoreCheckpoint):
        # Several restores in one step: the last one hid what the capture before it copied.
        notes = replace(notes, seen=notes.seen.discard(key))
    if name in stayed_online(before, after) and written_node(event) == after.owner_of(name):
        there = _tree(on_node(before, after.owner_of(name), entry))
        notes = _written(notes, key, there, tree)
    return notes


def _added(notes: Notes, key: CheckpointKey, tree: Contents) -> Notes:
    """At the add, the tree as it is counts as seen and as the application's own."""
    return replace(
        notes,
        seen=notes.seen.insert(key, tree),
        own=notes.own.insert(key, tree),
        replaced=notes.replaced.discard(key),
    )


def _written(
    notes: Notes, key: CheckpointKey, there: Contents | None, tree: Contents | None
) -> Notes:
    """Only the keys that were written are the application's own; a new root makes all of it so."""
    if tree is None:
        return notes
    if there is None:
        return replace(notes, own=notes.own.insert(key, tree), replaced=notes.replaced.discard(key))
    own = notes.own.get(key)
    if own is None or there == tree:
        return notes
    for path in {*there, *tree}:
        if there.get(path) != tree.get(path):
            own = own.insert(path, tree[path]) if path in tree else own.discard(path)
    return replace(notes, own=notes.own.insert(key, own))


def _without(notes: Notes, gone: list[CheckpointKey]) -> Notes:
    for key in gone:
        notes = replace(
            notes,
            seen=notes.seen.discard(key),
            own=notes.own.discard(key),
            replaced=notes.replaced.discard(key),
        )
    return notes


def _tree(one: Held | None) -> Contents | None:
    return None if isinstance(one, Container) else one
