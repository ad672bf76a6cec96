"""What a resource needs online before it can be: what it depends on, and what that depends on."""

from collections.abc import Mapping

import networkx as nx

from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster


def needs_of_resources(cluster: Cluster) -> Mapping[Folded, frozenset[Folded]]:
    """For each resource, itself and everything that it depends on (MsCS/resource-dependencies)."""
    graph: nx.DiGraph[Folded] = nx.DiGraph()
    graph.add_nodes_from(fold(resource.name) for resource in cluster.resources)
    graph.add_edges_from(
        (fold(resource.name), fold(needed))
        for resource in cluster.resources
        for needed in resource.dependencies
        if fold(needed) in graph
    )
    return {name: frozenset({name}) | nx.descendants(graph, name) for name in graph}
