"""Which nodes can host a resource, as far as the design says.

A group moves as one (MsCS/groups), so it can move only to a possible owner of every resource in
it. Besides, a resource can be online where its group is now, if that node is a possible owner of
the resource itself. Where possible owners are not known, they may be any nodes; what is known of
the rest of the group still bounds the answer. A group whose owner the design leaves out is taken
to be where it could move to; if it could move nowhere, nobody knows where it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

from clusckpt.names import Folded, fold
from clusckpt_spec.formats import cluster as written


@dataclass(frozen=True, slots=True)
class Hosts:
    """The nodes that can host something.

    If `known`, they are exactly `at_most`; otherwise they are some nodes of `at_most`, where
    None stands for every node.
    """

    known: bool
    at_most: frozenset[Folded] | None

    @property
    def nowhere(self) -> bool:
        """Whether no node can, whatever is not known."""
        return self.at_most is not None and not self.at_most

    @property
    def somewhere(self) -> bool:
        """Whether some node is known to."""
        return self.known and not self.nowhere

    def may_include(self, node: Folded) -> bool:
        """Whether a node can, or may if more were known."""
        return self.at_most is None or node in self.at_most


def both(one: Hosts, other: Hosts) -> Hosts:
    """The nodes that can host one thing and the other.

    >>> n1, n2 = (Hosts(known=True, at_most=frozenset({fold(node)})) for node in ("N1", "N2"))
    >>> both(n1, n2).nowhere, both(n1, Hosts(known=False, at_most=None)).nowhere
    (True, False)
    """
    bounds = [hosts.at_most for hosts in (one, other) if hosts.at_most is not None]
    at_most = frozenset.intersection(*bounds) if bounds else None
    return Hosts(one.known and other.known, at_most)


def possible_owners(resource: written.Resource) -> Hosts:
    """The nodes that the design lets host a resource by itself."""
    owners = resource.possible_owners
    if owners is None:
        return Hosts(known=False, at_most=None)
    return Hosts(known=True, at_most=frozenset(map(fold, owners)))


def hosts_of_groups(cluster: written.Cluster) -> Mapping[Folded, Hosts]:
    """The nodes to which each group that has a resource can move."""
    members: dict[Folded, list[Hosts]] = {}
    for resource in cluster.resources:
        members.setdefault(fold(resource.group), []).append(possible_owners(resource))
    return {group: reduce(both, hosts) for group, hosts in members.items()}


def hosts_of_resources(cluster: written.Cluster) -> Mapping[Folded, Hosts]:
    """The nodes that can host each resource."""
    groups = hosts_of_groups(cluster)
    owners = owners_of_groups(cluster)
    found: dict[Folded, Hosts] = {}
    for resource in cluster.resources:
        hosts = groups[fold(resource.group)]
        owner = owners.get(fold(resource.group))
        own = possible_owners(resource)
        if owner is None and hosts.nowhere:
            hosts = replace(own, known=False)
        elif owner is not None and own.may_include(owner):
            at_most = None if hosts.at_most is None else hosts.at_most | {owner}
            hosts = replace(hosts, at_most=at_most)
        found[fold(resource.name)] = hosts
    return found


def owners_of_groups(cluster: written.Cluster) -> Mapping[Folded, Folded]:
    """The node that owns each group now, where the design says so."""
    return {
        fold(group.name): fold(group.owner) for group in cluster.groups if group.owner is not None
    }
