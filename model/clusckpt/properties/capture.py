"""Capture: what is stored while a resource is online, and what must not be."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.capturing import could_capture, hidden
from clusckpt.properties.chronicle import Chronicle, recaptured
from clusckpt.properties.contents import Held, among, described, in_copy, on_node, same
from clusckpt.properties.delivered import disturbing
from clusckpt.properties.happening import checkpoints, is_online, lasting, stayed_online
from clusckpt.properties.judging import (
    captures_at_once,
    captures_in_time,
    captures_restores,
    keeps_good_copy,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, CaptureDelayPasses, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.CAPTURE_ONLINE


@property_of(_RULE)
def change_is_captured(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A1 says at once: when anything under a root changed online, the copy is the tree."""
    after, reading = outcome.state, chronicle.reading
    if not captures_at_once(reading) or after.quorum is not Quorum.ONLINE:
        return
    for name in stayed_online(before, after):
        node = after.owner_of(name)
        for entry in lasting(before, after, name):
            tree, copy = on_node(after, node, entry), in_copy(after, name, entry)
            if not entry.root or tree is None or same(tree, on_node(before, node, entry)):
                continue
            step = before, event, outcome
            exempt = keeps_good_copy(reading) and (name, entry.name) in chronicle.failed
            if not captures_restores(reading):
                exempt = exempt or bool(disturbing(reading, *step, (name, entry)))
            if not exempt and not same(copy, tree):
                yield violation(
                    _RULE,
                    f"the copy of {entry.given} of {name} holds {described(copy)}",
                    f"{described(tree)}, as on {node}",
                )


@property_of(_RULE)
def capture_comes_in_time(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """After the delay of A1, what changed online is captured, if there is a tree and a quorum.

    What another's replication puts there when it is captured itself may come after the capture.
    """
    after = outcome.state
    waits = not captures_in_time(chronicle.reading) or after.quorum is not Quorum.ONLINE
    if not isinstance(event, CaptureDelayPasses) or waits:
        return
    for name in sorted(after.resources):
        node = after.owner_of(name)
        for entry in checkpoints(after, name) if is_online(after, name) else ():
            copy, allowed = in_copy(after, name, entry), [on_node(after, node, entry)]
            if (name, entry.name) not in chronicle.due or allowed == [None]:
                continue
            if disturbing(chronicle.reading, before, event, outcome, (name, entry)):
                allowed.append(_captured_before(before, name, entry))
            if not among(copy, allowed):
                yield violation(
                    _RULE,
                    f"the copy of {entry.given} of {name} still holds {described(copy)}",
                    f"{' or '.join(map(described, allowed))}, as on {node}",
                )


def _captured_before(before: ClusterState, name: Folded, entry: Checkpoint) -> Held | None:
    """What a capture at the start of a step leaves: the tree, or without a root the good copy."""
    tree = on_node(before, before.owner_of(name), entry)
    return in_copy(before, name, entry) if tree is None else tree


@property_of(_RULE)
def nothing_is_stored_without_room(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """KB251284: on a quorum that is full, or not there, no new copy can be stored."""
    after = outcome.state
    writable = Quorum.ONLINE in (before.quorum, after.quorum)
    if writable or isinstance(event, RestoreClusterDatabase) or after.copies is before.copies:
        return
    for key in sorted(after.copies):
        if not same(after.copies[key], before.copies.get(key)):
            yield violation(
                _RULE,
                f"a copy of {key[1].folded} of {key[0]} was stored; the quorum is {after.quorum}",
                "the copies that were there",
            )


@property_of(_RULE, RuleID.INSTANCES)
def only_own_trees_are_captured(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A copy that changes becomes what its resource has at that moment, and nothing else.

    If another resource captured at the same moment, two instances were mixed (CKPT-INSTANCES).
    """
    after = outcome.state
    step = chronicle, before, event, outcome
    if after.copies is before.copies:
        return
    for one in could_capture(*step):
        copy, allowed = in_copy(after, one.name, one.entry), one.allowed
        if among(copy, allowed) or hidden(*step, (one.name, one.entry)):
            continue
        mixed = recaptured(before, after) - {one.name}
        yield violation(
            RuleID.INSTANCES if mixed else _RULE,
            f"the copy of {one.entry.given} of {one.name} became {described(copy)}",
            " or ".join(map(described, allowed)),
        )


@property_of(RuleID.ROOT_DELETED)
def last_good_copy_stays(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Without its root, the tree of an online resource cannot be copied: the copy stays."""
    after = outcome.state
    step = chronicle, before, event, outcome
    if after.copies is before.copies:
        return
    for one in could_capture(*step):
        gone = one.entry.root and one.last is None and not one.lost
        good, copy = in_copy(before, one.name, one.entry), in_copy(after, one.name, one.entry)
        if gone and not same(copy, good) and not hidden(*step, (one.name, one.entry)):
            yield violation(
                RuleID.ROOT_DELETED,
                f"the copy of {one.entry.given} of {one.name} holds {described(copy)}",
                f"{described(good)}, the last good copy",
            )
