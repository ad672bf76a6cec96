"""The judgement on two resources with overlapping roots, by the nodes that can host both.

It is a conflict if some nodes are known to host both, nothing if no node can, and undecided if
that hangs on possible owners that are not known.
"""

from collections.abc import Iterable, Iterator

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
        """Find the hosts of each resource, and the resources whose possible owners are missing."""
        self._nodes = cluster.nodes
        self._hosts = hosts_of_resources(cluster)
        self._groups = hosts_of_groups(cluster)
        self._owned = owners_of_groups(cluster)
        self._silent: dict[Folded, list[str]] = {}
        for one in cluster.resources:
            if one.possible_owners is None:
                self._silent.setdefault(fold(one.group), []).append(one.name)
        self._shared: dict[tuple[Hosts, Hosts], Hosts] = {}
        self._spelled: dict[frozenset[Folded], tuple[str, ...]] = {}

    def overlapping(self, overlap: Overlap) -> Conflict | Undecided | None:
        """Judge two roots of which one lies under the other."""
        first, second = _by_name(overlap)
        hosts = self._hosts_of_both(first, second)
        if hosts.at_least:
            different = fold(first.group) != fold(second.group)
            return Conflict(first, second, self._spelled_nodes(hosts.at_least), different)
        return None if hosts.nowhere else Undecided(first, second, self._not_known(first, second))

    def perhaps_one(self, pairs: Iterable[Overlap], reason: str) -> Iterator[Undecided]:
        """Judge roots of which nobody knows whether they overlap; the reason says why."""
        for pair in pairs:
            first, second = _by_name(pair)
            if not self._hosts_of_both(first, second).nowhere:
                yield Undecided(first, second, reason)

    def _hosts_of_both(self, first: CheckpointedRoot, second: CheckpointedRoot) -> Hosts:
        pair = self._hosts[fold(first.resource)], self._hosts[fold(second.resource)]
        if pair not in self._shared:
            self._shared[pair] = both(*pair)
        return self._shared[pair]

    def _spelled_nodes(self, known: frozenset[Folded]) -> tuple[str, ...]:
        if known not in self._spelled:
            self._spelled[known] = tuple(node for node in self._nodes if fold(node) in known)
        return self._spelled[known]

    def _not_known(self, first: CheckpointedRoot, second: CheckpointedRoot) -> str:
        """Name the resources whose possible owners are missing, wherever in the two groups."""
        groups = dict.fromkeys((fold(first.group), fold(second.group)))
        for entry in (first, second):
            if self._groups[fold(entry.group)].nowhere and fold(entry.group) not in self._owned:
                return (
                    f"no node is a possible owner of every resource in the group "
                    f"{quoted(entry.group)}, and which node owns it is not known"
                )
        missing = [name for group in groups for name in self._silent.get(group, ())]
        missing.sort(key=lambda name: (name not in {first.resource, second.resource}, fold(name)))
        shown = " and of ".join(quoted(name) for name in missing[:MOST_NAMED])
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        return f"the possible owners of {shown}{more} are not known"


def _by_name(pair: Overlap) -> Overlap:
    one, other = pair
    return (one, other) if fold(one.resource) < fold(other.resource) else (other, one)
