"""The judgement on two resources with overlapping roots, by the nodes that can host both.

It is a conflict if some nodes are known to host both, nothing if no node can, and undecided if
that hangs on possible owners that are not known.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from clusckpt.collisions.graph import Overlap
from clusckpt.collisions.hosts import (
    Hosts,
    both,
    hosts_of_groups,
    hosts_of_resources,
    owners_of_groups,
)
from clusckpt.collisions.pairs import Conflict, Undecided
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.files.wording import quoted
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster

MOST_NAMED = 4
"""The most resources that a reason names."""

PROVIDER_LEFT_OUT = (
    "one of them leaves out the name of the provider, and whether that stands for the provider of "
    "the other is not known (A20)"
)


class Judge:
    """Judges pairs of one design, and remembers which nodes two resources share."""

    def __init__(self, cluster: Cluster) -> None:
        """Find the hosts of each resource, and the resources whose possible owners are missing.

        Everything is looked up by the name as the design spells it, which is there once.
        """
        self._nodes = cluster.nodes
        hosts = hosts_of_resources(cluster)
        self._hosts = {one.name: hosts[fold(one.name)] for one in cluster.resources}
        self._place = {name: place for place, name in enumerate(sorted(self._hosts, key=fold))}
        self._group = {one.name: fold(one.group) for one in cluster.resources}
        self._groups = hosts_of_groups(cluster)
        self._owned = owners_of_groups(cluster)
        self._silent: dict[Folded, list[str]] = {}
        self._unsaid = frozenset(r.name for r in cluster.resources if r.possible_owners is None)
        for name in sorted(self._unsaid, key=fold):
            self._silent.setdefault(self._group[name], []).append(name)
        self._shared: dict[tuple[Hosts, Hosts], Hosts] = {}
        self._spelled: dict[frozenset[Folded], tuple[str, ...]] = {}

    def overlapping(self, overlap: Overlap) -> Conflict | Undecided | None:
        """Judge two roots of which one lies under the other."""
        first, second = self._by_name(overlap)
        hosts = self._hosts_of_both(first, second)
        if hosts.at_least:
            different = self._group[first.resource] != self._group[second.resource]
            return Conflict(first, second, self._spelled_nodes(hosts.at_least), different)
        return None if hosts.nowhere else Undecided(first, second, self._not_known(first, second))

    def perhaps_one(self, pairs: Iterable[Overlap], reason: str) -> Iterator[Undecided]:
        """Judge roots of which nobody knows whether they overlap; the reason says why."""
        for pair in pairs:
            first, second = self._by_name(pair)
            if not self._hosts_of_both(first, second).nowhere:
                yield Undecided(first, second, reason)

    def _by_name(self, pair: Overlap) -> Overlap:
        one, other = pair
        first = self._place[one.resource] < self._place[other.resource]
        return (one, other) if first else (other, one)

    def _hosts_of_both(self, first: CheckpointedRoot, second: CheckpointedRoot) -> Hosts:
        pair = self._hosts[first.resource], self._hosts[second.resource]
        if pair not in self._shared:
            self._shared[pair] = both(*pair)
        return self._shared[pair]

    def _spelled_nodes(self, known: frozenset[Folded]) -> tuple[str, ...]:
        if known not in self._spelled:
            self._spelled[known] = tuple(node for node in self._nodes if fold(node) in known)
        return self._spelled[known]

    def _not_known(self, first: CheckpointedRoot, second: CheckpointedRoot) -> str:
        """Name the resources whose possible owners are missing, wherever in the two groups."""
        groups = {self._group[entry.resource]: entry.group for entry in (first, second)}
        for group, name in groups.items():
            if self._groups[group].nowhere and group not in self._owned:
                return (
                    f"no node is a possible owner of every resource in the group "
                    f"{quoted(name)}, and which node owns it is not known"
                )
        pair = [one.resource for one in (first, second) if one.resource in self._unsaid]
        silent = [self._silent.get(group, []) for group in groups]
        others = (name for names in silent for name in names if name not in pair)
        named = [*pair, *islice(others, MOST_NAMED - len(pair))]
        shown = " and of ".join(map(quoted, named))
        left_out = sum(map(len, silent)) - len(named)
        more = f" and {left_out} more" if left_out else ""
        return f"the possible owners of {shown}{more} are not known"
