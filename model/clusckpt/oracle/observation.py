"""Observations: what a trace says was seen, held against a candidate."""

from collections.abc import Iterator

from clusckpt.containers import container_id
from clusckpt.names import Folded, fold, fold_path, parse_path
from clusckpt.oracle.backups_seen import backup_mismatches
from clusckpt.oracle.buffers_seen import buffer_mismatches
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.groups_seen import group_mismatches
from clusckpt.oracle.logs_seen import log_mismatches
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.registry import (
    RegistryKey,
    canonical,
    described_key,
    described_seen,
    find,
    observed_matches,
)
from clusckpt.rules import Part
from clusckpt.rules.course import Where
from clusckpt.state import CheckpointKind, CheckpointName, ClusterState, Copy
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.formats.trace import Observation, ObservedKey, TraceLine
from clusckpt_spec.readings import Reading


def mismatches(candidate: Candidate, line: TraceLine, reading: Reading) -> Iterator[Mismatch]:
    """Everything in the observation of a line that is not so in a candidate."""
    seen = line.observed
    if seen is None:
        return
    yield from _states(candidate.state, seen)
    yield from _owners(candidate.state, seen)
    yield from _registries(candidate.state, seen)
    yield from _containers(candidate.state, seen)
    yield from _copies(candidate.state, seen)
    yield from _lists(candidate, line, seen)
    yield from buffer_mismatches(candidate, line, seen)
    yield from group_mismatches(candidate.state, seen)
    yield from log_mismatches(candidate, seen)
    yield from backup_mismatches(candidate.state, seen, reading)


def _states(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    for name, label in seen.states.items():
        resource = state.resources.get(fold(name))
        actual = "no such resource" if resource is None else state_label(resource.state)
        if actual != label:
            yield Mismatch(Part.STATE, fold(name), None, f"state of {name}", label, actual)


def _owners(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    for group, node in seen.owners.items():
        owner = state.groups[fold(group)].owner
        if owner != fold(node):
            actual = state.nodes[owner].name
            yield Mismatch(Part.OWNER, fold(group), None, f"owner of {group}", node, actual)


def _registries(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    for node, tree in seen.registry.items():
        for text, key in tree.items():
            path = canonical(parse_path(text))
            there = find(state.nodes[fold(node)].registry, path)
            if not observed_matches(there, key):
                yield _tree_mismatch(Part.REGISTRY, node, fold_path(path), text, key, there)


def _containers(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    for node, containers in seen.containers.items():
        for text, keys in containers.items():
            name = container_id(text)
            there = state.nodes[fold(node)].containers.get(name)
            actual = None if there is None else there.keys
            if actual != keys:
                what = f"container {text} on {node}"
                yield Mismatch(Part.CONTAINER, fold(node), name, what, _keys(keys), _keys(actual))


def _copies(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    for resource, roots in seen.stored.items():
        for given, tree in roots.items():
            name = CheckpointName(CheckpointKind.REGISTRY, fold(given))
            copy = copy_of(state, fold(resource), given)
            what = f"stored copy of {given} of {resource}"
            if tree is None or not isinstance(copy, RegistryKey):
                if (tree is None) != (copy is None):
                    got, actual = ("no copy", "a copy") if tree is None else ("a copy", "no copy")
                    yield Mismatch(Part.COPY, fold(resource), name, what, got, actual)
                continue
            above = len(parse_path(given))
            for text, key in tree.items():
                there = find(copy, parse_path(text)[above:])
                if not observed_matches(there, key):
                    got, actual = described_seen(key), described_key(there, key)
                    place = f"{what}, key {text}"
                    yield Mismatch(Part.COPY, fold(resource), name, place, got, actual)


def copy_of(state: ClusterState, resource: Folded, given: str) -> Copy | None:
    """The copy of the registry checkpoint of that name, however the reading compares names.

    Where names that differ in case are two checkpoints, it is that of the first name.
    """
    found = [
        name
        for owner, name in state.copies
        if owner == resource
        if name.kind is CheckpointKind.REGISTRY and fold(name.folded) == fold(given)
    ]
    return state.copies[resource, min(found)] if found else None


def _lists(candidate: Candidate, line: TraceLine, seen: Observation) -> Iterator[Mismatch]:
    for resource, listed in seen.checkpoints.items():
        there = _listed(candidate, line, fold(resource))
        if sorted(there) != sorted(listed):
            what = f"checkpoints of {resource}"
            yield Mismatch(Part.LIST, fold(resource), None, what, _names(listed), _names(there))


def _listed(candidate: Candidate, line: TraceLine, resource: Folded) -> tuple[str, ...]:
    """What GET answered for this very line, or the registry roots in the list."""
    event, outcome = line.event, candidate.outcome
    asked = isinstance(event, ClusterResourceControl) and fold(event.resource) == resource
    if asked and outcome is not None and outcome.listing is not None:
        return outcome.listing.strings
    entry = candidate.state.resources.get(resource)
    checkpoints = () if entry is None else entry.checkpoints.values()
    return tuple(one.given for one in checkpoints if one.root)


def _tree_mismatch(
    part: Part, node: str, where: Where, text: str, key: ObservedKey, there: RegistryKey | None
) -> Mismatch:
    what = f"{text} on {node}"
    return Mismatch(part, fold(node), where, what, described_seen(key), described_key(there, key))


def _keys(keys: str | None) -> str:
    return "no such container" if keys is None else repr(keys)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "none"
