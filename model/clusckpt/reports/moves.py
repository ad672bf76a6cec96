"""Moves of data in one step: copies captured, copies restored, data that is lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from clusckpt.names import Folded
from clusckpt.oracle.candidates import Candidate
from clusckpt.reports.picture import NOTHING, NOWHERE, Blank, Cell, Picture, Place, Root
from clusckpt.state import Copy
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent


class MoveKind(StrEnum):
    """What happens to data."""

    CAPTURE = "capture"
    """The quorum gets a copy of what the owner has."""
    RESTORE = "restore"
    """The owner gets what the quorum has."""
    LOST = "lost"
    """Data is replaced, and nothing has it any more."""


@dataclass(frozen=True, slots=True)
class DataMove:
    """A move of the contents of a root, from or to a node; lost data was at `place`."""

    kind: MoveKind
    root: Root
    node: Folded
    content: Copy
    place: Place


def moves(
    before: Picture, after: Picture, event: AnyEvent, possible: Sequence[Candidate]
) -> tuple[DataMove, ...]:
    """Every move that is certain, by what is certain before and after a step.

    Args:
        before: the picture before it.
        after: the picture after it.
        event: what happened.
        possible: the states that remain possible after it.

    >>> moves({}, {}, events.CaptureDelayPasses(), [])
    ()
    """
    roots = dict.fromkeys(place.root for place in after if place.kind == "copy" and place.root)
    found: list[DataMove] = []
    for root in roots:
        owner = after.get(Place("owner", root.resource))
        if isinstance(owner, str):
            node = Folded(owner)
            found += _captures(before, after, root, node)
            found += _restores(before, after, root, node, (event, possible))
    return (*found, *_lost(before, after, event))


def standing(before: Picture, after: Picture, event: AnyEvent) -> Picture:
    """The picture before the next step, in which open contents are still what they last were.

    So a move is told at the step at which it becomes certain. A tree that somebody may have
    written himself stays open.

    >>> from clusckpt.reports.picture import NOTHING, OPEN
    >>> from clusckpt.state import CheckpointKind, CheckpointName
    >>> root = Root(Folded("A"), CheckpointName(CheckpointKind.CRYPTO, Folded("1")))
    >>> copy = Place("copy", root=root)
    >>> standing({copy: NOTHING}, {copy: OPEN}, events.NodeCrash("N1"))[copy] == NOTHING
    True
    """
    kept = {
        place: before.get(place, cell)
        for place, cell in after.items()
        if place.root is not None and not _known(cell)
        if place.kind == "copy" or not writes(event)
    }
    return {**after, **kept}


def _captures(before: Picture, after: Picture, root: Root, owner: Folded) -> Iterator[DataMove]:
    place, tree = Place("copy", NOWHERE, root), Place("tree", owner, root)
    copy = after[place]
    stood = before.get(place, NOTHING)
    if _is_content(copy) and stood != copy and after.get(tree) == copy and _known(stood):
        yield DataMove(MoveKind.CAPTURE, root, owner, copy, place)


def _restores(
    before: Picture,
    after: Picture,
    root: Root,
    owner: Folded,
    step: tuple[AnyEvent, Sequence[Candidate]],
) -> Iterator[DataMove]:
    event, possible = step
    place, copy = Place("tree", owner, root), after[Place("copy", NOWHERE, root)]
    there = after.get(place)
    if not _is_content(copy) or there != copy or before.get(Place("copy", NOWHERE, root)) != copy:
        return
    stood = before.get(place, NOTHING)
    replaced = _known(stood) and stood != there and not writes(event)
    if replaced or _noted(root, before, possible):
        yield DataMove(MoveKind.RESTORE, root, owner, copy, place)


def _noted(root: Root, before: Picture, possible: Sequence[Candidate]) -> bool:
    """Whether every state that remains has the checkpoint restored by this very step."""
    here = all(_has_restored(one, root) for one in possible) and bool(possible)
    resting = before.get(Place("state", root.resource)) in ("Offline", "Failed")
    owners = {one.state.owner_of(root.resource) for one in possible if here}
    moved = owners != {before.get(Place("owner", root.resource))}
    return here and (resting or moved)


def _has_restored(candidate: Candidate, root: Root) -> bool:
    resource = candidate.state.resources.get(root.resource)
    if resource is None or root.name in resource.failed:
        return False
    return root.name in resource.restored


def _lost(before: Picture, after: Picture, event: AnyEvent) -> Iterator[DataMove]:
    """What the cluster service replaced, or what went away, although nothing else has it.

    A copy that a newer one replaces is not lost: the newer one is what the users left.
    """
    if writes(event):
        return
    left = {place: cell for place, cell in after.items() if place.root is not None}
    for place, content in before.items():
        if place.root is None or not _is_content(content):
            continue
        now = left.get(place)
        if now is None or now == content or not _known(now):
            continue
        if place.kind == "copy" and now != NOTHING:
            continue
        if not any(
            cell == content or (at.root == place.root and not _known(cell))
            for at, cell in left.items()
        ):
            yield DataMove(MoveKind.LOST, place.root, place.subject, content, place)


def _known(cell: Cell) -> bool:
    return not isinstance(cell, Blank) or cell == NOTHING


def _is_content(cell: Cell) -> TypeGuard[Copy]:
    return not isinstance(cell, str | Blank)


def writes(event: AnyEvent) -> bool:
    """Whether an event is somebody's own write to a registry or a container.

    >>> writes(events.RegDeleteTree("N1", "Software"))
    True
    """
    return isinstance(event, events.RegistryWrite | events.CryptGenKey)
