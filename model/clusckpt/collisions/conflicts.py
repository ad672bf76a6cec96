"""What may be in conflict, what cannot be, and what the design does not suffice to decide.

Every pair of overlapping roots is one of three things, by the nodes that can host both resources:
a conflict if some are known to, free if none can, undecided if that hangs on what is not known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import networkx as nx

from clusckpt.collisions.containers import count_perhaps_one_container, perhaps_one_container
from clusckpt.collisions.graph import Overlap, collision_graph, count_overlaps, overlaps
from clusckpt.collisions.hosts import Hosts, both, hosts_of_groups
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.files.wording import quoted
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster

MOST_OVERLAPS = 1_000_000
"""The most pairs of overlapping roots that are looked at; each may be a conflict of its own."""


MOST_NAMED = 4
"""The most resources that a reason names."""


class TooManyOverlaps(Exception):  # noqa: N818 - says what there is too much of
    """A design has more pairs of overlapping roots than are looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two resources with overlapping roots, in order of name."""

    first: CheckpointedRoot
    second: CheckpointedRoot

    @property
    def key(self) -> CheckpointedRoot:
        """The root whose every key both cover: the deeper of the two."""
        deeper = len(self.second.root.folded) > len(self.first.root.folded)
        return self.second if deeper else self.first

    @property
    def resources(self) -> tuple[str, str]:
        """The two resources, in order of name."""
        return self.first.resource, self.second.resource


@dataclass(frozen=True, slots=True)
class Conflict(Pair):
    """Two resources that cover one key and can both be hosted by each of `nodes`.

    `cross_node` tells whether they are in different groups, so that one can come to the other
    from another node; otherwise they always share a node.
    """

    nodes: tuple[str, ...]
    cross_node: bool


@dataclass(frozen=True, slots=True)
class Undecided(Pair):
    """Two resources of which the design does not say enough, and what it does not say."""

    reason: str


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
    judge = _Judge(cluster)
    conflicts: list[Conflict] = []
    undecided: list[Undecided] = []
    for overlap in overlaps(graph):
        judged = judge.overlapping(overlap)
        if isinstance(judged, Conflict):
            conflicts.append(judged)
        elif judged is not None:
            undecided.append(judged)
    undecided += judge.unclear(perhaps_one_container(cluster))
    touched = {fold(name) for pair in (*conflicts, *undecided) for name in pair.resources}
    return Analysis(
        components=components(conflicts),
        undecided=tuple(sorted(undecided, key=_in_order)),
        free=tuple(one.name for one in cluster.resources if fold(one.name) not in touched),
    )


def components(conflicts: Iterable[Conflict]) -> tuple[Component, ...]:
    """The conflicts by the connected components of the graph that they are the edges of."""
    ordered = sorted(conflicts, key=_in_order)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(conflict.resources for conflict in ordered)
    part_of: dict[str, int] = {}
    for part, names in enumerate(nx.connected_components(graph)):
        part_of |= dict.fromkeys(names, part)
    members: dict[int, list[Conflict]] = {}
    for conflict in ordered:
        members.setdefault(part_of[conflict.first.resource], []).append(conflict)
    return tuple(
        Component(
            tuple(sorted({name for one in part for name in one.resources}, key=fold)),
            tuple(part),
        )
        for part in members.values()
    )


@dataclass(slots=True)
class _Judge:
    """Decides for pairs of resources, and remembers it for each pair of groups."""

    cluster: Cluster
    groups: dict[Folded, Hosts] = field(init=False)
    silent: dict[Folded, list[str]] = field(default_factory=dict)
    shared: dict[tuple[Folded, Folded], Hosts] = field(default_factory=dict)
    spelled: dict[frozenset[Folded], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = dict(hosts_of_groups(self.cluster))
        for one in self.cluster.resources:
            if one.possible_owners is None:
                self.silent.setdefault(fold(one.group), []).append(one.name)

    def overlapping(self, overlap: Overlap) -> Conflict | Undecided | None:
        first, second = _by_name(overlap)
        hosts = self._hosts_of_both(first, second)
        if hosts.somewhere:
            different = fold(first.group) != fold(second.group)
            return Conflict(first, second, self._nodes(hosts), different)
        if hosts.nowhere:
            return None
        return Undecided(first, second, self._not_known(first, second))

    def unclear(self, pairs: Iterable[Overlap]) -> Iterator[Undecided]:
        for pair in pairs:
            first, second = _by_name(pair)
            if not self._hosts_of_both(first, second).nowhere:
                reason = (
                    "one of them leaves out the name of the provider; whether that stands for the "
                    "provider of the other is not known (A20)"
                )
                yield Undecided(first, second, reason)

    def _hosts_of_both(self, first: CheckpointedRoot, second: CheckpointedRoot) -> Hosts:
        pair = fold(first.group), fold(second.group)
        if pair not in self.shared:
            self.shared[pair] = both(self.groups[pair[0]], self.groups[pair[1]])
        return self.shared[pair]

    def _nodes(self, hosts: Hosts) -> tuple[str, ...]:
        known = hosts.at_most or frozenset()
        if known not in self.spelled:
            self.spelled[known] = tuple(node for node in self.cluster.nodes if fold(node) in known)
        return self.spelled[known]

    def _not_known(self, first: CheckpointedRoot, second: CheckpointedRoot) -> str:
        """Name the resources whose possible owners are missing, wherever in the two groups."""
        groups = dict.fromkeys((fold(first.group), fold(second.group)))
        missing = [name for group in groups for name in self.silent.get(group, ())]
        missing.sort(key=lambda name: (name not in {first.resource, second.resource}, fold(name)))
        shown = " and of ".join(quoted(name) for name in missing[:MOST_NAMED])
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        return f"the possible owners of {shown}{more} are not known"


def _by_name(pair: Overlap) -> Overlap:
    one, other = pair
    return (one, other) if fold(one.resource) < fold(other.resource) else (other, one)


def _in_order(
    pair: Pair,
) -> tuple[Folded, Folded, CheckpointKind, tuple[str, ...], tuple[str, ...]]:
    first, second = pair.first, pair.second
    kind, roots = first.root.kind, (first.root.folded, second.root.folded)
    return fold(first.resource), fold(second.resource), kind, *roots
