"""Shared Hypothesis strategies: small clusters, and the names that make checkpoints meet.

Keys nest and differ in case only, and containers do too, so two resources often share one.
"""

from collections.abc import Sequence

from hypothesis import strategies as st

from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegistryWrite,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.formats.values import RawValue, WrittenValue

NODES = ("N1", "N2", "N3")
RESOURCES = ("R1", "R2", "R3")
GROUPS = ("G1", "G2")

KEYS = (
    "Software\\A",
    "Software\\A\\B",
    "software\\a",
    "Software\\C",
    "SOFTWARE\\a\\b",
    "Software\\Wow6432Node\\A",
    "Software\\wow6432node\\A\\B",
)
"""Keys that overlap, differ in case only, or lie in the 32-bit view."""

UNUSABLE = ("\\Software\\A", "Software\\A\\", "", "Software\\A\0", "Software\\Nowhere")
"""Inputs of the add codes that must fail."""

CONTAINERS = ("1\\\\K", "1\\\\k", "24\\P\\K")

VALUE_NAMES = ("v", "V", "")

picks = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5])
"""A number that picks one of what there is at the moment, mostly the first: so things meet."""

choices = st.integers(0, 5)
"""A number that picks one of several outcomes, or of several things that may happen next."""

keys = st.sampled_from((*KEYS[:3], *KEYS))

values: st.SearchStrategy[WrittenValue] = st.sampled_from([1, 2, "x", RawValue("REG_BINARY", "00")])


@st.composite
def writes(draw: st.DrawFn, nodes: Sequence[str] = NODES) -> RegistryWrite:
    """A write to the registry of a node: a key or a value, created, set or deleted."""
    node, key, name = draw(st.sampled_from(nodes)), draw(keys), draw(st.sampled_from(VALUE_NAMES))
    possible: list[RegistryWrite] = [
        RegCreateKeyEx(node, key),
        RegSetValueEx(node, key, name, draw(values)),
        RegDeleteValue(node, key, name),
        RegDeleteTree(node, key),
    ]
    return draw(st.sampled_from(possible))


containers = st.sampled_from(CONTAINERS)

control_inputs = st.sampled_from((*KEYS, *CONTAINERS, *UNUSABLE))
"""What a control code may be given, whether or not it fits."""


first_checkpoints = st.lists(
    st.tuples(picks, st.sampled_from((*KEYS, *CONTAINERS)), st.booleans()), max_size=3
)
"""What resources get at the start: which resource, which name, and whether it is online."""


@st.composite
def clusters(draw: st.DrawFn) -> Cluster:
    """Two or three nodes, and two or three resources in one or two groups, without checkpoints.

    A resource may depend on another one of its group, and groups may prefer nodes.
    """
    nodes = NODES[: draw(st.integers(2, 3))]
    groups = GROUPS[: draw(st.integers(1, 2))]
    resources: list[Resource] = []
    for name in RESOURCES[: draw(st.integers(2, 3))]:
        group = draw(st.sampled_from(groups))
        fellows = [one.name for one in resources if one.group == group]
        needed = tuple(fellows[:1]) if bool(fellows) and draw(st.booleans()) else ()
        owners = draw(st.sampled_from([None, None, nodes[:1], nodes[-2:]]))
        resources.append(Resource(name, group, possible_owners=owners, dependencies=needed))
    preferred = draw(st.sampled_from([(), nodes[:1], nodes[::-1]]))
    grouped = tuple(Group(name, preferred_owners=preferred) for name in groups)
    return Cluster(CLUSTER_FORMAT, nodes, grouped, tuple(resources))


@st.composite
def start_states(draw: st.DrawFn) -> ClusterState:
    """A cluster at its start: every node up and empty, every resource offline."""
    return initial_state(Header(TRACE_FORMAT, draw(clusters())))
