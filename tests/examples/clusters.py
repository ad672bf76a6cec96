"""The cluster of these tests: two nodes, one group, one resource with one root."""

from clusckpt.oracle import judge
from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import ClusterResourceControl, RegSetValueEx
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED

ROOT = "Software\\Acme"
ADD = "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT"
DELETE = "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT"
GET = "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS"

START = ResetParams(
    Cluster(
        CLUSTER_FORMAT,
        ("Node1", "Node2"),
        (Group("Group", owner="Node1"),),
        (Resource("SQL", "Group", registry_checkpoints=(RegistryCheckpoint(ROOT),)),),
    ),
    {"Node1": {ROOT: {"Mode": 1}}},
)
SEEN = {ROOT: ("Mode", "Path"), f"{ROOT}\\Sub": ("v",)}
LOOK = ObserveParams(states=("SQL",), owners=("Group",), registry={"Node1": SEEN, "Node2": SEEN})
LOOK_DEEPER = ObserveParams(
    states=LOOK.states,
    owners=LOOK.owners,
    checkpoints=("SQL",),
    registry=LOOK.registry,
    stored={"SQL": {ROOT: SEEN}},
)


def write(mode: int, node: str = "Node1") -> RegSetValueEx:
    """A change of the root on a node."""
    return RegSetValueEx(node, ROOT, "Mode", mode)


def control(code: str, text: str | None = None) -> ClusterResourceControl:
    """A control code for the resource."""
    return ClusterResourceControl("SQL", code, text)


def readings_of(trace: Trace) -> set[str]:
    """Those of the readings of the page and of the field that explain a trace."""
    readings = (MSCS_PAGE, WINDOWS_OBSERVED)
    return set(judge(trace.header, trace.lines, readings, readings).consistent)
