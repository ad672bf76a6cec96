"""What an observation must keep to beyond its structure: every name and every state known."""

from collections.abc import Iterable, Iterator

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.names import faulty, known, repeated
from clusckpt.files.registry_checks import (
    bytes_fault,
    container_faults,
    stored_faults,
    tree_faults,
)
from clusckpt.files.sources import Fault, Found
from clusckpt.files.wording import did_you_mean, listed, quoted
from clusckpt_spec.api.states import GroupState, ResourceState, group_label, state_label
from clusckpt_spec.formats.trace import Observation

MOST_EVENT_ID = 65535
"""The number of an event has 16 bits; what tools show above them are its severity and source."""

_RESOURCE_STATES = tuple(map(state_label, ResourceState))
_GROUP_STATES = tuple(map(group_label, GroupState))


def observation_faults(observation: Observation, names: ClusterNames) -> Iterator[Found]:
    """Find everything that is wrong with an observation whose structure is right."""
    yield from known("states", observation.states, names.resource, "resource")
    for resource, label in observation.states.items():
        if fault := _state_fault(label, _RESOURCE_STATES, "Get-ClusterResource"):
            yield ("states", resource), fault
    yield from known("owners", observation.owners, names.group, "group")
    yield from names.node.unknown(
        (("owners", group), node) for group, node in observation.owners.items()
    )
    yield from known("registry", observation.registry, names.node, "node")
    for node, tree in observation.registry.items():
        yield from tree_faults(("registry", node), tree)
    yield from known("containers", observation.containers, names.node, "node")
    for node, containers in observation.containers.items():
        yield from container_faults(("containers", node), containers)
    yield from known("stored", observation.stored, names.resource, "resource")
    for resource, roots in observation.stored.items():
        yield from stored_faults(("stored", resource), roots)
    yield from known("checkpoints", observation.checkpoints, names.resource, "resource")
    if fault := bytes_fault(observation.output):
        yield ("output",), fault
    yield from _group_faults(observation, names)
    yield from _log_faults(observation, names)
    yield from _backup_faults(observation)


def _group_faults(observation: Observation, names: ClusterNames) -> Iterator[Found]:
    yield from known("groups", observation.groups, names.group, "group")
    for group, label in observation.groups.items():
        if fault := _state_fault(label, _GROUP_STATES, "Get-ClusterGroup"):
            yield ("groups", group), fault


def _log_faults(observation: Observation, names: ClusterNames) -> Iterator[Found]:
    for place, event in enumerate(observation.logged or ()):
        if not 0 <= event.id <= MOST_EVENT_ID:
            allowed = f"the number of an event, from 0 to {MOST_EVENT_ID}"
            advice = "write the number that the event log shows, such as 1024"
            yield ("logged", place, "id"), Fault(f"the event {event.id}", allowed, advice)
        if event.resource is not None:
            yield from names.resource.unknown([(("logged", place, "resource"), event.resource)])


def _backup_faults(observation: Observation) -> Iterator[Found]:
    paths = [(("backup_files", path), path) for path in observation.backup_files]
    yield from faulty("backup", paths)
    yield from repeated("backup", paths)
    for path, files in observation.backup_files.items():
        named = [(("backup_files", path, place), file) for place, file in enumerate(files)]
        yield from faulty("file", named)
        yield from repeated("file", named)


def _state_fault(label: str, labels: Iterable[str], shown_by: str) -> Fault | None:
    labels = tuple(labels)
    if label in labels:
        return None
    advice = did_you_mean(label, labels, f"write the state as {shown_by} shows it")
    return Fault(f"the state {quoted(label)}", listed(labels), advice)
