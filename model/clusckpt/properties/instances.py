"""Instances: a shared key is where one resource's data replace another's, and the only place.

The names of resources whose restores went over a tree are in the chronicle, so that a report can
say whose data replaced whose. Key containers are left out: they are not captured on change, so
nothing promises that an application finds in them what it left there.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, overlap
from clusckpt.properties.chronicle import Chronicle, Notes, entries_in
from clusckpt.properties.contents import (
    Contents,
    among,
    contents_of,
    described,
    in_copy,
    on_node,
    root_of,
)
from clusckpt.properties.delivered import disturbing, restoring
from clusckpt.properties.happening import (
    CheckpointKey,
    is_online,
    lasting,
    stayed_online,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.noting import noted
from clusckpt.properties.restored_as import Source, differences, to_restore
from clusckpt.properties.violation import Violation, violation
from clusckpt.registry import find
from clusckpt.state import Checkpoint, ClusterState, Container
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.INSTANCES)
def own_data_stay(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where no other resource was restored over it, a resource has and keeps its own data."""
    after = outcome.state
    notes = noted(chronicle, before, event, outcome).notes
    for key, entry in entries_in(after).items():
        if not _unconflicted(notes, key):
            continue
        own, (name, _) = notes.own[key], key
        copy, got = in_copy(after, name, entry), on_node(after, after.owner_of(name), entry)
        allowed = [in_copy(before, name, entry), chronicle.notes.own.get(key), own, None]
        if not isinstance(event, RestoreClusterDatabase) and not among(copy, allowed):
            yield violation(
                RuleID.INSTANCES,
                f"the copy of {entry.given} of {name} became {described(copy)}",
                f"{described(own)}, which {name} itself left there",
            )
        if is_online(after, name) and not among(got, (None, own)):
            yield violation(
                RuleID.INSTANCES,
                f"{name} is online and finds {described(got)} under {entry.given}",
                f"{described(own)}, which {name} itself left there",
            )


@property_of(RuleID.INSTANCES)
def shared_data_are_replaced(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where one other resource was restored over it, an online resource has that one's data."""
    after = outcome.state
    for name in stayed_online(before, after):
        for entry in lasting(before, after, name):
            step = before, event, outcome
            others = disturbing(chronicle.reading, *step, (name, entry))
            surely = {other for other, _ in restoring(*step)}
            if len(others) != 1 or not entry.root or not others <= surely:
                continue
            sources = [
                (root_of(one), tree)
                for other, one in restoring(*step)
                if other in others and after.owner_of(other) == after.owner_of(name)
                for tree in to_restore(before, other, one)
                if not isinstance(tree, Container)
            ]
            node, (other,) = after.owner_of(name), others
            for root in _common_roots(entry, sources):
                got, there = _under(after, node, root), _under(before, node, root)
                for difference in differences(got, there, root, sources):
                    path = "\\".join(difference.key)
                    yield violation(
                        RuleID.INSTANCES,
                        f"{name} on {node} still has its own {path}, though {other} was restored",
                        f"{path} as {other} has it stored: its data replace those of {name}",
                    )


def _unconflicted(notes: Notes, key: CheckpointKey) -> bool:
    """Whether it is known what a resource itself left under a root, and nobody went over it."""
    return key in notes.own and key not in notes.replaced and key[0] not in notes.tangled


def _common_roots(entry: Checkpoint, sources: list[Source]) -> set[FoldedPath]:
    """The tops of what a checkpoint shares with restored trees: the deeper of the two roots."""
    roots = {root for root, _ in sources if overlap(root, root_of(entry))}
    return {max(root, root_of(entry), key=len) for root in roots}


def _under(state: ClusterState, node: Folded, root: FoldedPath) -> Contents:
    tree = find(state.nodes[node].registry, root)
    return HashTrieMap() if tree is None else contents_of(tree, root)
