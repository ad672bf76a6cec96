r"""New names for roots: under none of them can a resource meet another one.

A key gets a name at one level that no root of the design has at that place, so nothing of
another resource lies above it or below it. Some levels cannot have another name: a key directly
below HKEY_LOCAL_MACHINE cannot be created (win32 winreg/RegCreateKeyEx), `Wow6432Node` is where
the 32-bit view lies, and `CurrentControlSet` is where services are looked for.
"""

import hashlib
from collections.abc import Iterator
from itertools import count

from clusckpt.collisions.containers import container_parts
from clusckpt.collisions.prefixes import PrefixTree
from clusckpt.collisions.roots import Root, canonical_root, checkpoints_of, roots_of
from clusckpt.names import SEPARATOR, Folded, FoldedPath, Path, fold, fold_path, join_path
from clusckpt.state import Checkpoint, CheckpointKind
from clusckpt_spec.formats.cluster import Cluster, Resource

LONGEST_NAME = 255
"""The most characters of a key name (win32 SysInfo/registry-element-size-limits)."""

_SYSTEM_KEYS = (
    fold_path(("Software", "Wow6432Node")),
    fold_path(("System", "CurrentControlSet")),
)


class SystemKey(Exception):  # noqa: N818 - says what stands in the way
    """A root meets another one at a key of the system, which cannot have another name."""


class NewNames:
    """The names that a design has, and those that have been given on top of them."""

    def __init__(self, cluster: Cluster) -> None:
        """Take the names of every root of the design."""
        self._holders: dict[Root, set[Folded]] = {}
        for resource in cluster.resources:
            for entry in roots_of(resource):
                self._holders.setdefault(entry.root, set()).add(fold(resource.name))
        keys = (root for root in self._holders if root.kind is CheckpointKind.REGISTRY)
        self._tree = PrefixTree(root.folded for root in keys)
        self._given: dict[FoldedPath, Folded] = {}

    def renamed(self, resource: Resource, checkpoint: Checkpoint) -> str:
        """What a checkpoint of a resource is called from now on.

        Raises:
            SystemKey: there is no name that would keep the root away from the others.
        """
        if checkpoint.name.kind is CheckpointKind.CRYPTO:
            return self._renamed_container(resource, checkpoint)
        return self._renamed_key(resource, checkpoint)

    def _renamed_key(self, resource: Resource, checkpoint: Checkpoint) -> str:
        level = self._level(resource, checkpoint)
        own = {checkpoint.name for checkpoint, _ in checkpoints_of(resource)}
        given = tuple(checkpoint.given.split(SEPARATOR))
        in_given = level - (len(checkpoint.root) - len(given))
        for name in _variants(checkpoint.root[level], resource.name):
            place = fold_path((*checkpoint.root[:level], name))
            after = join_path((*given[:in_given], name, *given[in_given + 1 :]))
            taken = self._tree.reaches(place) or fold(after) in {one.folded for one in own}
            if not taken or self._given.get(place) == fold(resource.name):
                self._given[place] = fold(resource.name)
                self._tree.add(fold_path((*place, *checkpoint.root[level + 1 :])))
                return after
        raise AssertionError

    def _level(self, resource: Resource, checkpoint: Checkpoint) -> int:
        """The level of the topmost root of another resource at or above this one, or the last."""
        root = checkpoint.root
        level = len(root) - 1
        for above in self._tree.above(checkpoint.folded_root):
            holders = self._holders.get(Root(CheckpointKind.REGISTRY, above), set())
            if holders - {fold(resource.name)}:
                level = len(above) - 1
                break
        if level == 0 or fold_path(root[: level + 1]) in _SYSTEM_KEYS:
            message = (
                f"{join_path(root)} of {resource.name} meets another root at "
                f"{join_path(root[: level + 1])}, which cannot have another name; "
                "give the resources roots further down first"
            )
            raise SystemKey(message)
        return level

    def _renamed_container(self, resource: Resource, checkpoint: Checkpoint) -> str:
        before, separator, key = checkpoint.given.rpartition(SEPARATOR)
        for name in _variants(key, resource.name):
            after = f"{before}{separator}{name}"
            root = Root(CheckpointKind.CRYPTO, (fold(after),))
            if root not in self._holders and not self._perhaps_taken(root):
                self._holders[root] = {fold(resource.name)}
                return after
        raise AssertionError
