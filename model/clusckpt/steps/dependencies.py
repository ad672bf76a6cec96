"""Dependencies: what must be online before a resource, and offline after it.

MsCS/resource-dependencies: dependencies exist only inside one group; a dependent goes offline
before, and comes online after, all of its dependencies.
"""

from collections.abc import Iterator

import networkx as nx

from clusckpt.names import Folded
from clusckpt.state import ClusterState
from clusckpt.steps.elementary import RUNNING, may_begin_online
from clusckpt_spec.api.states import ResourceState


def in_dependency_order(state: ClusterState, group: Folded) -> list[Folded]:
    """The resources of a group, each after those it depends on, otherwise in order of name."""
    return list(nx.lexicographical_topological_sort(_graph(state, group)))


def needed(state: ClusterState, name: Folded) -> list[Folded]:
    """What has to begin to come online for a resource: what it needs and does not run, then it."""
    graph = _graph(state, state.resources[name].group)
    above = nx.ancestors(graph, name)
    resting = [one for one in above if state.resources[one].state not in RUNNING]
    order = list(nx.lexicographical_topological_sort(graph))
    return [one for one in order if one in resting or one == name]


def dependents(state: ClusterState, name: Folded) -> list[Folded]:
    """What depends on a resource and runs, each before those it depends on."""
    graph = _graph(state, state.resources[name].group)
    below = nx.descendants(graph, name)
    order = reversed(list(nx.lexicographical_topological_sort(graph)))
    return [one for one in order if one in below and state.resources[one].state in RUNNING]


def wanted(state: ClusterState, name: Folded) -> bool:
    """Whether the cluster service brings a resource online by itself, now.

    Its persistent state is Online, or that of something that depends on it; and all that it
    depends on is online, or coming online.
    """
    if not may_begin_online(state, name):
        return False
    graph = _graph(state, state.resources[name].group)
    for_whom = {name, *nx.descendants(graph, name)}
    if not any(state.resources[one].persistent_online for one in for_whom):
        return False
    started = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING)
    return all(state.resources[one].state in started for one in graph.predecessors(name))


def _graph(state: ClusterState, group: Folded) -> "nx.DiGraph[Folded]":
    """An edge from each resource of a group to those that depend on it."""
    graph: nx.DiGraph[Folded] = nx.DiGraph()
    members = state.members(group)
    graph.add_nodes_from(members)
    graph.add_edges_from(_edges(state, members))
    return graph


def _edges(state: ClusterState, members: list[Folded]) -> Iterator[tuple[Folded, Folded]]:
    for name in members:
        for other in sorted(state.resources[name].dependencies):
            if other in members:
                yield other, name
