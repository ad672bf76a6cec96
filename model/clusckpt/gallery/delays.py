"""Faulty captures, early or late: each takes the place of the step."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from clusckpt.gallery.clauses import merged
from clusckpt.names import Folded
from clusckpt.properties.run import Behaviour
from clusckpt.registry import RegistryKey, find
from clusckpt.rules import Rulebook
from clusckpt.state import Checkpoint, ClusterState, Copies, Quorum
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import (
    AnyEvent,
    CaptureCheckpoint,
    CaptureDelayPasses,
    DllTerminate,
    RegistryWrite,
)

Outcomes = frozenset[Outcome]

_CAPTURES = (CaptureCheckpoint, CaptureDelayPasses)


def kept_what_was_deleted(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A late capture writes the tree into the old copy, so what was deleted stays in it."""
    outcomes = step(state, event, rules)
    if not isinstance(event, _CAPTURES):
        return outcomes
    return frozenset(replace(one, state=_merged(state, one.state)) for one in outcomes)


def armed_once(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The watch on a tree fires once, and after that capture no change is noticed any more.

    That it has fired is noted where an offline notes what it saved.
    """
    outcomes = step(state, event, rules)
    return frozenset(replace(one, state=_disarmed(state, one.state)) for one in outcomes)


def captured_after_offline(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """When the timer has run down, trees of resources that are offline by then are captured."""
    outcomes = step(state, event, rules)
    if not isinstance(event, CaptureDelayPasses):
        return outcomes
    return frozenset(
        replace(one, state=replace(one.state, copies=_trees(one.state, ResourceState.OFFLINE)))
        for one in outcomes
    )


def saved_when_terminated(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The end of a resource that did not go offline in time saves what it left."""
    if isinstance(event, DllTerminate):
        state = replace(state, copies=_trees(state, ResourceState.OFFLINE_PENDING))
    return step(state, event, rules)


def captured_without_room(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A quorum that is full takes one more copy."""
    if state.quorum is not Quorum.FULL or not isinstance(event, RegistryWrite):
        return step(state, event, rules)
    outcomes = step(replace(state, quorum=Quorum.ONLINE), event, rules)
    return frozenset(replace(one, state=replace(one.state, quorum=Quorum.FULL)) for one in outcomes)


def without(*kinds: type[AnyEvent]) -> Behaviour:
    """A behaviour in which the service never does some of what it may do by itself."""

    def behave(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
        return frozenset() if isinstance(event, kinds) else step(state, event, rules)

    return behave


def _merged(before: ClusterState, after: ClusterState) -> ClusterState:
    copies = after.copies
    for key, copy in after.copies.items():
        was = before.copies.get(key)
        if isinstance(copy, RegistryKey) and isinstance(was, RegistryKey):
            copies = copies.insert(key, merged(was, copy))
    return replace(after, copies=copies)


def _disarmed(before: ClusterState, after: ClusterState) -> ClusterState:
    for name, resource in after.resources.items():
        was = before.resources.get(name)
        online = resource.state is ResourceState.ONLINE
        if was is not None and was.state is ResourceState.ONLINE and online:
            fired = was.saved | (was.due - resource.due)
            deaf = replace(resource, saved=fired, due=resource.due - fired)
            after = after.with_resource(name, deaf)
    return after


def _trees(state: ClusterState, wanted: ResourceState) -> Copies:
    """The copies, with the trees of all resources in a state among them."""
    copies = state.copies
    for name, resource in state.resources.items():
        for entry in resource.checkpoints.values() if resource.state is wanted else ():
            tree = _tree(state, name, entry)
            if tree is not None:
                copies = copies.insert((name, entry.name), tree)
    return copies


def _tree(state: ClusterState, name: Folded, entry: Checkpoint) -> RegistryKey | None:
    return find(state.nodes[state.owner_of(name)].registry, entry.root) if entry.root else None
