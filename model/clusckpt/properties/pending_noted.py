"""Noting what is under way: what waits for its capture, its restore, or its save."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from rpds import HashTrieMap

from clusckpt.properties.chronicle import Chronicle, Moments, entries_in
from clusckpt.properties.contents import among, in_copy, on_node, same
from clusckpt.properties.delivered import disturbing, restoring
from clusckpt.properties.event_log import failing
from clusckpt.properties.happening import CheckpointKey, is_running, stayed_online
from clusckpt.properties.judging import captures_restores, keeps_good_copy
from clusckpt.state import Checkpoint, ClusterState, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import AnyEvent


def settled(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> tuple[frozenset[CheckpointKey], frozenset[CheckpointKey]]:
    """What was restored since each online began, and what was not because it failed."""
    after = outcome.state
    fresh = {(name, entry.name) for name, entry in restoring(before, event, outcome)}
    failed = {
        (name, entry)
        for name in after.resources
        for entry in failing(outcome, name)
        if is_running(after, name)
    }
    lasting = {
        key
        for key in chronicle.settled
        if key[0] in after.resources
        and key[1] in after.resources[key[0]].checkpoints
        and is_running(after, key[0])
        and is_running(before, key[0])
        and before.owner_of(key[0]) == after.owner_of(key[0])
    }
    restored = (chronicle.restored & lasting) | fresh
    return frozenset(restored), frozenset((chronicle.failed & lasting) - fresh | failed)


def due(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> frozenset[CheckpointKey]:
    """What changed while online and has not been captured since; another's restore may count."""
    after, found = outcome.state, set()
    for name in stayed_online(before, after):
        for entry in after.resources[name].checkpoints.values():
            key = name, entry.name
            if not entry.root or entry.name not in before.resources[name].checkpoints:
                continue
            tree = on_node(after, after.owner_of(name), entry)
            if tree is not None and same(tree, in_copy(after, name, entry)):
                continue
            changed = not same(tree, on_node(before, after.owner_of(name), entry))
            if key in chronicle.due or (
                changed and _counts(chronicle, before, event, outcome, key, entry)
            ):
                found.add(key)
    return frozenset(found)


def _counts(
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    key: CheckpointKey,
    entry: Checkpoint,
) -> bool:
    """Whether a change must be captured: it may be another's restore (A24), or be barred (A28)."""
    reading = chronicle.reading
    if keeps_good_copy(reading) and key in chronicle.failed:
        return False
    if captures_restores(reading):
        return True
    return not disturbing(reading, before, event, outcome, (key[0], entry))


def leaving(chronicle: Chronicle, after: ClusterState) -> HashTrieMap[CheckpointKey, Moments]:
    """What each resource that is going offline has had since that began, for an orderly save.

    While the quorum cannot be written, a save leaves the copy as it is.
    """
    found: dict[CheckpointKey, Moments] = {}
    for key, entry in entries_in(after).items():
        name = key[0]
        if after.resources[name].state is not ResourceState.OFFLINE_PENDING:
            continue
        moments = chronicle.leaving.get(key, ())
        there = on_node(after, after.owner_of(name), entry)
        moments = moments if there is None or among(there, moments) else (*moments, there)
        if after.quorum is not Quorum.ONLINE:
            moments = (*moments, in_copy(after, name, entry))
        found[key] = moments
    return HashTrieMap(found)
