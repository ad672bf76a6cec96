"""The analysis of a design: what is in conflict, what cannot be, and what is not decided.

It is exact: every conflict has a witness that the reference model executes, and a resource
without one keeps its data in every state that the cluster can reach (the collision theorem).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from clusckpt.collisions.containers import count_perhaps_one_container, perhaps_one_container
from clusckpt.collisions.graph import collision_graph, count_overlaps, overlaps
from clusckpt.collisions.judge import PROVIDER_LEFT_OUT, Judge
from clusckpt.collisions.pairs import Conflict, Undecided
from clusckpt.names import fold
from clusckpt_spec.formats.cluster import Cluster

MOST_OVERLAPS = 100_000
"""The most pairs of overlapping roots that are looked at; each may be a conflict of its own."""


class TooManyOverlaps(Exception):
    """A design has more pairs of overlapping roots than are looked at."""


@dataclass(frozen=True, slots=True)
class Component:
    """Resources that are linked by conflicts: one thing to repair."""

    resources: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Every conflict of a design; what could not be decided; the resources that have neither."""

    components: tuple[Component, ...]
    undecided: tuple[Undecided, ...]
    free: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict, component by component."""
        return tuple(conflict for part in self.components for conflict in part.conflicts)


def find_conflicts(cluster: Cluster) -> Analysis:
    r"""Find every conflict of a design (CKPT-INSTANCES).

    Raises:
        TooManyOverlaps: there are more pairs of overlapping roots than MOST_OVERLAPS.
        InvalidPath: a checkpoint of a cluster that no reader has checked is no path.

    >>> from clusckpt_spec.formats.cluster import Group, RegistryCheckpoint, Resource
    >>> root = (RegistryCheckpoint("Software\\X"),)
    >>> pair = tuple(Resource(name, "G", "", "", ("N1",), (), root) for name in "AB")
    >>> design = Cluster("clusckpt-cluster/1", ("N1",), (Group("G"),), pair)
    >>> find_conflicts(design).components[0].resources
    ('A', 'B')
    """
    graph = collision_graph(cluster)
    pairs = count_overlaps(graph) + count_perhaps_one_container(cluster)
    if pairs > MOST_OVERLAPS:
        message = f"{pairs} pairs of overlapping roots; at most {MOST_OVERLAPS} are looked at"
        raise TooManyOverlaps(message)
    judge = Judge(cluster)
    judged = [judge.overlapping(overlap) for overlap in overlaps(graph)]
    conflicts = [one for one in judged if isinstance(one, Conflict)]
    undecided = [one for one in judged if isinstance(one, Undecided)]
    undecided += judge.perhaps_one(perhaps_one_container(cluster), PROVIDER_LEFT_OUT)
    touched = {name for pair in (*conflicts, *undecided) for name in pair.resources}
    return Analysis(
        components=_components(conflicts),
        undecided=tuple(sorted(undecided, key=lambda pair: pair.place)),
        free=tuple(one.name for one in cluster.resources if one.name not in touched),
    )


def _components(conflicts: Iterable[Conflict]) -> tuple[Component, ...]:
    """The conflicts by the connected components of the graph that they are the edges of."""
    ordered = sorted(conflicts, key=lambda pair: pair.place)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(conflict.resources for conflict in ordered)
    parts = [sorted(names, key=fold) for names in nx.connected_components(graph)]
    part_of = {name: place for place, names in enumerate(parts) for name in names}
    members: dict[int, list[Conflict]] = {}
    for conflict in ordered:
        members.setdefault(part_of[conflict.first.resource], []).append(conflict)
    return tuple(Component(tuple(parts[at]), tuple(found)) for at, found in members.items())
