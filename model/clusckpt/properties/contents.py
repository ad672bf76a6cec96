"""What a checkpoint holds, as an observer compares it: names without case, keys by full path.

A tree whose root does not exist (None) and a tree with nothing but its root are different things.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from rpds import HashTrieMap

from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, join_path
from clusckpt.registry import RegistryKey, find, walk
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState, Container, Copy, NoTree
from clusckpt_spec.formats.values import RegistryType

Values: TypeAlias = frozenset[tuple[Folded, int, bytes]]
"""The values of one key."""

Contents: TypeAlias = "HashTrieMap[FoldedPath, Values]"
"""The keys that exist under a root, the root among them, with their values."""

Held: TypeAlias = "HashTrieMap[FoldedPath, Values] | Container"
"""What a node or a stored copy has for a checkpoint: a tree, or a key container."""

NO_VALUES: Values = frozenset()
"""What a key holds that was only created."""

NO_TREE: Contents = HashTrieMap()
"""The contents of a tree that is not there, as a copy can hold it (A6)."""


@lru_cache(maxsize=1024)
def root_of(checkpoint: Checkpoint) -> FoldedPath:
    """The root of a checkpoint as it is compared; asked for so often that it is kept."""
    return checkpoint.folded_root


def same(one: object, other: object) -> bool:
    """Whether two maps are equal; never ask with `!=`, which rpds takes for "all entries differ".

    >>> same(HashTrieMap({1: 1, 2: 2}), HashTrieMap({1: 1, 2: 3}))
    False
    """
    return one is other or one == other


def among(one: object, others: Iterable[object]) -> bool:
    """Whether a thing is the same as one of these."""
    return any(same(one, other) for other in others)


_MOST_KEPT = 4096
_KEPT: dict[tuple[int, FoldedPath], tuple[RegistryKey, Contents]] = {}
"""The contents of the trees that were looked at last; the tree is kept so that its id is its."""


def contents_of(tree: RegistryKey, root: FoldedPath) -> Contents:
    """The contents of the tree that stands at a root.

    >>> from clusckpt.registry import EMPTY_KEY
    >>> len(contents_of(EMPTY_KEY, ("SOFTWARE",)))
    1
    """
    known = _KEPT.get((id(tree), root))
    if known is not None:
        return known[1]
    contents: Contents = HashTrieMap(
        {
            path: frozenset((name, one.type, one.content) for name, one in key.values.items())
            for path, key in walk(tree, root)
        }
    )
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[id(tree), root] = tree, contents
    return contents


def on_node(state: ClusterState, node: Folded, checkpoint: Checkpoint) -> Held | None:
    """What a node has for a checkpoint, or None if the root or container is not there."""
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return state.nodes[node].containers.get(container_id(checkpoint.given))
    tree = find(state.nodes[node].registry, checkpoint.root)
    return None if tree is None else contents_of(tree, root_of(checkpoint))


def in_copy(state: ClusterState, resource: Folded, checkpoint: Checkpoint) -> Held | None:
    """What the stored copy of a checkpoint holds, or None if there is no copy."""
    return held(state.copies.get((resource, checkpoint.name)), checkpoint)


def held(copy: Copy | None, checkpoint: Checkpoint) -> Held | None:
    """What a copy holds, in the terms in which it is compared with a node."""
    if isinstance(copy, RegistryKey):
        return contents_of(copy, root_of(checkpoint))
    return NO_TREE if isinstance(copy, NoTree) else copy


def described(one: Held | None) -> str:
    r"""The contents in words.

    >>> described(None), described(Container("k1")), described(HashTrieMap({("A",): NO_VALUES}))
    ('nothing', 'container with keys k1', 'A{}')
    """
    if one is None:
        return "nothing"
    if isinstance(one, Container):
        return f"container with keys {one.keys}"
    return ", ".join(f"{join_path(path)}{{{_values(one[path])}}}" for path in sorted(one))


def _values(values: Values) -> str:
    return ", ".join(f"{name}={_content(kind, raw)}" for name, kind, raw in sorted(values))


def _content(kind: int, raw: bytes) -> str:
    if kind == RegistryType.REG_DWORD:
        return str(int.from_bytes(raw, "little"))
    if kind == RegistryType.REG_SZ:
        return repr(raw.decode("utf-16-le", "replace").rstrip("\0"))
    return raw.hex()
