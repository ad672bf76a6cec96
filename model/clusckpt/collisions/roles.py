"""Who does what in a witness: whose data are replaced, whose restore replaces them, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clusckpt.collisions.hosts import hosts_of_groups, hosts_of_resources, owners_of_groups
from clusckpt.collisions.needs import needs_of_resources
from clusckpt.collisions.pairs import Conflict
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.names import fold
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
    needs = needs_of_resources(cluster)
    if fold(other.resource) in needs[fold(one.resource)]:
        one, other = other, one
    first = fold(one.resource) in needs[fold(other.resource)]
    node = _owner_or_first(cluster, one, conflict.nodes)
    return Roles(one, other, conflict.key, node, None, first)


def _across_nodes(cluster: Cluster, conflict: Conflict) -> Iterator[Roles]:
    groups, resources = hosts_of_groups(cluster), hosts_of_resources(cluster)
    for one, other in (
        (conflict.first, conflict.second),
        (conflict.second, conflict.first),
    ):
        node = _owner_or_first(cluster, one, conflict.nodes)
        hosts = resources[fold(other.resource)].at_least
        others = [name for name in cluster.nodes if fold(name) in hosts and name != node]
        if others and fold(node) in groups[fold(other.group)].at_least:
            elsewhere = _owner_or_first(cluster, other, others)
            yield Roles(one, other, conflict.key, node, elsewhere)


def _owner_or_first(cluster: Cluster, entry: CheckpointedRoot, nodes: Sequence[str]) -> str:
    """Of some nodes the one that owns the resource's group now, or the first."""
    owner = owners_of_groups(cluster).get(fold(entry.group))
    return next((node for node in nodes if fold(node) == owner), nodes[0])
