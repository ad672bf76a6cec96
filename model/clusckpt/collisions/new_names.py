r"""New names for roots: under none of them can a resource meet another one.

A key gets a new name at the level where it meets a root of another resource, and a name that no
root of the design has at that place: so nothing of another resource lies at it or below it. Some
levels cannot have another name: a key directly below HKEY_LOCAL_MACHINE cannot be created (win32
winreg/RegCreateKeyEx), and the system itself looks for what it needs under certain others.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count

from clusckpt.collisions.containers import container_parts
from clusckpt.collisions.prefixes import PrefixTree
from clusckpt.collisions.roots import Root, roots_of
from clusckpt.collisions.system_keys import is_system_key
from clusckpt.containers import container_id
from clusckpt.names import (
    SEPARATOR,
    Folded,
    FoldedPath,
    Path,
    fold,
    fold_path,
    join_path,
    parse_path,
)
from clusckpt.registry import LONGEST_KEY_NAME, canonical
from clusckpt.state import Checkpoint, CheckpointKind
from clusckpt_spec.formats.cluster import Cluster, View


class SystemKey(Exception):
    """A root meets another one at a key of the system, which cannot have another name."""


class NewNames:
    """The names that a design has, and those that have been given on top of them."""

    def __init__(self, cluster: Cluster) -> None:
        """Take the names of every checkpoint of the design."""
        roots = [
            entry.root
            for resource in cluster.resources
            for entry in roots_of(resource, cluster.platform)
        ]
        keys = (root.folded for root in roots if root.kind is CheckpointKind.REGISTRY)
        self._tree = PrefixTree(keys)
        self._containers = {
            _type_and_key(root) for root in roots if root.kind is CheckpointKind.CRYPTO
        }
        self._platform = cluster.platform
        self._places: dict[FoldedPath, Folded] = {}
        self._used = {
            (fold(resource.name), fold(entry.key))
            for resource in cluster.resources
            for entry in resource.registry_checkpoints
        }

    def renamed(
        self, resource: str, checkpoint: Checkpoint, met: Iterable[Root], view: View = "native"
    ) -> str:
        """What a checkpoint of a resource is called from now on.

        Args:
            resource: the resource.
            checkpoint: its checkpoint.
            met: the roots of other resources that it must get away from.
            view: the view in which the checkpoint names its root.

        Raises:
            SystemKey: there is no name that would do.
        """
        if checkpoint.name.kind is CheckpointKind.CRYPTO:
            return self._renamed_container(resource, checkpoint)
        level = min(len(checkpoint.root), *(len(root.folded) for root in met)) - 1
        _refuse_system_key(resource, checkpoint.root, level)
        return self._renamed_key(resource, checkpoint, level, view)

    def _renamed_key(self, resource: str, checkpoint: Checkpoint, level: int, view: View) -> str:
        """The first name at a level that is nobody else's; `given` lacks what the view adds."""
        given = parse_path(checkpoint.given)
        at = level - (len(checkpoint.root) - len(given))
        owner = fold(resource)
        for name in variants(given[at], resource):
            path = (*given[:at], name)
            place = fold_path(canonical(path, view, platform=self._platform))
            after = join_path((*path, *given[at + 1 :]))
            mine = self._places.get(place) == owner or not self._tree.reaches(place)
            if mine and (owner, fold(after)) not in self._used:
                break
        self._places[place] = owner
        self._used.add((owner, fold(after)))
        self._tree.add(place)
        return after

    def _renamed_container(self, resource: str, checkpoint: Checkpoint) -> str:
        """The first container name that nobody has under any provider of the type (A20)."""
        before, _, key = checkpoint.given.rpartition(SEPARATOR)
        for name in variants(key, resource):
            after = f"{before}{SEPARATOR}{name}"
            taken = _type_and_key(Root(CheckpointKind.CRYPTO, (container_id(after),)))
            if taken not in self._containers:
                break
        self._containers.add(taken)
        return after


def variants(name: str, resource: str) -> Iterator[str]:
    r"""A name with the resource's name after it, then numbered; never longer than names can be.

    >>> endless = variants("X", "SQL Server\\B")
    >>> next(endless), next(endless)
    ('X (SQL Server-B)', 'X (SQL Server-B 2)')
    """
    called = resource.replace(SEPARATOR, "-")
    for number in count(1):
        suffix = f" ({called})" if number == 1 else f" ({called} {number})"
        if len(name) + len(suffix) > LONGEST_KEY_NAME:
            told = "\0".join((name, resource, str(number))).encode("utf-8", "surrogatepass")
            suffix = f" ({hashlib.sha256(told).hexdigest()[:12]})"
        yield name[: LONGEST_KEY_NAME - len(suffix)] + suffix


def _refuse_system_key(resource: str, root: Path, level: int) -> None:
    if level == 0 or is_system_key(fold_path(root[: level + 1])):
        message = (
            f"{join_path(root)} of {resource} meets another root at "
            f"{join_path(root[: level + 1])}, which cannot have another name; "
            "give the resources roots further down first"
        )
        raise SystemKey(message)


def _type_and_key(root: Root) -> tuple[str, str]:
    kind, _, key = container_parts(root)
    return kind, key
