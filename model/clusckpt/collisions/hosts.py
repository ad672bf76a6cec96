"""Which nodes can host a resource, as far as the design says.

A group moves as one (MsCS/groups), so it can move only to a possible owner of every resource in
it. Besides, a resource can be online where its group is now, if that node is a possible owner of
the resource itself and of everything that it depends on. Where possible owners are not known,
they may be any nodes; what is known of the rest of the group still bounds the answer. A group
whose owner the design leaves out is taken to be where it could move to; if it could move nowhere,
nobody knows where it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from clusckpt.collisions.needs import needs_of_resources
from clusckpt.names import Folded, fold
from clusckpt_spec.formats import cluster as written

NO_NODES: frozenset[Folded] = frozenset()


@dataclass(frozen=True, slots=True)
class Hosts:
    """The nodes that can host something: `at_least` those, and no others than `at_most`.

    Where `at_most` is None there is no bound: any node might.
    """

    at_least: frozenset[Folded]
    at_most: frozenset[Folded] | None

    @property
    def known(self) -> bool:
        """Whether nothing about them is unknown."""
        return self.at_least == self.at_most

    @property
    def nowhere(self) -> bool:
        """Whether no node can, whatever is not known."""
        return self.at_most is not None and not self.at_most

    def may_include(self, node: Folded) -> bool:
        """Whether a node can, or might."""
        return self.at_most is None or node in self.at_most


def both(one: Hosts, other: Hosts) -> Hosts:
    """The nodes that can host one thing and the other.

    >>> n1, n2 = (Hosts(nodes, nodes) for nodes in (frozenset({"N1"}), frozenset({"N2"})))
    >>> both(n1, n2).nowhere, both(n1, Hosts(NO_NODES, None)).nowhere
    (True, False)
    """
    bounds = [hosts.at_most for hosts in (one, other) if hosts.at_most is not None]
    at_most = frozenset.intersection(*bounds) if bounds else None
    return Hosts(one.at_least & other.at_least, at_most)


def possible_owners(resource: written.Resource) -> Hosts:
    """The nodes that the design lets host a resource by itself."""
    if resource.possible_owners is None:
        return Hosts(NO_NODES, None)
    owners = frozenset(map(fold, resource.possible_owners))
    return Hosts(owners, owners)


def hosts_of_groups(cluster: written.Cluster) -> Mapping[Folded, Hosts]:
    """The nodes to which each group that has a resource can move."""
    return _hosts_of_groups((fold(one.group), possible_owners(one)) for one in cluster.resources)


def hosts_of_resources(cluster: written.Cluster) -> Mapping[Folded, Hosts]:
    """The nodes that can host each resource."""
    alone = {fold(one.name): possible_owners(one) for one in cluster.resources}
    needs = needs_of_resources(cluster)
    groups, owners = hosts_of_groups(cluster), owners_of_groups(cluster)
    return {
        fold(one.name): _hosts(
            groups[fold(one.group)],
            owners.get(fold(one.group)),
            reduce(both, (alone[needed] for needed in needs[fold(one.name)])),
        )
        for one in cluster.resources
    }


def _hosts_of_groups(members: Iterable[tuple[Folded, Hosts]]) -> dict[Folded, Hosts]:
    groups: dict[Folded, list[Hosts]] = {}
    for group, hosts in members:
        groups.setdefault(group, []).append(hosts)
    return {group: reduce(both, hosts) for group, hosts in groups.items()}


def _hosts(group: Hosts, owner: Folded | None, own: Hosts) -> Hosts:
    """The hosts of a resource, from those of its group, the owner of that, and what it needs."""
    if owner is None:
        return Hosts(NO_NODES, own.at_most) if group.nowhere else group
    here = frozenset({owner})
    at_least = group.at_least | (here & own.at_least)
    if group.at_most is None or not own.may_include(owner):
        return Hosts(at_least, group.at_most)
    return Hosts(at_least, group.at_most | here)


def owners_of_groups(cluster: written.Cluster) -> Mapping[Folded, Folded]:
    """The node that owns each group now, where the design says so."""
    return {
        fold(group.name): fold(group.owner) for group in cluster.groups if group.owner is not None
    }
