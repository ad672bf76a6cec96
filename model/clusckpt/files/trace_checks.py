"""What a trace must keep to beyond its structure: every name known, every key well written.

Nodes, groups and resources that the header's cluster does not have are refused; keys and values
need not exist, since events create them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.key_syntax import key_fault
from clusckpt.files.names import KnownNames, repeated
from clusckpt.files.registry_checks import (
    container_fault,
    container_faults,
    stored_faults,
    tree_faults,
    value_fault,
)
from clusckpt.files.sources import Fault, Found
from clusckpt.files.wording import did_you_mean, listed, quoted
from clusckpt_spec.api.states import ResourceState, state_from_label, state_label
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CryptGenKey,
    RegistryWrite,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Header, Observation
from clusckpt_spec.formats.values import RawValue, RegistryType


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


def header_faults(header: Header) -> Iterator[Found]:
    """Find everything that is wrong with a header whose structure is right."""
    for location, fault in cluster_faults(header.cluster):
        yield ("cluster", *location), fault
    nodes = KnownNames("node", header.cluster.nodes)
    yield from _known("registry", header.registry, nodes, "node")
    for node, tree in header.registry.items():
        yield from tree_faults(("registry", node), tree)
    yield from _known("containers", header.containers, nodes, "node")
    for node, containers in header.containers.items():
        yield from container_faults(("containers", node), containers)


def event_faults(event: AnyEvent, names: ClusterNames) -> Iterator[Found]:
    """Find everything that is wrong with an event whose structure is right."""
    for field in ("node", "group", "resource"):
        name = getattr(event, field, None)
        if name is not None:
            known: KnownNames = getattr(names, field)
            yield from known.unknown([((field,), name)])
    if isinstance(event, RegistryWrite) and (fault := key_fault(event.key)):
        yield ("key",), fault
    if isinstance(event, RegSetValueEx) and (fault := value_fault(event.value)):
        yield ("value",), fault
    if isinstance(event, CryptGenKey) and (fault := container_fault(event.container)):
        yield ("container",), fault
    if isinstance(event, ClusterResourceControl):
        yield from _control_faults(event, names)


def observation_faults(observation: Observation, names: ClusterNames) -> Iterator[Found]:
    """Find everything that is wrong with an observation whose structure is right."""
    yield from _known("states", observation.states, names.resource, "resource")
    for resource, label in observation.states.items():
        if fault := _state_fault(label):
            yield ("states", resource), fault
    yield from _known("owners", observation.owners, names.group, "group")
    yield from names.node.unknown(
        (("owners", group), node) for group, node in observation.owners.items()
    )
    yield from _known("registry", observation.registry, names.node, "node")
    for node, tree in observation.registry.items():
        yield from tree_faults(("registry", node), tree)
    yield from _known("containers", observation.containers, names.node, "node")
    for node, containers in observation.containers.items():
        yield from container_faults(("containers", node), containers)
    yield from _known("stored", observation.stored, names.resource, "resource")
    for resource, roots in observation.stored.items():
        yield from stored_faults(("stored", resource), roots)
    yield from _known("checkpoints", observation.checkpoints, names.resource, "resource")
    if fault := _bytes_fault(observation.output):
        yield ("output",), fault


def _control_faults(event: ClusterResourceControl, names: ClusterNames) -> Iterator[Found]:
    if event.host_node is not None:
        yield from names.node.unknown([(("host_node",), event.host_node)])
    if event.input is not None and event.input_bytes is not None:
        came = 'the input of a control code in both "input" and "input_bytes"'
        allowed = "one of the two: the string, or the bytes of the buffer"
        yield ("input_bytes",), Fault(came, allowed, "remove one of the two fields")
    if fault := _bytes_fault(event.input_bytes):
        yield ("input_bytes",), fault


def _bytes_fault(digits: str | None) -> Fault | None:
    """Find what is wrong with bytes in hexadecimal; None if nothing is."""
    return None if digits is None else value_fault(RawValue(RegistryType.REG_BINARY.name, digits))


def _known(field: str, names: Iterable[str], known: KnownNames, kind: str) -> Iterator[Found]:
    named = [((field, name), name) for name in names]
    yield from known.unknown(named)
    yield from repeated(kind, named)


def _state_fault(label: str) -> Fault | None:
    try:
        state_from_label(label)
    except ValueError:
        labels = [state_label(state) for state in ResourceState]
        advice = did_you_mean(label, labels, "write the state as Get-ClusterResource shows it")
        return Fault(f"the state {quoted(label)}", listed(labels), advice)
    return None
