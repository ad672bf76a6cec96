"""KB174070 on capture: updates while online are written, an add copies, an offline saves."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import Folded, FoldedPath, fold, fold_path, lies_under, parse_path
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import Held, described, in_copy, on_node, root_of, same
from clusckpt.properties.happening import checkpoints, is_online, lasting, stayed_online
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.registry import canonical, value_of
from clusckpt.state import ClusterState, Container
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    MoveClusterGroup,
    OfflineClusterResource,
    RegDeleteTree,
    RegDeleteValue,
    RegistryWrite,
    RegSetValueEx,
)
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.KB_CAPTURE_ONLINE)
def update_is_written(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The key that was written is in the checkpoint as it was written."""
    after = outcome.state
    if not isinstance(event, RegistryWrite):
        return
    node, path = fold(event.node), _written_key(before, event)
    if before.nodes[node].registry == after.nodes[node].registry:
        return
    for name in stayed_online(before, after):
        if after.owner_of(name) != node:
            continue
        for entry in lasting(before, after, name):
            covered = entry.root and lies_under(root_of(entry), path)
            copy = in_copy(after, name, entry)
            if not covered or on_node(after, node, entry) is None or _shows(event, path, copy):
                continue
            yield violation(
                RuleID.KB_CAPTURE_ONLINE,
                f"the copy of {entry.given} of {name} holds {described(copy)}",
                f"a copy that shows {type(event).__name__} of {event.key}",
            )


@property_of(RuleID.KB_CAPTURE_AT_ADD, RuleID.CRYPTO_CONTAINERS)
def first_copy_at_add(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A checkpoint that is added has a copy of what the owner has, in whatever state."""
    after = outcome.state
    name = fold(event.resource) if isinstance(event, ClusterResourceControl) else None
    if name is None or name not in before.resources:
        return
    for entry in checkpoints(after, name):
        there = on_node(before, before.owner_of(name), entry)
        copy = in_copy(after, name, entry)
        if entry.name not in before.resources[name].checkpoints and not same(copy, there):
            yield violation(
                RuleID.KB_CAPTURE_AT_ADD if entry.root else RuleID.CRYPTO_CONTAINERS,
                f"the copy of {entry.given} of {name} holds {described(copy)} after the add",
                f"{described(there)}, as on {before.owner_of(name)}",
            )


@property_of(RuleID.KB_SAVE_AT_OFFLINE)
def saved_at_offline(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A2 says so, an orderly offline saves every checkpoint that can be saved.

    Keys that cannot be exported cannot be saved; no document says what happens to them.
    """
    after = outcome.state
    if chronicle.reading[AmbiguityID.A2] != "saved":
        return
    for name in _taken_offline(before, event, after):
        node = before.owner_of(name)
        for entry in lasting(before, after, name):
            there, copy = on_node(before, node, entry), in_copy(after, name, entry)
            fixed = isinstance(there, Container) and not there.exportable
            if there is not None and not fixed and not same(copy, there):
                yield violation(
                    RuleID.KB_SAVE_AT_OFFLINE,
                    f"the copy of {entry.given} of {name} holds {described(copy)} after offline",
                    f"{described(there)}, as on {node}",
                )


def _written_key(state: ClusterState, event: RegistryWrite) -> FoldedPath:
    path = parse_path(event.key)
    return fold_path(canonical(path, event.view, platform=state.platform))


def _shows(event: RegistryWrite, path: FoldedPath, copy: Held | None) -> bool:
    """Whether a copy shows what a write did."""
    if copy is None or isinstance(copy, Container):
        return False
    if isinstance(event, RegDeleteTree):
        return path not in copy
    if path not in copy:
        return False
    if isinstance(event, RegSetValueEx):
        written = value_of(event.name, event.value)
        return (fold(event.name), written.type, written.content) in copy[path]
    if isinstance(event, RegDeleteValue):
        return fold(event.name) not in {name for name, _, _ in copy[path]}
    return True


def _taken_offline(before: ClusterState, event: AnyEvent, after: ClusterState) -> Iterator[Folded]:
    """The resources that went offline in good order and are not online again."""
    if isinstance(event, OfflineClusterResource | MoveClusterGroup):
        for name in sorted(after.resources):
            if is_online(before, name) and not is_online(after, name):
                yield name
