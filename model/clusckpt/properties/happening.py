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
from clusckpt_spec.formats.events import AnyEvent, RegistryWrite, RestoreCheckpoint

RUNNING = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING)

CheckpointKey = tuple[Folded, CheckpointName]
"""A checkpoint of a resource."""


def is_online(state: ClusterState, name: Folded) -> bool:
    """Whether a resource exists and is online."""
    return name in state.resources and state.resources[name].state is ResourceState.ONLINE


def is_running(state: ClusterState, name: Folded) -> bool:
    """Whether a resource exists and is online or coming online."""
    return name in state.resources and state.resources[name].state in RUNNING


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


def lasting(before: ClusterState, after: ClusterState, name: Folded) -> Iterator[Checkpoint]:
    """The checkpoints that a resource had before a step and has after it."""
    if name in before.resources:
        for checkpoint in checkpoints(after, name):
            if checkpoint.name in before.resources[name].checkpoints:
                yield checkpoint


def restoring(
    before: ClusterState, event: AnyEvent, after: ClusterState
) -> Iterator[tuple[Folded, Checkpoint]]:
    """The checkpoints that the cluster service says it restored in this step."""
    for name in sorted(after.resources):
        asked = isinstance(event, RestoreCheckpoint) and fold(event.resource) == name
        began = is_running(after, name) and _began(before, after, name)
        if not asked and not began:
            continue
        for checkpoint in checkpoints(after, name):
            if checkpoint.name in after.resources[name].restored and (
                began or _asked_for(event, checkpoint)
            ):
                yield name, checkpoint


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


def disturbing(
    before: ClusterState,
    event: AnyEvent,
    after: ClusterState,
    key: tuple[Folded, Checkpoint],
) -> frozenset[Folded]:
    """The other resources that were restored on the same node over what a checkpoint covers."""
    name, checkpoint = key
    return frozenset(
        other
        for other, restored in restoring(before, event, after)
        if other != name
        and after.owner_of(other) == after.owner_of(name)
        and shared(restored, checkpoint)
    )


def _began(before: ClusterState, after: ClusterState, name: Folded) -> bool:
    """Whether a running resource began to come online in this step."""
    return not is_running(before, name) or before.owner_of(name) != after.owner_of(name)


def _asked_for(event: AnyEvent, checkpoint: Checkpoint) -> bool:
    named = isinstance(event, RestoreCheckpoint) and fold(event.checkpoint)
    return named == fold(checkpoint.given)
