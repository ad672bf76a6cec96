"""Layout: the parts of a cluster that cannot influence each other, and what belongs to each.

Resources influence each other only inside a group, or where their checkpoints cover the same key
or key container. Part 0 is the rest: keys and containers that no checkpoint covers, and backups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import networkx as nx

from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath
from clusckpt.registry import find
from clusckpt.rules import Part
from clusckpt.rules.course import Where
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState

REST: Final = 0
"""The part of what no resource has anything to do with."""

_Thing = (
    tuple[Literal["group", "resource", "container"], Folded] | tuple[Literal["root"], FoldedPath]
)
"""A vertex of the graph of influence: its kind and its name."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The number of the part to which each thing belongs.

    `roots` are the outermost checkpoint roots, `above` the keys over them, which belong to no
    part, and `absent` those of the keys above that a node does not have.
    """

    count: int
    groups: Mapping[Folded, int]
    resources: Mapping[Folded, int]
    roots: Mapping[FoldedPath, int]
    containers: Mapping[Folded, int]
    above: frozenset[FoldedPath]
    absent: Mapping[Folded, frozenset[FoldedPath]]

    def part_of_key(self, path: FoldedPath) -> int | None:
        """The part of a key; None if it lies above a root."""
        for length in range(1, len(path) + 1):
            part = self.roots.get(path[:length])
            if part is not None:
                return part
        return None if path in self.above else REST

    def part_of_write(self, node: Folded, path: FoldedPath) -> int | None:
        """The part that a write changes; None if it may create a key above a root."""
        absent = self.absent[node]
        if absent and any(path[:length] in absent for length in range(1, len(path))):
            return None
        return self.part_of_key(path)

    def part_of_change(self, part: Part, subject: Folded, where: Where) -> int | None:
        """The part to which a change of a state belongs; None if it lies above a root."""
        if part is Part.REGISTRY:
            return self.part_of_key(where) if isinstance(where, tuple) else None
        if part is Part.CONTAINER:
            return self.containers.get(where, REST) if isinstance(where, str) else None
        names = self.groups if part is Part.OWNER else self.resources
        return names.get(subject, REST)


def layout_of(state: ClusterState) -> Layout | None:
    """The finest layout of a cluster; None if its parts cannot be told apart.

    >>> from clusckpt.examples import two_nodes
    >>> sorted(layout_of(two_nodes()).resources.items())
    [('A', 1), ('B', 2)]
    """
    entries = [
        entry for resource in state.resources.values() for entry in resource.checkpoints.values()
    ]
    rootless = any(one.name.kind is CheckpointKind.REGISTRY and not one.root for one in entries)
    if rootless or any(key[0] not in state.resources for key in state.copies):
        return None
    roots = frozenset(entry.folded_root for entry in entries if entry.root)
    number = _numbered(_related(state, roots))
    outermost = frozenset(_outermost(root, roots) for root in roots)
    above = frozenset(root[:length] for root in outermost for length in range(len(root)))
    return Layout(
        count=1 + max(number.values(), default=0),
        groups={name: number["group", name] for name in state.groups},
        resources={name: number["resource", name] for name in state.resources},
        roots={root: number["root", root] for root in outermost},
        containers={name: number["container", name] for name in _containers(entries)},
        above=above,
        absent={
            name: frozenset(path for path in above if find(node.registry, path) is None)
            for name, node in state.nodes.items()
        },
    )


def _containers(entries: list[Checkpoint]) -> frozenset[Folded]:
    return frozenset(container_id(entry.given) for entry in entries if not entry.root)


def _related(state: ClusterState, roots: frozenset[FoldedPath]) -> "nx.Graph[_Thing]":
    """An edge between any two things of which one can influence the other."""
    graph: nx.Graph[_Thing] = nx.Graph()
    graph.add_nodes_from(("group", name) for name in state.groups)
    for name, resource in state.resources.items():
        graph.add_edge(("resource", name), ("group", resource.group))
        for entry in resource.checkpoints.values():
            if entry.root:
                covered: _Thing = ("root", _outermost(entry.folded_root, roots))
            else:
                covered = ("container", container_id(entry.given))
            graph.add_edge(("resource", name), covered)
    return graph


def _numbered(graph: "nx.Graph[_Thing]") -> dict[_Thing, int]:
    """The number of the part of each thing, from 1, in order of their first groups."""
    ordered = sorted(map(sorted, nx.connected_components(graph)))
    return {thing: number for number, part in enumerate(ordered, 1) for thing in part}


def _outermost(root: FoldedPath, roots: frozenset[FoldedPath]) -> FoldedPath:
    """The shortest root that covers a root."""
    return next(root[:length] for length in range(1, len(root) + 1) if root[:length] in roots)
