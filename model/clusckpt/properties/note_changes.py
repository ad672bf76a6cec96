"""Changes of notes about one tree: seen once more, added, restored, written, gone."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from clusckpt.names import FoldedPath, lies_under
from clusckpt.properties.chronicle import Notes, Trees
from clusckpt.properties.contents import Contents, Held, among, same
from clusckpt.properties.happening import CheckpointKey
from clusckpt.properties.restored_as import Source
from clusckpt.state import Container


def seen_too(seen: Trees, tree: Contents, copy: Contents | None) -> Trees:
    """The moments of a tree since its copy was taken."""
    if same(tree, copy):
        return (tree,)
    return seen if among(tree, seen) else (*seen, tree)


def added(notes: Notes, key: CheckpointKey, tree: Contents) -> Notes:
    """At the add, the tree as it is counts as seen and as the application's own."""
    return replace(
        notes,
        seen=notes.seen.insert(key, (tree,)),
        own=notes.own.insert(key, tree),
        replaced=notes.replaced.discard(key),
    )


def own_restored(notes: Notes, key: CheckpointKey, was: Held | None, copy: Held | None) -> Notes:
    """What is restored of an application's own is what it left when that was captured."""
    own = notes.own.get(key)
    legal = same(copy, was) or (own is not None and same(copy, own))
    if copy is None or isinstance(copy, Container) or not legal:
        return notes
    return replace(notes, own=notes.own.insert(key, copy))


def written(
    notes: Notes, key: CheckpointKey, there: Contents | None, tree: Contents | None
) -> Notes:
    """Only the keys that were written are the application's own; a new root makes all of it so."""
    if tree is None:
        return notes
    if there is None:
        return replace(notes, own=notes.own.insert(key, tree), replaced=notes.replaced.discard(key))
    own = notes.own.get(key)
    if own is None or same(there, tree):
        return notes
    for path in {*there, *tree}:
        if there.get(path) != tree.get(path):
            own = own.insert(path, tree[path]) if path in tree else own.discard(path)
    return replace(notes, own=notes.own.insert(key, own))


def overlaid(notes: Notes, key: CheckpointKey, upper: FoldedPath, source: Source) -> Notes:
    """What a later restore of the resource's own other root brought is its own as well.

    `upper` is the root of what is noted; `source` is what was restored, at its root.
    """
    own, (lower, copy) = notes.own.get(key), source
    if own is None:
        return notes
    for path in own:
        if lies_under(lower, path):
            own = own.discard(path)
    for path, values in copy.items():
        if lies_under(upper, path):
            own = own.insert(path, values)
    return replace(notes, own=notes.own.insert(key, own))


def without(notes: Notes, gone: list[CheckpointKey]) -> Notes:
    """The notes without those about trees of checkpoints that are gone."""
    for key in gone:
        notes = replace(
            notes,
            seen=notes.seen.discard(key),
            own=notes.own.discard(key),
            replaced=notes.replaced.discard(key),
        )
    return notes


def tree_of(one: Held | None) -> Contents | None:
    """What is held, if it is a tree."""
    return None if isinstance(one, Container) else one
