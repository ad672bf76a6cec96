"""KB174070 on capture: updates while online are written, and an add takes the first copy."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import FoldedPath, fold, fold_path, lies_under, parse_path
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import NO_TREE, Held, described, in_copy, on_node, root_of, same
from clusckpt.properties.happening import checkpoints, is_online, lasting, stayed_online
from clusckpt.properties.judging import captures_at_once, keeps_good_copy
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.registry import canonical, value_of
from clusckpt.state import ClusterState, Container, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    RegDeleteTree,
    RegDeleteValue,
    RegistryWrite,
    RegSetValueEx,
)
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.KB_CAPTURE_ONLINE)
def update_is_written(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A1 says at once: the key that was written is in the checkpoint as it was written."""
    after = outcome.state
    at_once = captures_at_once(chronicle.reading) and after.quorum is Quorum.ONLINE
    if not isinstance(event, RegistryWrite) or not at_once:
        return
    node, path = fold(event.node), _written_key(before, event)
    if before.nodes[node].registry == after.nodes[node].registry:
        return
    for name in stayed_online(before, after):
        if after.owner_of(name) != node:
            continue
        for entry in lasting(before, after, name):
            covered = entry.root and lies_under(root_of(entry), path)
            if keeps_good_copy(chronicle.reading) and (name, entry.name) in chronicle.failed:
                continue
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
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A checkpoint that is added has a copy of what the owner has, in whatever state.

    Other readings take the first copy later (A4, A5), or copy that there is no tree (A6).
    """
    after, reading = outcome.state, chronicle.reading
    name = fold(event.resource) if isinstance(event, ClusterResourceControl) else None
    if name is None or name not in before.resources or name not in after.resources:
        return
    later = not is_online(before, name) and reading[AmbiguityID.A5] == "nothing-captured"
    if later or reading[AmbiguityID.A4] != "at-add":
        return
    for entry in checkpoints(after, name):
        there = on_node(before, before.owner_of(name), entry)
        if there is None and entry.root and reading[AmbiguityID.A6] == "succeeds-empty":
            there = NO_TREE
        copy = in_copy(after, name, entry)
        if entry.name not in before.resources[name].checkpoints and not same(copy, there):
            yield violation(
                RuleID.KB_CAPTURE_AT_ADD if entry.root else RuleID.CRYPTO_CONTAINERS,
                f"the copy of {entry.given} of {name} holds {described(copy)} after the add",
                f"{described(there)}, as on {before.owner_of(name)}",
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
