"""Small clusters for examples, documentation and tests."""

from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header


def two_nodes() -> ClusterState:
    """Nodes N1 and N2, a resource A in group GA on N1 and B in GB on N2, no checkpoint yet.

    >>> sorted(two_nodes().resources), two_nodes().owner_of("B")
    (['A', 'B'], 'N2')
    """
    cluster = Cluster(
        format=CLUSTER_FORMAT,
        nodes=("N1", "N2"),
        groups=(Group("GA", owner="N1"), Group("GB", owner="N2")),
        resources=(Resource("A", group="GA"), Resource("B", group="GB")),
    )
    return initial_state(Header(format=TRACE_FORMAT, cluster=cluster))
