"""The names that the lines of a trace may use: of its cluster, and of what they create."""

from dataclasses import dataclass
from typing import Self

from clusckpt.files.names import KnownNames
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import AnyEvent, CreateClusterResource


@dataclass(frozen=True, slots=True)
class ClusterNames:
    """The names that the events of a trace may use."""

    node: KnownNames
    group: KnownNames
    resource: KnownNames

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """Collect the names of a cluster."""
        return cls(
            KnownNames("node", cluster.nodes),
            KnownNames("group", (group.name for group in cluster.groups)),
            KnownNames("resource", (resource.name for resource in cluster.resources)),
        )

    def learn(self, event: AnyEvent) -> None:
        """Know from now on what an event creates; what is deleted can still be named."""
        if isinstance(event, CreateClusterResource):
            self.resource.learn(event.resource)
