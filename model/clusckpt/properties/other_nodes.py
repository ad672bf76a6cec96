"""Other nodes: a restore changes the hosting node, under the restored roots, and nothing else."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, fold, join_path, lies_under
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import contents_of, root_of
from clusckpt.properties.happening import restoring, written_node
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, CryptGenKey
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.RESTORE_BEFORE_ONLINE


@property_of(_RULE)
def trees_change_on_the_owner_only(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The cluster service writes a registry only where it restores a root (A31)."""
    after = outcome.state
    for node in sorted(after.nodes):
        if node == written_node(event):
            continue
        roots = [root_of(entry) for entry in _restored_on(node, before, event, after)]
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
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The cluster service writes a key container only where it restores it (A31)."""
    after = outcome.state
    for node, entry in sorted(after.nodes.items()):
        there = before.nodes[node].containers
        allowed = {
            container_id(one.given)
            for one in _restored_on(node, before, event, after)
            if not one.root
        }
        if isinstance(event, CryptGenKey) and fold(event.node) == node:
            allowed.add(container_id(event.container))
        for container in sorted({*there, *entry.containers} - allowed):
            if there.get(container) != entry.containers.get(container):
                yield violation(
                    _RULE,
                    f"container {container} on {node} changed",
                    f"changes on {node} only of {sorted(allowed)}",
                )


def _restored_on(
    node: Folded, before: ClusterState, event: AnyEvent, after: ClusterState
) -> list[Checkpoint]:
    return [
        entry for name, entry in restoring(before, event, after) if after.owner_of(name) == node
    ]


def _changed(before: ClusterState, after: ClusterState, node: Folded) -> list[FoldedPath]:
    """The keys of a node that are not as they were; a key above a root counts if it is new."""
    if before.nodes[node].registry == after.nodes[node].registry:
        return []
    old = contents_of(before.nodes[node].registry, ())
    new = contents_of(after.nodes[node].registry, ())
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
