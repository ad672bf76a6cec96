"""Capturing: which copies may change in a step, and what each may become."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.names import Folded, fold
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import Held, in_copy, on_node
from clusckpt.properties.delivered import disturbing
from clusckpt.properties.happening import is_online, lasting
from clusckpt.properties.judging import watched
from clusckpt.properties.noting import noted
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    LoseStoredCopy,
    RecreateCheckpoints,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)


@dataclass(frozen=True, slots=True)
class Captured:
    """A checkpoint that may be captured in a step, and what its copy may be afterwards.

    `last` is the tree at the last moment at which it may be; `lost` says that the copy was lost.
    """

    name: Folded
    entry: Checkpoint
    allowed: list[Held | None]
    last: Held | None
    lost: bool


def could_capture(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Captured]:
    """The checkpoints of which the tree may be captured before or after the step, by the reading.

    A restored database brings copies of its own; a tool that makes copies anew asks for no state.
    """
    after = outcome.state
    if isinstance(event, RestoreClusterDatabase) and outcome.status is Status.ERROR_SUCCESS:
        return
    settled = noted(chronicle, before, event, outcome).settled
    for name in sorted(after.resources):
        for entry in lasting(before, after, name):
            key, lost = (name, entry.name), is_lost(event, name, entry)
            moments = [
                on_node(state, state.owner_of(name), entry)
                for state, over in ((before, chronicle.settled), (after, settled))
                if is_recreated(event, name) or watched(chronicle.reading, state, key, over)
            ]
            if moments:
                allowed = [in_copy(before, name, entry)]
                allowed += [one for one in moments if one is not None] + [None] * lost
                yield Captured(name, entry, allowed, moments[-1], lost)


def is_lost(event: AnyEvent, name: Folded, entry: Checkpoint) -> bool:
    """Whether the copy of a checkpoint is what was lost."""
    about = isinstance(event, LoseStoredCopy) and fold(event.resource) == name
    return (
        isinstance(event, LoseStoredCopy) and about and fold(event.checkpoint) == fold(entry.given)
    )


def is_recreated(event: AnyEvent, name: Folded) -> bool:
    """Whether the recovery tool makes the copies of a resource anew."""
    return isinstance(event, RecreateCheckpoints) and fold(event.resource) == name


def hidden(
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    key: tuple[Folded, Checkpoint],
) -> bool:
    """Whether another's restores in one step hid a tree that was captured before they ended.

    A root that is gone after several restores may have been there, and captured, in between.
    """
    name, entry = key
    after = outcome.state
    if isinstance(event, RestoreCheckpoint) or not is_online(after, name):
        return False
    gone = on_node(after, after.owner_of(name), entry) is None
    return gone and bool(disturbing(chronicle.reading, before, event, outcome, key))
