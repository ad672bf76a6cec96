"""Delivered: the trees and containers that the cluster service put on nodes in a step.

Most are restores on the owner. Where the reading says so, captured trees reach other nodes as
well. When an online failed, nobody can say how far its restores went before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.names import Folded, fold
from clusckpt.properties.depending import coming_for
from clusckpt.properties.event_log import failing
from clusckpt.properties.happening import (
    RESTING,
    checkpoints,
    in_state,
    is_running,
    shared,
)
from clusckpt.properties.judging import restores_at_move, spreads_copies
from clusckpt.properties.memory import remembered
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import (
    AnyEvent,
    MoveClusterGroup,
    OnlineClusterResource,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from clusckpt_spec.readings import Reading


@dataclass(frozen=True, slots=True)
class Delivery:
    """A checkpoint that the cluster service wrote to a node, or perhaps wrote."""

    resource: Folded
    checkpoint: Checkpoint
    node: Folded
    sure: bool = True


@remembered
def deliveries(
    reading: Reading, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> list[Delivery]:
    """Everything that was written in a step, or may have been."""
    after = outcome.state
    found = [
        Delivery(name, entry, after.owner_of(name))
        for name, entry in restoring(before, event, outcome)
    ]
    found += [
        Delivery(name, entry, after.owner_of(name), sure=False)
        for name in _came_to_nothing(before, event, after)
        for entry in checkpoints(after, name)
    ]
    database = isinstance(event, RestoreClusterDatabase)
    if spreads_copies(reading) and not database and after.copies is not before.copies:
        found += _spread(before, after)
    if restores_at_move(reading):
        found += _moved(before, after)
    return found


def restoring(
    before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[tuple[Folded, Checkpoint]]:
    """The checkpoints that the cluster service says it restored in this step."""
    after = outcome.state
    for name in sorted(after.resources):
        asked = isinstance(event, RestoreCheckpoint) and fold(event.resource) == name
        began = is_running(after, name) and _began(before, after, name)
        if not asked and not began:
            continue
        failed = failing(outcome, name)
        for entry in checkpoints(after, name):
            done = entry.name in after.resources[name].restored and entry.name not in failed
            if done and (began or _asked_for(before, event, name, entry)):
                yield name, entry


def disturbing(
    reading: Reading,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    key: tuple[Folded, Checkpoint],
) -> frozenset[Folded]:
    """The other resources whose data were put, or perhaps put, over what a checkpoint covers."""
    name, checkpoint = key
    node = outcome.state.owner_of(name)
    return frozenset(
        one.resource
        for one in deliveries(reading, before, event, outcome)
        if one.resource != name and one.node == node and shared(one.checkpoint, checkpoint)
    )


def asked_online(before: ClusterState, event: AnyEvent) -> set[Folded]:
    """The resources that a request, perhaps of a group, may bring online."""
    if isinstance(event, OnlineClusterResource):
        name = fold(event.resource)
        return coming_for(before, name) if name in before.resources else set()
    if isinstance(event, MoveClusterGroup):
        return set(before.members(fold(event.group)))
    return set()


def _came_to_nothing(
    before: ClusterState, event: AnyEvent, after: ClusterState
) -> Iterator[Folded]:
    """The resources whose online failed in the step in which it began."""
    for name in sorted(asked_online(before, event)):
        if in_state(after, name, ResourceState.FAILED):
            yield name


def _began(before: ClusterState, after: ClusterState, name: Folded) -> bool:
    """Whether a running resource began to come online in this step."""
    return not is_running(before, name) or before.owner_of(name) != after.owner_of(name)


def _asked_for(before: ClusterState, event: AnyEvent, name: Folded, entry: Checkpoint) -> bool:
    """Whether a restore was asked for; one that fails together may be made together (A26)."""
    named = isinstance(event, RestoreCheckpoint) and fold(event.checkpoint)
    new = entry.name not in before.resources[name].restored
    return named == fold(entry.given) or new


def _spread(before: ClusterState, after: ClusterState) -> Iterator[Delivery]:
    """Copies that were taken, on every other possible owner that takes part."""
    for (name, checkpoint), copy in sorted(after.copies.items(), key=lambda one: one[0]):
        was = before.copies.get((name, checkpoint))
        resource = after.resources.get(name)
        if was is copy or resource is None or checkpoint not in resource.checkpoints:
            continue
        if was is None or not was == copy:  # noqa: SIM201 - rpds takes != for another question
            moved = name in before.resources and before.owner_of(name) != after.owner_of(name)
            source = frozenset() if moved else {after.owner_of(name)}
            for node in sorted(resource.possible_owners - source):
                if after.nodes[node].up:
                    yield Delivery(name, resource.checkpoints[checkpoint], node)


def _moved(before: ClusterState, after: ClusterState) -> Iterator[Delivery]:
    """The copies of resources that rest on another node than before."""
    for name in sorted(set(before.resources) & set(after.resources)):
        moved = before.owner_of(name) != after.owner_of(name)
        if moved and in_state(after, name, *RESTING):
            for entry in checkpoints(after, name):
                if (name, entry.name) in after.copies:
                    yield Delivery(name, entry, after.owner_of(name))
