"""The graph of a design: which resource may run where, and which roots it checkpoints.

Three kinds of vertices (cluster nodes, resources, roots) and three relations: a resource may run
on a node, a resource checkpoints a root, a root lies under the nearest root above it. Two roots
overlap exactly if one is reached from the other along `lies under`, so no pair that does not
overlap is ever looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

import networkx as nx

from clusckpt.collisions.hosts import hosts_of_resources
from clusckpt.collisions.prefixes import PrefixTree
from clusckpt.collisions.roots import CheckpointedRoot, Root, roots_of
from clusckpt.names import Folded, fold
from clusckpt.state import CheckpointKind
from clusckpt_spec.formats.cluster import Cluster


class Relation(StrEnum):
    """What an edge says, read from its start to its end."""

    MAY_RUN_ON = "may run on"
    """From a resource to a node that is known to be able to host it."""
    CHECKPOINTS = "checkpoints"
    """From a resource to a root of it."""
    LIES_UNDER = "lies under"
    """From a root to the nearest root above it."""


@dataclass(frozen=True, slots=True)
class NodeVertex:
    """A cluster node."""

    name: Folded


@dataclass(frozen=True, slots=True)
class ResourceVertex:
    """A resource."""

    name: Folded


Vertex = NodeVertex | ResourceVertex | Root
CollisionGraph: TypeAlias = "nx.DiGraph[Vertex]"
Overlap = tuple[CheckpointedRoot, CheckpointedRoot]
"""Two roots of two resources, of which the first is the second or lies above it."""


def collision_graph(cluster: Cluster) -> CollisionGraph:
    """The graph of a design; `relation` on an edge says which of the three it is.

    On a resource that other nodes might host as well, `hosts_known` is false.
    """
    graph: CollisionGraph = nx.DiGraph()
    graph.add_nodes_from(NodeVertex(fold(node)) for node in cluster.nodes)
    hosts_of = hosts_of_resources(cluster)
    for resource in cluster.resources:
        vertex = ResourceVertex(fold(resource.name))
        hosts = hosts_of[fold(resource.name)]
        graph.add_node(vertex, hosts_known=hosts.known)
        for node in sorted(hosts.at_least):
            graph.add_edge(vertex, NodeVertex(node), relation=Relation.MAY_RUN_ON)
        for entry in roots_of(resource, cluster.platform):
            graph.add_edge(vertex, entry.root, relation=Relation.CHECKPOINTS, entry=entry)
    roots = [vertex for vertex in graph if isinstance(vertex, Root)]
    for root, above in _nearest_above(roots):
        graph.add_edge(root, above, relation=Relation.LIES_UNDER)
    return graph


def count_overlaps(graph: CollisionGraph) -> int:
    """How many pairs `overlaps` would give, without looking at the pairs."""
    holders = {root: len(entries) for root, entries in _holders(graph).items()}
    return sum(
        here * (here - 1) // 2 + here * sum(holders[above] for above in _above(graph, root))
        for root, here in holders.items()
    )


def overlaps(graph: CollisionGraph) -> Iterator[Overlap]:
    """Every pair of overlapping roots of different resources, the upper root first."""
    holders = _holders(graph)
    for root, here in holders.items():
        yield from combinations(here, 2)
        for above in _above(graph, root):
            for upper in holders[above]:
                yield from ((upper, one) for one in here if one.resource != upper.resource)


def _nearest_above(roots: Iterable[Root]) -> Iterator[tuple[Root, Root]]:
    """Each registry root with the nearest one above it; containers are flat."""
    keys = [root for root in roots if root.kind is CheckpointKind.REGISTRY]
    tree = PrefixTree(root.folded for root in keys)
    for root in keys:
        *_, nearest, _itself = (None, *tree.above(root.folded))
        if nearest is not None:
            yield root, Root(CheckpointKind.REGISTRY, nearest)


def _above(graph: CollisionGraph, root: Root) -> Iterator[Root]:
    """Every root above one, the nearest first."""
    found: Root | None = root
    while found is not None:
        found = next((end for end in graph.successors(found) if isinstance(end, Root)), None)
        if found is not None:
            yield found


def _holders(graph: CollisionGraph) -> dict[Root, list[CheckpointedRoot]]:
    """Each root as every resource that checkpoints it has it."""
    holders: dict[Root, list[CheckpointedRoot]] = {}
    for _, root, edge in graph.edges(data=True):
        if edge["relation"] is Relation.CHECKPOINTS and isinstance(root, Root):
            holders.setdefault(root, []).append(edge["entry"])
    return holders
