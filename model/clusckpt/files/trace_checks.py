"""What a trace must keep to beyond its structure: every name known, every key well written.

Nodes, groups and resources that the header's cluster does not have are refused; keys and values
need not exist, since events create them, and neither need a resource that an event creates.
"""

from collections.abc import Iterator
from typing import Final

from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.key_syntax import key_fault
from clusckpt.files.names import KnownNames, faulty, known
from clusckpt.files.registry_checks import (
    bytes_fault,
    container_fault,
    container_faults,
    tree_faults,
    value_fault,
)
from clusckpt.files.sources import Fault, Found
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CreateClusterResource,
    CryptGenKey,
    CryptSetProvParam,
    RegCloseKey,
    RegistryWrite,
    RegOpenKeyEx,
    RegSetKeySecurity,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Header

NAMES_A_KEY: Final = RegistryWrite | RegOpenKeyEx | RegCloseKey | RegSetKeySecurity
NAMES_A_CONTAINER: Final = CryptGenKey | CryptSetProvParam


def header_faults(header: Header) -> Iterator[Found]:
    """Find everything that is wrong with a header whose structure is right."""
    for location, fault in cluster_faults(header.cluster):
        yield ("cluster", *location), fault
    nodes = KnownNames("node", header.cluster.nodes)
    yield from known("registry", header.registry, nodes, "node")
    for node, tree in header.registry.items():
        yield from tree_faults(("registry", node), tree)
    yield from known("containers", header.containers, nodes, "node")
    for node, containers in header.containers.items():
        yield from container_faults(("containers", node), containers)


def event_faults(event: AnyEvent, names: ClusterNames) -> Iterator[Found]:
    """Find everything that is wrong with an event whose structure is right."""
    for field in ("node", "group", "resource"):
        name = getattr(event, field, None)
        creates = field == "resource" and isinstance(event, CreateClusterResource)
        if name is not None and not creates:
            kind: KnownNames = getattr(names, field)
            yield from kind.unknown([((field,), name)])
    if isinstance(event, CreateClusterResource):
        yield from faulty("resource", [(("resource",), event.resource)])
    if isinstance(event, NAMES_A_KEY) and (fault := key_fault(event.key)):
        yield ("key",), fault
    if isinstance(event, RegSetValueEx) and (fault := value_fault(event.value)):
        yield ("value",), fault
    if isinstance(event, NAMES_A_CONTAINER) and (fault := container_fault(event.container)):
        yield ("container",), fault
    if isinstance(event, ClusterResourceControl):
        yield from _control_faults(event, names)


def _control_faults(event: ClusterResourceControl, names: ClusterNames) -> Iterator[Found]:
    if event.host_node is not None:
        yield from names.node.unknown([(("host_node",), event.host_node)])
    if event.input is not None and event.input_bytes is not None:
        came = 'the input of a control code in both "input" and "input_bytes"'
        allowed = "one of the two: the string, or the bytes of the buffer"
        yield ("input_bytes",), Fault(came, allowed, "remove one of the two fields")
    if fault := bytes_fault(event.input_bytes):
        yield ("input_bytes",), fault
