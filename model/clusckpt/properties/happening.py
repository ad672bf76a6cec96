"""What happened in a step, read off the states before and after it and the event.

Nothing here asks the model how it came to its outcome: an observer who sees both states and the
event could say as much.
"""

from collections.abc import Iterator

from clusckpt.containers import container_id
from clusckpt.names import Folded, fold, overlap
from clusckpt.properties.contents import root_of
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName, ClusterState
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import AnyEvent, RegistryWrite

RUNNING = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)
PENDING = (ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)
RESTING = (ResourceState.OFFLINE, ResourceState.FAILED)

CheckpointKey = tuple[Folded, CheckpointName]
"""A checkpoint of a resource."""


def in_state(state: ClusterState, name: Folded, *those: ResourceState) -> bool:
    """Whether a resource exists and is in one of these states."""
    resource = state.resources.get(name)
    return resource is not None and resource.state in those


def is_online(state: ClusterState, name: Folded) -> bool:
    """Whether a resource exists and is online."""
    return in_state(state, name, ResourceState.ONLINE)


def is_running(state: ClusterState, name: Folded) -> bool:
    """Whether a resource exists and is online, or on its way there or from there."""
    return in_state(state, name, *RUNNING)


def is_served(state: ClusterState) -> bool:
    """Whether any node takes part; if none does, nobody answers a request about the cluster."""
    return any(node.up for node in state.nodes.values())


def stayed_online(before: ClusterState, after: ClusterState) -> Iterator[Folded]:
    """The resources that are online on the same node before and after."""
    for name in sorted(after.resources):
        both = is_online(before, name) and is_online(after, name)
        if both and before.owner_of(name) == after.owner_of(name):
            yield name


def came_online(before: ClusterState, after: ClusterState) -> Iterator[Folded]:
    """The resources that are online now, and were not, or were on another node."""
    stayed = set(stayed_online(before, after))
    for name in sorted(after.resources):
        if is_online(after, name) and name not in stayed:
            yield name


def checkpoints(state: ClusterState, name: Folded) -> list[Checkpoint]:
    """The checkpoints in the list of a resource, in order of name."""
    listed = state.resources[name].checkpoints
    return [listed[entry] for entry in sorted(listed)]


def entry_named(state: ClusterState, name: Folded, given: str) -> Checkpoint | None:
    """The checkpoint of a resource that was given like this, in whatever case."""
    if name not in state.resources:
        return None
    alike = [one for one in checkpoints(state, name) if fold(one.given) == fold(given)]
    return next((one for one in alike if one.given == given), alike[0] if alike else None)


def lasting(before: ClusterState, after: ClusterState, name: Folded) -> Iterator[Checkpoint]:
    """The checkpoints that a resource had before a step and has after it."""
    if name in before.resources:
        for checkpoint in checkpoints(after, name):
            if checkpoint.name in before.resources[name].checkpoints:
                yield checkpoint


def written_node(event: AnyEvent) -> Folded | None:
    """The node whose registry an application or administrator wrote in this event."""
    return fold(event.node) if isinstance(event, RegistryWrite) else None


def shared(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether two checkpoints have a key or a container in common."""
    if one.name.kind is not other.name.kind:
        return False
    if one.name.kind is CheckpointKind.CRYPTO:
        return container_id(one.given) == container_id(other.given)
    return overlap(root_of(one), root_of(other))
