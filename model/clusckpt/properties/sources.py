"""Sources: what must have been restored in a step, and from which copies it may be."""

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.chronicle import Chronicle, left_alone
from clusckpt.properties.contents import Held
from clusckpt.properties.delivered import deliveries, restoring
from clusckpt.properties.happening import came_online, is_running, lasting, shared
from clusckpt.properties.judging import counts_in_between, restores_at_online
from clusckpt.properties.noting import noted
from clusckpt.properties.restored_as import to_restore
from clusckpt.properties.saving import must_be_saved
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, RestoreCheckpoint


def just_restored(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[tuple[Folded, Checkpoint]]:
    """What must be on the node now: just restored by itself, or of a resource just come online.

    What was restored in an earlier step need not be there any more if changes on the way count
    (A3), and what could not be restored is elsewhere.
    """
    after, reading = outcome.state, chronicle.reading
    if isinstance(event, RestoreCheckpoint):
        yield from restoring(before, event, outcome)
    if not restores_at_online(reading):
        return
    failed = noted(chronicle, before, event, outcome).failed
    for name in came_online(before, after):
        moved = name in before.resources and before.owner_of(name) != after.owner_of(name)
        earlier = is_running(before, name) and not moved
        if left_alone(chronicle, after, name) or (earlier and counts_in_between(reading)):
            continue
        for entry in lasting(before, after, name):
            if (name, entry.name) not in failed:
                yield name, entry


def sources_of(
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    key: tuple[Folded, Checkpoint],
    *,
    saved: bool = False,
) -> list[tuple[Checkpoint, Held]]:
    """The copies that may have had the last word about a checkpoint; none if it has no copy.

    With `saved`, only if the resource must have been saved on its way offline.
    """
    name, entry = key
    if saved and not must_be_saved(chronicle, before, name, entry):
        return []
    if (name, entry.name) not in outcome.state.copies:
        return []
    own = [(entry, one) for one in to_restore(before, name, entry, saved=saved)]
    if not own or isinstance(event, RestoreCheckpoint):
        return own
    node = outcome.state.owner_of(name)
    others = [(name, other) for other in lasting(before, outcome.state, name)]
    others += [
        (one.resource, one.checkpoint)
        for one in deliveries(chronicle.reading, before, event, outcome)
        if one.resource != name and one.node == node
    ]
    return own + [
        (other, one)
        for owner, other in others
        if other.name != entry.name or owner != name
        if shared(other, entry)
        for one in to_restore(before, owner, other)
    ]
