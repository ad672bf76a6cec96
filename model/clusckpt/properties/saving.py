"""Saving: what an orderly offline leaves on the quorum, where A2 asks for that."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import among, described, in_copy, on_node, same
from clusckpt.properties.happening import in_state, is_online, lasting
from clusckpt.properties.judging import counts_in_between, saves_at_offline
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState, Container, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import (
    AnyEvent,
    DllOffline,
    DllTerminate,
    FailbackClusterGroup,
    FailClusterResource,
    FailoverClusterGroup,
    MoveClusterGroup,
    OfflineClusterResource,
)
from clusckpt_spec.register.ids import RuleID

_ORDERLY = (
    OfflineClusterResource,
    MoveClusterGroup,
    FailoverClusterGroup,
    FailbackClusterGroup,
    DllOffline,
)


@property_of(RuleID.KB_SAVE_AT_OFFLINE)
def saved_at_offline(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """An orderly offline saves what can be saved, as it was at some moment of going offline.

    If nothing that happens on the way counts (A3), that is the moment at which it begins. Keys
    that cannot be exported cannot be saved; no document says what happens to them.
    """
    after = outcome.state
    if not saves_at_offline(chronicle.reading) or not isinstance(event, _ORDERLY):
        return
    for name in _gone_offline(chronicle, before, after):
        for entry in lasting(before, after, name):
            there, copy = on_node(before, before.owner_of(name), entry), in_copy(after, name, entry)
            fixed = isinstance(there, Container) and not there.exportable
            if there is None or fixed:
                continue
            moments = [*chronicle.leaving.get((name, entry.name), ()), there]
            if before.quorum is not Quorum.ONLINE:
                moments.append(in_copy(before, name, entry))
            if not among(copy, moments):
                yield violation(
                    RuleID.KB_SAVE_AT_OFFLINE,
                    f"the copy of {entry.given} of {name} holds {described(copy)} after offline",
                    f"{' or '.join(map(described, moments))}, as on {before.owner_of(name)}",
                )


@property_of(RuleID.KB_SAVE_AT_OFFLINE)
def only_an_orderly_offline_saves(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that fails or is terminated is not brought offline in order: nothing is saved."""
    after = outcome.state
    if not isinstance(event, DllTerminate | FailClusterResource):
        return
    for name in sorted(after.resources):
        for entry in lasting(before, after, name):
            was, copy = in_copy(before, name, entry), in_copy(after, name, entry)
            if not same(copy, was):
                yield violation(
                    RuleID.KB_SAVE_AT_OFFLINE,
                    f"{type(event).__name__} saved {described(copy)} for {entry.given} of {name}",
                    f"{described(was)} stays",
                )


def must_be_saved(
    chronicle: Chronicle, before: ClusterState, name: Folded, entry: Checkpoint
) -> bool:
    """Whether what an online resource has is saved when it goes offline now."""
    there = on_node(before, before.owner_of(name), entry)
    fixed = isinstance(there, Container) and not there.exportable
    saves = saves_at_offline(chronicle.reading) and before.quorum is Quorum.ONLINE
    return saves and is_online(before, name) and there is not None and not fixed


def _gone_offline(
    chronicle: Chronicle, before: ClusterState, after: ClusterState
) -> Iterator[Folded]:
    """The resources whose copies have to be saved by now."""
    on_the_way = counts_in_between(chronicle.reading)
    for name in sorted(after.resources):
        if is_online(after, name):
            continue
        still = in_state(after, name, ResourceState.OFFLINE_PENDING)
        if is_online(before, name) and not (still and on_the_way):
            yield name
        if in_state(before, name, ResourceState.OFFLINE_PENDING) and on_the_way and not still:
            yield name
