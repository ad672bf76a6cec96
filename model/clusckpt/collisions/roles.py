"""Who does what in a witness: whose data are replaced, whose restore replaces them, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from clusckpt.collisions.hosts import hosts_of_groups
from clusckpt.collisions.pairs import Conflict
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Roles:
    """The parts that two resources of a conflict play.

    The data of `replaced` at `key` are replaced on `node` by a restore of `replacing`, which comes
    there from `elsewhere`, or for which `elsewhere` is None if it cannot come from another node.
    If `replaced_first`, the replacing resource depends on the other and comes online after it.
    """

    replaced: CheckpointedRoot
    replacing: CheckpointedRoot
    key: CheckpointedRoot
    node: str
    elsewhere: str | None
    replaced_first: bool = False

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that play a part."""
        return (self.node,) if self.elsewhere is None else (self.node, self.elsewhere)


def cast(cluster: Cluster, conflict: Conflict) -> Roles:
    """Choose the parts: across nodes if the design allows it, else on the one node they share.

    A resource is brought online after those it depends on (MsCS/resource-dependencies), so the
    replacing resource is never one that the replaced resource depends on.
    """
    across = next(_across_nodes(cluster, conflict), None) if conflict.cross_node else None
    if across is not None:
        return across
    one, other = conflict.first, conflict.second
    if _depends(cluster, one.resource, other.resource):
        one, other = other, one
    first = _depends(cluster, other.resource, one.resource)
    return Roles(one, other, conflict.key, _usual_node(cluster, one, conflict), None, first)


def _across_nodes(cluster: Cluster, conflict: Conflict) -> Iterator[Roles]:
    groups = hosts_of_groups(cluster)
    for one, other in (
        (conflict.first, conflict.second),
        (conflict.second, conflict.first),
    ):
        node = _usual_node(cluster, one, conflict)
        hosts = groups[fold(other.group)].at_most or frozenset()
        others = [name for name in cluster.nodes if fold(name) in hosts and name != node]
        owner = _owner(cluster, other)
        others.sort(key=lambda name: fold(name) != owner)
        if others:
            yield Roles(one, other, conflict.key, node, others[0])


def _usual_node(cluster: Cluster, entry: CheckpointedRoot, conflict: Conflict) -> str:
    """The node that owns the group now, if it is one of the conflict's, or the first of these."""
    owner = _owner(cluster, entry)
    return next((node for node in conflict.nodes if fold(node) == owner), conflict.nodes[0])


def _owner(cluster: Cluster, entry: CheckpointedRoot) -> Folded | None:
    named = {fold(group.name): group.owner for group in cluster.groups}
    owner = named.get(fold(entry.group))
    return None if owner is None else fold(owner)


def _depends(cluster: Cluster, one: str, other: str) -> bool:
    """Whether a resource depends on another, directly or through others."""
    graph: nx.DiGraph[Folded] = nx.DiGraph()
    graph.add_nodes_from((fold(one), fold(other)))
    graph.add_edges_from(
        (fold(resource.name), fold(needed))
        for resource in cluster.resources
        for needed in resource.dependencies
    )
    return nx.has_path(graph, fold(one), fold(other))
