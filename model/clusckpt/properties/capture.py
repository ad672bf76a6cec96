"""Capture: what is stored while a resource is online, and what must not be."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.chronicle import Chronicle, recaptured
from clusckpt.properties.contents import Held, described, in_copy, on_node, same
from clusckpt.properties.happening import (
    disturbing,
    is_online,
    lasting,
    stayed_online,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, RestoreCheckpoint, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.CAPTURE_ONLINE)
def change_is_captured(
    _chronicle: Chronicle, before: ClusterState, _event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """When anything under a root changed and the resource is online, the copy is the tree."""
    after = outcome.state
    for name in stayed_online(before, after):
        node = after.owner_of(name)
        for entry in lasting(before, after, name):
            tree, copy = on_node(after, node, entry), in_copy(after, name, entry)
            if not entry.root or tree is None or tree == on_node(before, node, entry):
                continue
            if not same(copy, tree):
                yield violation(
                    RuleID.CAPTURE_ONLINE,
                    f"the copy of {entry.given} of {name} holds {described(copy)}",
                    f"{described(tree)}, as on {node}",
                )


@property_of(RuleID.CAPTURE_ONLINE, RuleID.INSTANCES)
def only_own_trees_are_captured(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A copy that changes becomes what its online resource has on its node, and nothing else.

    If another resource captured at the same moment, two instances were mixed (CKPT-INSTANCES).
    """
    after = outcome.state
    for name in [] if isinstance(event, RestoreClusterDatabase) else sorted(after.resources):
        if not is_online(before, name) and not is_online(after, name):
            continue
        for entry in lasting(before, after, name):
            copy = in_copy(after, name, entry)
            allowed = [in_copy(before, name, entry), *_had_online(before, after, name, entry)]
            if copy not in allowed and not _hidden(before, event, after, (name, entry)):
                mixed = recaptured(before, after) - {name}
                yield violation(
                    RuleID.INSTANCES if mixed else RuleID.CAPTURE_ONLINE,
                    f"the copy of {entry.given} of {name} became {described(copy)}",
                    " or ".join(map(described, allowed)),
                )


@property_of(RuleID.ROOT_DELETED)
def last_good_copy_stays(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Without its root, the tree of an online resource cannot be copied: the copy stays."""
    after = outcome.state
    stayed = set(stayed_online(before, after))
    for name in [] if isinstance(event, RestoreClusterDatabase) else sorted(after.resources):
        if not is_online(before, name) or (is_online(after, name) and name not in stayed):
            continue
        moment = after if name in stayed else before
        for entry in lasting(before, after, name):
            gone = entry.root and on_node(moment, moment.owner_of(name), entry) is None
            good, copy = in_copy(before, name, entry), in_copy(after, name, entry)
            if gone and not same(copy, good) and not _hidden(before, event, after, (name, entry)):
                yield violation(
                    RuleID.ROOT_DELETED,
                    f"the copy of {entry.given} of {name} holds {described(copy)}",
                    f"{described(good)}, the last good copy",
                )


def _had_online(
    before: ClusterState, after: ClusterState, name: Folded, entry: Checkpoint
) -> list[Held]:
    """What a resource had for a checkpoint on its node in those states in which it is online."""
    had = [
        on_node(state, state.owner_of(name), entry)
        for state in (before, after)
        if is_online(state, name)
    ]
    return [one for one in had if one is not None]


def _hidden(
    before: ClusterState, event: AnyEvent, after: ClusterState, key: tuple[Folded, Checkpoint]
) -> bool:
    """Whether another's restores in one step hid a tree that was captured before they ended.

    A root that is gone after several restores may have been there, and captured, in between.
    """
    name, entry = key
    if isinstance(event, RestoreCheckpoint) or not is_online(after, name):
        return False
    gone = on_node(after, after.owner_of(name), entry) is None
    return gone and bool(disturbing(before, event, after, key))
