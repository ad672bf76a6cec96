"""Other nodes: what the cluster service writes, and where: only what it delivers.

A restore changes the hosting node, under the restored roots, and nothing else. Where the reading
says so, other possible owners get what is captured (A31).
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, fold, join_path, lies_under
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import (
    NO_TREE,
    contents_of,
    described,
    in_copy,
    on_node,
    root_of,
    same,
)
from clusckpt.properties.delivered import deliveries
from clusckpt.properties.happening import shared, written_node
from clusckpt.properties.judging import spreads_copies
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, CryptGenKey, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.RESTORE_BEFORE_ONLINE


@property_of(_RULE)
def trees_change_on_the_owner_only(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The cluster service writes a registry only where it restores a root (A31)."""
    after = outcome.state
    for node in sorted(after.nodes):
        if node == written_node(event):
            continue
        if before.nodes[node].registry is after.nodes[node].registry:
            continue
        delivered = _delivered_to(node, chronicle, before, event, outcome)
        roots = [root_of(entry) for entry in delivered if entry.root]
        for path in _changed(before, after, node):
            covered = any(lies_under(root, path) for root in roots)
            if not covered and not any(lies_under(path, root) for root in roots):
                yield violation(
                    _RULE,
                    f"{join_path(path)} on {node} changed",
                    f"changes on {node} only under {[join_path(root) for root in roots]}",
                )


@property_of(_RULE)
def containers_change_on_the_owner_only(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The cluster service writes a key container only where it restores it (A31)."""
    after = outcome.state
    for node, entry in sorted(after.nodes.items()):
        there = before.nodes[node].containers
        if there is entry.containers:
            continue
        delivered = _delivered_to(node, chronicle, before, event, outcome)
        allowed = {container_id(one.given) for one in delivered if not one.root}
        if isinstance(event, CryptGenKey) and fold(event.node) == node:
            allowed.add(container_id(event.container))
        for container in sorted({*there, *entry.containers} - allowed):
            if there.get(container) != entry.containers.get(container):
                yield violation(
                    _RULE,
                    f"container {container} on {node} changed",
                    f"changes on {node} only of {sorted(allowed)}",
                )


@property_of(_RULE)
def captured_trees_reach_other_nodes(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A31 says so, other possible owners that take part get a tree when it is captured."""
    after, reading = outcome.state, chronicle.reading
    if not spreads_copies(reading) or isinstance(event, RestoreClusterDatabase):
        return
    for name, entry, node in _to_reach(before, after):
        copy, got = in_copy(after, name, entry), on_node(after, node, entry)
        others = [
            one
            for one in deliveries(reading, before, event, outcome)
            if one.node == node and shared(one.checkpoint, entry)
            if (one.resource, one.checkpoint.name) != (name, entry.name)
        ]
        if not others and not same(copy, NO_TREE if got is None and entry.root else got):
            yield violation(
                _RULE,
                f"{described(got)} on {node} for {entry.given} of {name}",
                f"{described(copy)}, which was captured",
            )


def _to_reach(
    before: ClusterState, after: ClusterState
) -> Iterator[tuple[Folded, Checkpoint, Folded]]:
    """What was captured anew, and each other node that it must reach."""
    for (name, identity), copy in sorted(after.copies.items(), key=lambda one: one[0]):
        resource, was = after.resources.get(name), before.copies.get((name, identity))
        if resource is None or identity not in resource.checkpoints or same(copy, was):
            continue
        source = before.owner_of(name) if name in before.resources else after.owner_of(name)
        for node in sorted(resource.possible_owners - {source}):
            if after.nodes[node].up:
                yield name, resource.checkpoints[identity], node


def _delivered_to(
    node: Folded,
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
) -> list[Checkpoint]:
    found = deliveries(chronicle.reading, before, event, outcome)
    return [one.checkpoint for one in found if one.node == node]


def _changed(before: ClusterState, after: ClusterState, node: Folded) -> list[FoldedPath]:
    """The keys of a node that are not as they were; a key above a root counts if it is new."""
    if before.nodes[node].registry == after.nodes[node].registry:
        return []
    old = contents_of(before.nodes[node].registry, ())
    new = contents_of(after.nodes[node].registry, ())
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
