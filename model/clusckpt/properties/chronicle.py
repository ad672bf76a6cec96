"""The chronicle: what an observer who sees every state of a run writes down.

The rules speak of the past: a tree as it last was while its resource was online, what a backup
held. None of that is in a state, so the observer keeps it; `noting` says how.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import dataclass, field
from typing import TypeAlias

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, fold, lies_under
from clusckpt.properties.contents import Contents, Held, Values, in_copy, root_of, same
from clusckpt.properties.happening import CheckpointKey, checkpoints, is_online
from clusckpt.properties.memory import remembered
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName, ClusterState, Container
from clusckpt_spec.readings import Reading

Trees: TypeAlias = "tuple[HashTrieMap[FoldedPath, Values], ...]"
"""A tree at several moments, the latest last."""

Moments: TypeAlias = "tuple[HashTrieMap[FoldedPath, Values] | Container | None, ...]"
"""What an orderly offline may leave as the copy of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is written down about checkpoints; a backup keeps the notes of its moment.

    `given` has the string of each successful add, under its caseless name. `seen` has each tree
    as it was since its copy was last taken, while a capture was allowed, the latest last. `own`
    has each tree as the application itself last left it, and `replaced` names the other resources
    whose data have since gone over it. Two copies of a `tangled` resource have at some time
    disagreed about a key that both cover (A22).
    """

    given: HashTrieMap[CheckpointKey, str] = field(default_factory=HashTrieMap)
    seen: HashTrieMap[CheckpointKey, Trees] = field(default_factory=HashTrieMap)
    own: HashTrieMap[CheckpointKey, Contents] = field(default_factory=HashTrieMap)
    replaced: HashTrieMap[CheckpointKey, frozenset[Folded]] = field(default_factory=HashTrieMap)
    tangled: frozenset[Folded] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was there at the time of a backup: the notes, the lists and the stored copies."""

    notes: Notes
    entries: HashTrieMap[CheckpointKey, Checkpoint]
    copies: HashTrieMap[CheckpointKey, Held]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Everything that is written down.

    `hosts` has the node on which each resource was last online or given a checkpoint, and `kept`
    each backup by its path. `unsettled` has the containers that somebody changed between their
    restore and the online: no document says that they are restored once more. `restored` and
    `failed` have what was restored, or was not because it failed, since the online began; `due`
    what changed online and waits for its capture; `leaving` what a resource that is going offline
    has had for each checkpoint since that began.
    """

    reading: Reading
    notes: Notes = field(default_factory=Notes)
    hosts: HashTrieMap[Folded, Folded] = field(default_factory=HashTrieMap)
    kept: HashTrieMap[str, Kept] = field(default_factory=HashTrieMap)
    unsettled: frozenset[CheckpointKey] = frozenset()
    restored: frozenset[CheckpointKey] = frozenset()
    failed: frozenset[CheckpointKey] = frozenset()
    due: frozenset[CheckpointKey] = frozenset()
    leaving: HashTrieMap[CheckpointKey, Moments] = field(default_factory=HashTrieMap)

    @property
    def settled(self) -> frozenset[CheckpointKey]:
        """The checkpoints of which the restore is over, one way or the other."""
        return self.restored | self.failed


def begun(reading: Reading, state: ClusterState) -> Chronicle:
    """The chronicle of a run that starts in a state: copies are as at the add."""
    copies = copies_in(state).items()
    trees = {key: copy for key, copy in copies if not isinstance(copy, Container)}
    given = {
        (name, caseless(entry.name.kind, entry.given)): entry.given
        for name in state.resources
        for entry in checkpoints(state, name)
    }
    notes = Notes(
        given=HashTrieMap(given),
        seen=HashTrieMap({key: (tree,) for key, tree in trees.items()}),
        own=HashTrieMap(trees),
        tangled=tangle(state),
    )
    return Chronicle(reading, notes)


def caseless(kind: CheckpointKind, given: str) -> CheckpointName:
    """The name under which a list entry is written down, whatever the model calls it."""
    return CheckpointName(kind, fold(given))


@remembered
def entries_in(state: ClusterState) -> HashTrieMap[CheckpointKey, Checkpoint]:
    """Every checkpoint of every resource."""
    return HashTrieMap(
        {
            (name, entry.name): entry
            for name in state.resources
            for entry in checkpoints(state, name)
        }
    )


@remembered
def copies_in(state: ClusterState) -> HashTrieMap[CheckpointKey, Held]:
    """What every stored copy of a listed checkpoint holds."""
    return HashTrieMap(
        {
            key: copy
            for key, entry in entries_in(state).items()
            if (copy := in_copy(state, key[0], entry)) is not None
        }
    )


def recaptured(before: ClusterState, after: ClusterState) -> set[Folded]:
    """The online resources of which a copy changed in a step."""
    was, now = copies_in(before), copies_in(after)
    return {
        key[0]
        for key in entries_in(after)
        if is_online(after, key[0]) and not same(was.get(key), now.get(key))
    }


def left_alone(chronicle: Chronicle, state: ClusterState, name: Folded) -> bool:
    """Whether a product may restore nothing here: the resource was last on this node."""
    same_node = chronicle.hosts.get(name) == state.owner_of(name)
    return same_node and not chronicle.reading.product.restore_same_node


def tangle(state: ClusterState) -> frozenset[Folded]:
    """The resources of which two copies disagree about a key that both cover."""
    return frozenset(name for name in state.resources if _disagree(state, name))


def _disagree(state: ClusterState, name: Folded) -> bool:
    trees = [
        (root_of(entry), copy)
        for entry in checkpoints(state, name)
        if not isinstance(copy := in_copy(state, name, entry), Container | None)
    ]
    return any(
        lies_under(upper, lower)
        and {path: one for path, one in high.items() if lies_under(lower, path)}
        != dict(low.items())
        for upper, high in trees
        for lower, low in trees
    )
