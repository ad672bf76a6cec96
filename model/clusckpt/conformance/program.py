"""A program: the cluster that it starts with, and the calls that are made one after the other."""

from dataclasses import dataclass

import msgspec

from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header


class Program(msgspec.Struct, frozen=True):
    """What a party is asked to do: set up a cluster, then make these calls."""

    start: ResetParams
    events: tuple[AnyEvent, ...]

    @property
    def header(self) -> Header:
        """The first line of the trace that the program leaves."""
        start = self.start
        return Header(
            TRACE_FORMAT,
            start.cluster,
            title="a program of the conformance run",
            registry=start.registry,
            containers=start.containers,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The names that the events of a program may use.

    `roots` and `containers` are the names that checkpoints get, and `keys` those and keys under
    them; `spare` is a resource that is not there at the start and may be created.
    """

    nodes: tuple[str, ...]
    groups: tuple[str, ...]
    resources: tuple[str, ...]
    roots: tuple[str, ...]
    keys: tuple[str, ...]
    containers: tuple[str, ...]
    spare: str = "R9"


def first_owner(cluster: Cluster, resource: str) -> str:
    """The node that owns the group of a resource at the start, as every program writes it.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Group, Resource
    >>> groups, resources = (Group("G", "N2"),), (Resource("R", "G"),)
    >>> first_owner(Cluster(CLUSTER_FORMAT, ("N1", "N2"), groups, resources), "R")
    'N2'
    """
    owners = {group.name: group.owner or cluster.nodes[0] for group in cluster.groups}
    group = next((one.group for one in cluster.resources if one.name == resource), None)
    return cluster.nodes[0] if group is None else owners[group]
