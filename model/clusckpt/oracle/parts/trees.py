"""Trees in parts: a registry cut along checkpoint roots, and put together again."""

from collections.abc import Collection
from dataclasses import replace

from clusckpt.names import Folded, FoldedPath
from clusckpt.registry import EMPTY_KEY, RegistryKey


def restricted(tree: RegistryKey, roots: Collection[FoldedPath]) -> RegistryKey:
    r"""What a tree has under some roots, with the keys above them and none of their values.

    >>> from clusckpt.registry import put_key, walk
    >>> tree = put_key(put_key(EMPTY_KEY, ("S", "A"), EMPTY_KEY), ("S", "B"), EMPTY_KEY)
    >>> [path for path, _ in walk(restricted(tree, [("S", "A")]))]
    [(), ('S',), ('S', 'A')]
    """
    if () in roots:
        return tree
    kept = EMPTY_KEY.subkeys
    for first, below in _by_first(roots).items():
        entry = tree.subkeys.get(first)
        if entry is not None:
            kept = kept.insert(first, (entry[0], restricted(entry[1], below)))
    return RegistryKey(subkeys=kept)


def without(tree: RegistryKey, roots: Collection[FoldedPath]) -> RegistryKey:
    """A tree without what it has under some roots.

    >>> from clusckpt.registry import put_key, walk
    >>> tree = put_key(put_key(EMPTY_KEY, ("S", "A"), EMPTY_KEY), ("S", "B"), EMPTY_KEY)
    >>> [path for path, _ in walk(without(tree, [("S", "A")]))]
    [(), ('S',), ('S', 'B')]
    """
    subkeys = tree.subkeys
    for first, below in _by_first(roots).items():
        entry = subkeys.get(first)
        if entry is None:
            continue
        if () in below:
            subkeys = subkeys.discard(first)
        else:
            subkeys = subkeys.insert(first, (entry[0], without(entry[1], below)))
    return replace(tree, subkeys=subkeys)


def united(one: RegistryKey, other: RegistryKey) -> RegistryKey:
    """Two trees that share only keys above roots, as one.

    >>> from clusckpt.registry import put_key
    >>> tree = put_key(put_key(EMPTY_KEY, ("S", "A"), EMPTY_KEY), ("S", "B"), EMPTY_KEY)
    >>> united(restricted(tree, [("S", "A")]), without(tree, [("S", "A")])) == tree
    True
    """
    values, subkeys = one.values, one.subkeys
    for folded, value in other.values.items():
        values = values.insert(folded, value)
    for folded, (name, key) in other.subkeys.items():
        entry = subkeys.get(folded)
        both = (name, key) if entry is None else (entry[0], united(entry[1], key))
        subkeys = subkeys.insert(folded, both)
    return RegistryKey(values, subkeys)


def _by_first(roots: Collection[FoldedPath]) -> dict[Folded, set[FoldedPath]]:
    """What is left of each root below its first component."""
    found: dict[Folded, set[FoldedPath]] = {}
    for root in roots:
        found.setdefault(root[0], set()).add(root[1:])
    return found
