"""Which nodes can host a group: those that are possible owners of every resource in it.

A group moves as one (MsCS/groups), so a resource can be hosted only where its whole group can.
Where the possible owners of a resource are not known, they may be any nodes; what is known of
the others still bounds the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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


def both(one: Hosts, other: Hosts) -> Hosts:
    """The nodes that can host one thing and the other.

    >>> n1, n2 = Hosts(True, frozenset({fold("N1")})), Hosts(True, frozenset({fold("N2")}))
    >>> both(n1, n2).nowhere, both(n1, Hosts(False, None)).nowhere
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
    """The nodes that can host each group that has a resource."""
    members: dict[Folded, list[Hosts]] = {}
    for resource in cluster.resources:
        members.setdefault(fold(resource.group), []).append(possible_owners(resource))
    return {group: reduce(both, hosts) for group, hosts in members.items()}
