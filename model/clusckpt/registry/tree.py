"""Registry trees: keys with typed values and subkeys, immutable and shared between states.

A key that does not exist (None) and a key without values are different things. Names are
compared without case and kept with the case they were created with.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, Path, fold


@dataclass(frozen=True, slots=True)
class Value:
    """A registry value: its name as written, its type number, its bytes."""

    name: str
    type: int
    content: bytes


@dataclass(frozen=True, slots=True)
class RegistryKey:
    """A key: its values and subkeys by folded name. A subkey's own name is kept beside it."""

    values: HashTrieMap[Folded, Value] = field(default_factory=HashTrieMap)
    subkeys: HashTrieMap[Folded, tuple[str, RegistryKey]] = field(default_factory=HashTrieMap)

    def with_value(self, value: Value) -> RegistryKey:
        """This key with a value set; a value that is there keeps the case of its name."""
        known = self.values.get(fold(value.name))
        named = value if known is None else replace(value, name=known.name)
        return replace(self, values=self.values.insert(fold(value.name), named))

    def without_value(self, name: str) -> RegistryKey:
        """This key without the value of that name, if it has one."""
        return replace(self, values=self.values.discard(fold(name)))

    def with_values_of(self, other: RegistryKey) -> RegistryKey:
        """This key's subkeys with the values of another key."""
        return replace(self, values=other.values)


EMPTY_KEY = RegistryKey()
"""A key that exists and holds nothing."""


def find(tree: RegistryKey, path: Path) -> RegistryKey | None:
    """The key at a path, or None if it does not exist.

    >>> find(put_key(EMPTY_KEY, ("Software", "Acme"), EMPTY_KEY), ("SOFTWARE",)) is None
    False
    """
    for component in path:
        entry = tree.subkeys.get(fold(component))
        if entry is None:
            return None
        tree = entry[1]
    return tree


def put_key(tree: RegistryKey, path: Path, key: RegistryKey) -> RegistryKey:
    """The tree with a key at a path, whatever was there; missing keys above it are created.

    >>> tree = put_key(EMPTY_KEY, ("Software", "Acme"), EMPTY_KEY)
    >>> find(tree, ("software", "acme")) == EMPTY_KEY
    True
    """
    if not path:
        return key
    name, below = tree.subkeys.get(fold(path[0]), (path[0], EMPTY_KEY))
    changed = put_key(below, path[1:], key)
    return replace(tree, subkeys=tree.subkeys.insert(fold(path[0]), (name, changed)))


def delete_key(tree: RegistryKey, path: Path) -> RegistryKey:
    """The tree without the key at a path and everything under it, if it is there.

    >>> tree = put_key(EMPTY_KEY, ("Software", "Acme"), EMPTY_KEY)
    >>> [path for path, _ in walk(delete_key(tree, ("SOFTWARE", "ACME")))]
    [(), ('SOFTWARE',)]
    """
    if find(tree, path) is None:
        return tree
    folded = fold(path[0])
    if len(path) == 1:
        return replace(tree, subkeys=tree.subkeys.discard(folded))
    name, below = tree.subkeys[folded]
    return replace(tree, subkeys=tree.subkeys.insert(folded, (name, delete_key(below, path[1:]))))


def walk(tree: RegistryKey, prefix: FoldedPath = ()) -> Iterator[tuple[FoldedPath, RegistryKey]]:
    """Every key of a tree with its folded path, the top key first, in order of name.

    Args:
        tree: the tree.
        prefix: the folded path of its top key.

    >>> tree = put_key(put_key(EMPTY_KEY, ("b",), EMPTY_KEY), ("A",), EMPTY_KEY)
    >>> [path for path, _ in walk(tree)]
    [(), ('A',), ('B',)]
    """
    yield prefix, tree
    for folded in sorted(tree.subkeys):
        yield from walk(tree.subkeys[folded][1], (*prefix, folded))
