"""A state of the model as somebody sees it who asks: an observation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from clusckpt.backups import manifest
from clusckpt.buffers import Listing
from clusckpt.containers import container_id
from clusckpt.group_state import group_state
from clusckpt.names import Folded, fold, parse_path
from clusckpt.oracle.observation import copy_of
from clusckpt.parties.written_values import written_key
from clusckpt.registry import RegistryKey, canonical, find
from clusckpt.rules import LogEntry
from clusckpt.state import ClusterState
from clusckpt_spec.api.states import group_label, state_label
from clusckpt_spec.formats.adapter import NamedValues, ObserveParams
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl
from clusckpt_spec.formats.trace import LoggedEvent, Observation, ObservedTree
from clusckpt_spec.readings import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """A state, the last event with its listing, and what was logged since the one before it."""

    state: ClusterState
    event: AnyEvent | None = None
    listing: Listing | None = None
    logged: frozenset[LogEntry] = frozenset()


def observation_of(view: View, wanted: ObserveParams, reading: Reading) -> Observation:
    """What is seen of all that is wanted; what cannot be seen now is left out.

    Without an active node nobody tells about resources and groups, and a node that is down not
    about itself.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> observation_of(View(two_nodes()), ObserveParams(owners=("GA",)), MSCS_PAGE).owners
    {'GA': 'N1'}
    """
    state = view.state
    asked = wanted if state.is_served else ObserveParams(backup_files=wanted.backup_files)
    resources, groups = state.resources, state.groups
    return Observation(
        states={
            name: state_label(resources[fold(name)].state)
            for name in asked.states
            if fold(name) in resources
        },
        owners={
            name: state.nodes[groups[fold(name)].owner].name
            for name in asked.owners
            if fold(name) in groups
        },
        registry={node: _tree(state, node, keys) for node, keys in _up(state, asked.registry)},
        containers={
            node: {text: _keys(state, node, text) for text in texts}
            for node, texts in _up(state, asked.containers)
        },
        stored={
            resource: {root: _stored(state, resource, root, keys) for root, keys in roots.items()}
            for resource, roots in asked.stored.items()
        },
        checkpoints={
            name: _listed(view, fold(name)) for name in asked.checkpoints if fold(name) in resources
        },
        groups={
            name: group_label(group_state(state, fold(name)))
            for name in asked.groups
            if fold(name) in groups
        },
        logged=_logged(view) if wanted.logged else None,
        backup_files={path: _files(state, path, reading) for path in asked.backup_files},
    )


def _up(state: ClusterState, asked: Mapping[str, T]) -> list[tuple[str, T]]:
    return [
        (name, one)
        for name, one in asked.items()
        if (node := state.nodes.get(fold(name))) is not None and node.up
    ]


def _tree(state: ClusterState, node: str, keys: NamedValues) -> ObservedTree:
    registry = state.nodes[fold(node)].registry
    return {
        text: written_key(find(registry, canonical(parse_path(text))), values)
        for text, values in keys.items()
    }


def _keys(state: ClusterState, node: str, text: str) -> str | None:
    there = state.nodes[fold(node)].containers.get(container_id(text))
    return None if there is None else there.keys


def _stored(
    state: ClusterState, resource: str, root: str, keys: NamedValues
) -> ObservedTree | None:
    copy = copy_of(state, fold(resource), root)
    if copy is None:
        return None
    if not isinstance(copy, RegistryKey):
        return dict.fromkeys(keys)
    above = len(parse_path(root))
    return {
        text: written_key(find(copy, parse_path(text)[above:]), values)
        for text, values in keys.items()
    }


def _listed(view: View, resource: Folded) -> tuple[str, ...]:
    """What the control code of this very moment answered, or the registry roots in the list."""
    event = view.event
    asked = isinstance(event, ClusterResourceControl) and fold(event.resource) == resource
    if asked and view.listing is not None:
        return view.listing.strings
    entries = view.state.resources[resource].checkpoints.values()
    return tuple(sorted(one.given for one in entries if one.root))


def _logged(view: View) -> tuple[LoggedEvent, ...]:
    entries = sorted(view.logged, key=lambda one: (one.id, one.resource, one.about))
    return tuple(LoggedEvent(one.id, one.resource, one.about) for one in entries)


def _files(state: ClusterState, path: str, reading: Reading) -> tuple[str, ...]:
    """The files of a backup; where the documents leave characters open, they are 0."""
    backup = state.backups.get(fold(path))
    patterns = manifest(backup, reading) if backup is not None else frozenset()
    return tuple(sorted(pattern.replace("?", "0") for pattern in patterns))
