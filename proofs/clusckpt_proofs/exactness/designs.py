"""Every design of a small scope: two nodes, two resources, up to two keys or containers.

A design says which key lies under which by construction, and names each key as people do. So the
transition system is told what is shared, and the analysis has to find it out from the names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
    View,
)

NODES = ("N1", "N2")
RESOURCES = ("A", "B")

SUBSETS = ((0,), (1,), (0, 1))
"""The ways to choose some of two nodes, or of two keys."""


class Forest(StrEnum):
    """How the keys of a design lie."""

    ONE = "one key"
    NESTED = "a key and one below it"
    APART = "two keys apart"

    @property
    def size(self) -> int:
        """How many keys there are."""
        return 1 if self is Forest.ONE else 2

    def under(self, above: int, key: int) -> bool:
        """Whether a key is another one or lies below it."""
        return above == key or (self is Forest.NESTED and above == 0)


class Naming(StrEnum):
    """How the two resources name their keys."""

    NATIVE = "native names"
    VIEWS = "one by the 32-bit view, one by its native alias"
    CONTROL_SET = "one by CurrentControlSet, one by its number"
    CONTAINERS = "key containers"

    @property
    def forests(self) -> tuple[Forest, ...]:
        """Containers are never below one another."""
        flat = (Forest.ONE, Forest.APART)
        return flat if self is Naming.CONTAINERS else tuple(Forest)


_STEMS: dict[Naming, tuple[tuple[str, View], tuple[str, View]]] = {
    Naming.NATIVE: (("Software\\", "native"), ("software\\", "native")),
    Naming.VIEWS: (("Software\\Wow6432Node\\", "native"), ("Software\\", "32")),
    Naming.CONTROL_SET: (
        ("System\\ControlSet001\\", "native"),
        ("SYSTEM\\CurrentControlSet\\", "native"),
    ),
}
_TAILS = {Forest.ONE: ("X",), Forest.NESTED: ("X", "X\\Y"), Forest.APART: ("X", "Z")}
_CONTAINERS = (("1\\\\Keys", "1\\\\Other"), ("1\\\\KEYS", "1\\\\other"))


@dataclass(frozen=True)
class Design:
    """Which keys each resource has as roots, and which nodes may host it; by number."""

    naming: Naming
    forest: Forest
    roots: tuple[tuple[int, ...], tuple[int, ...]]
    hosts: tuple[tuple[int, ...], tuple[int, ...]]

    @property
    def cluster(self) -> Cluster:
        """The design as people write it, each resource in a group of its own."""
        groups = tuple(
            Group(f"G{name}", NODES[hosts[0]])
            for name, hosts in zip(RESOURCES, self.hosts, strict=True)
        )
        resources = tuple(self._resource(number) for number in range(len(RESOURCES)))
        return Cluster(CLUSTER_FORMAT, NODES, groups, resources)

    def _resource(self, number: int) -> Resource:
        name = RESOURCES[number]
        owners = tuple(NODES[node] for node in self.hosts[number])
        if self.naming is Naming.CONTAINERS:
            names = tuple(_CONTAINERS[number][key] for key in self.roots[number])
            return Resource(name, f"G{name}", possible_owners=owners, crypto_checkpoints=names)
        stem, view = _STEMS[self.naming][number]
        named = (
            RegistryCheckpoint(stem + _TAILS[self.forest][key], view) for key in self.roots[number]
        )
        return Resource(name, f"G{name}", possible_owners=owners, registry_checkpoints=tuple(named))


def designs() -> Iterator[Design]:
    """Every design of the scope."""
    for naming in Naming:
        for forest in naming.forests:
            chosen = SUBSETS if forest.size > 1 else SUBSETS[:1]
            for roots in product(chosen, repeat=2):
                for hosts in product(SUBSETS, repeat=2):
                    yield Design(naming, forest, (roots[0], roots[1]), (hosts[0], hosts[1]))
