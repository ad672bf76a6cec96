"""What a witness watches: the key on each node, both stored copies, both states, both owners."""

from dataclasses import dataclass

from clusckpt.collisions.opening import VALUE
from clusckpt.collisions.roles import Roles
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.containers import container_id
from clusckpt.names import fold, join_path
from clusckpt.registry import EMPTY_KEY, RegistryKey, find
from clusckpt.rules import Part
from clusckpt.state import CheckpointKind, ClusterState, Container, Copy
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats.trace import Observation, ObservedKey, ObservedTree

Seen = dict[tuple[Part, str], str | None]
"""What is there, by the part of the state and whose it is; None if nothing is there."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something watched that an event changed: of a node, a resource or a group."""

    part: Part
    subject: str
    before: str | None
    after: str | None


def seen(state: ClusterState, roles: Roles) -> Seen:
    """What the witness watches, in one state."""
    entries = roles.replaced, roles.replacing
    found: Seen = {}
    for entry in entries:
        found[Part.OWNER, entry.group] = state.nodes[state.groups[fold(entry.group)].owner].name
    for entry in entries:
        found[Part.STATE, entry.resource] = state_label(state.resources[fold(entry.resource)].state)
    for node in roles.nodes:
        if roles.key.root.kind is CheckpointKind.REGISTRY:
            found[Part.REGISTRY, node] = _value_of(_key(state, roles, node))
        else:
            container = state.nodes[fold(node)].containers.get(container_id(roles.key.given))
            found[Part.CONTAINER, node] = None if container is None else container.keys
    for entry in entries:
        copy = state.copies.get((fold(entry.resource), entry.checkpoint))
        found[Part.COPY, entry.resource] = _in_copy(copy, entry, roles.key)
    return found


def effects(before: Seen, after: Seen) -> tuple[Effect, ...]:
    """What changed from one state to the next."""
    return tuple(
        Effect(part, subject, before[part, subject], now)
        for (part, subject), now in after.items()
        if before[part, subject] != now
    )


def observation(state: ClusterState, roles: Roles) -> Observation:
    """What is watched, as a trace writes it."""
    found = seen(state, roles)
    registry: dict[str, ObservedTree] = {
        node: {roles.key.text: _observed(_key(state, roles, node), there)}
        for (part, node), there in found.items()
        if part is Part.REGISTRY
    }
    return Observation(
        states={name: text for (part, name), text in found.items() if part is Part.STATE and text},
        owners={name: text for (part, name), text in found.items() if part is Part.OWNER and text},
        registry=registry,
        containers={
            node: {roles.key.given: there}
            for (part, node), there in found.items()
            if part is Part.CONTAINER
        },
        stored={
            entry.resource: {entry.given: _stored(state, roles, entry)}
            for entry in (roles.replaced, roles.replacing)
            if entry.root.kind is CheckpointKind.REGISTRY
        },
    )


def _stored(state: ClusterState, roles: Roles, entry: CheckpointedRoot) -> ObservedTree | None:
    """A stored copy at the key, which the trace names in the view of the checkpoint."""
    copy = state.copies.get((fold(entry.resource), entry.checkpoint))
    if not isinstance(copy, RegistryKey):
        return None
    below = roles.key.path[len(entry.path) :]
    key = find(copy, below)
    return {join_path((entry.given, *below)): _observed(key, _value_of(key))}


def _observed(key: RegistryKey | None, there: str | None) -> ObservedKey:
    return None if key is None else {VALUE: there}


def _key(state: ClusterState, roles: Roles, node: str) -> RegistryKey | None:
    return find(state.nodes[fold(node)].registry, roles.key.path)


def _in_copy(copy: Copy | None, entry: CheckpointedRoot, key: CheckpointedRoot) -> str | None:
    """What a stored copy holds at the key."""
    if copy is None or isinstance(copy, Container):
        return None if copy is None else copy.keys
    tree = copy if isinstance(copy, RegistryKey) else EMPTY_KEY
    return _value_of(find(tree, key.path[len(entry.path) :]))


def _value_of(key: RegistryKey | None) -> str | None:
    value = None if key is None else key.values.get(fold(VALUE))
    if value is None:
        return None
    return value.content.decode("utf-16-le", "surrogatepass").removesuffix("\0")
