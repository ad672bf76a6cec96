"""Repair: what was seen against the rules is taken as it is, so that a trace is followed on.

After a violation no state explains the trace any more. The states that come closest are changed
where they differ from what was seen, and from there on the rules are asked again.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from clusckpt.containers import container_id
from clusckpt.names import fold, parse_path
from clusckpt.oracle.candidates import Candidate
from clusckpt.registry import (
    EMPTY_KEY,
    RegistryKey,
    canonical,
    delete_key,
    find,
    put_key,
    value_of,
)
from clusckpt.state import CheckpointKind, CheckpointName, ClusterState, Container
from clusckpt.steps.elementary import rested
from clusckpt_spec.api.states import ResourceState, state_from_label
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation, ObservedKey, ObservedTree

MOST_REPAIRED: Final = 8
"""So many of the nearest states are repaired and followed on."""

_ARRIVED = {
    events.BringOnline: ResourceState.ONLINE_PENDING,
    events.DllOnline: ResourceState.ONLINE,
    events.DllOffline: ResourceState.OFFLINE,
    events.DllTerminate: ResourceState.OFFLINE,
}
"""Where a step of the cluster service leads that cannot happen, and did."""


def repaired(candidates: Iterable[Candidate], seen: Observation | None) -> list[Candidate]:
    """The candidates as they would be if everything that was seen were so, none twice."""
    found: dict[ClusterState, Candidate] = {}
    for candidate in candidates:
        state = candidate.state if seen is None else adopted(candidate.state, seen)
        found.setdefault(state, replace(candidate, state=state, logged=frozenset()))
        if len(found) == MOST_REPAIRED:
            break
    return list(found.values())


def happened(candidates: Iterable[Candidate], event: AnyEvent) -> list[Candidate]:
    """The candidates after an event that cannot happen in any of them, and did."""
    reached = _ARRIVED.get(type(event))
    name = getattr(event, "resource", None)
    if reached is None or name is None:
        return list(candidates)
    return [
        replace(one, state=_in_state(one.state, name, reached), outcome=None) for one in candidates
    ]


def adopted(state: ClusterState, seen: Observation) -> ClusterState:
    """The state with everything that was seen put into it; lists, logs and files are left out."""
    for group, node in seen.owners.items():
        entry = replace(state.groups[fold(group)], owner=fold(node))
        state = replace(state, groups=state.groups.insert(fold(group), entry))
    for name, tree in seen.registry.items():
        registry = state.nodes[fold(name)].registry
        state = state.with_registry(fold(name), _with_tree(registry, tree, _canonical))
    for name, containers in seen.containers.items():
        state = _with_containers(state, name, containers)
    for resource, roots in seen.stored.items():
        for given, written in roots.items():
            state = _with_copy(state, resource, given, written)
    for resource, label in seen.states.items():
        state = _in_state(state, resource, state_from_label(label))
    return state


def _canonical(text: str) -> tuple[str, ...]:
    return canonical(parse_path(text))


def _with_tree(
    tree: RegistryKey, seen: ObservedTree, place: Callable[[str], tuple[str, ...]]
) -> RegistryKey:
    for text, key in seen.items():
        path = place(text)
        if key is None:
            tree = delete_key(tree, path) if path else tree
        else:
            tree = put_key(tree, path, _with_values(find(tree, path) or EMPTY_KEY, key))
    return tree


def _with_values(key: RegistryKey, seen: ObservedKey) -> RegistryKey:
    for name, written in (seen or {}).items():
        if written is None:
            key = key.without_value(name)
        else:
            key = key.with_value(value_of(name, written))
    return key


def _with_containers(state: ClusterState, name: str, seen: dict[str, str | None]) -> ClusterState:
    node = state.nodes[fold(name)]
    containers = node.containers
    for text, keys in seen.items():
        which = container_id(text)
        if keys is None:
            containers = containers.discard(which)
        else:
            known = containers.get(which, Container(keys))
            containers = containers.insert(which, replace(known, keys=keys))
    return state.with_node(fold(name), replace(node, containers=containers))


def _with_copy(
    state: ClusterState, resource: str, given: str, seen: ObservedTree | None
) -> ClusterState:
    at = (fold(resource), CheckpointName(CheckpointKind.REGISTRY, fold(given)))
    if seen is None:
        return replace(state, copies=state.copies.discard(at))
    above = len(parse_path(given))
    copy = state.copies.get(at)
    tree = copy if isinstance(copy, RegistryKey) else EMPTY_KEY
    tree = _with_tree(tree, seen, lambda text: tuple(parse_path(text)[above:]))
    return replace(state, copies=state.copies.insert(at, tree))


def _in_state(state: ClusterState, name: str, reached: ResourceState) -> ClusterState:
    """The resource in the state in which it was seen, with nothing left to restore if online."""
    resource = state.resources.get(fold(name))
    if resource is None or resource.state is reached:
        return state
    changed = rested(resource, reached)
    if reached is ResourceState.ONLINE:
        changed = replace(changed, restored=frozenset(resource.checkpoints))
    return state.with_resource(fold(name), changed)
