"""The life cycle: the arrows drawn are exactly the steps that the actions can take."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from clusckpt_spec.prose.diagram import Arrow, Effect, Lane
from clusckpt_spec.prose.lanes import (
    AT_ONCE,
    CHANGED,
    FOLLOWED,
    LANES,
    LATER,
    RESOURCE,
    RESTORED,
    STORED,
    UNLISTED,
)
from clusckpt_spec.prose.lifecycle import picture
from clusckpt_spec.readings import MSCS_READINGS, Reading
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Concrete, Program
from clusckpt_spec.system.sorts import STATUS, Scope

STATUSES: tuple[str, ...] = tuple(
    STATUS.constructor(at).name().replace("_", " ") for at in range(STATUS.num_constructors())
)
SCOPES = (
    (Scope(node=1, resource=2, key=1, data=3), 1, frozenset({"backup", "block", "lose_copy"})),
    (Scope(node=1, resource=1, key=2, data=2), 2, frozenset[str]()),
    (Scope(node=1, resource=1, key=1, data=3), 1, frozenset[str]()),
)
"""Finite instances, each with how many of its keys are roots, and the actions left out there."""
CHECKPOINT_LANES = (AT_ONCE, LATER)
LOST = "lost"
"""A checkpoint without its stored copy, which is not drawn."""
NOT_DRAWN = {"lose_copy", "recreate"}
SVG = "{http://www.w3.org/2000/svg}"
Move = tuple[str, str, str]
"""An action, the state before it, the state after it."""
Tables = Mapping[str, Any]


@dataclass
class Seen:
    """What the steps of every reachable state do, under one reading.

    `copies` has the effects that each move has on the stored copy, one set a step.
    """

    resource: set[Move] = field(default_factory=set)
    checkpoint: set[Move] = field(default_factory=set)
    copies: set[tuple[Move, frozenset[Effect]]] = field(default_factory=set)
    loops: set[tuple[str, str]] = field(default_factory=set)
    restored_the_copy: set[bool] = field(default_factory=set)


@cache
def seen(reading: Reading) -> Seen:
    """Every step that can be reached in one of the scopes, summed up."""
    found = Seen()
    for scope, roots, left_out in SCOPES:
        program = _program(scope, roots, reading)
        for action, actor, before, after in _explored(program, left_out):
            for resource in range(scope.resource):
                _note(found, (action, reading, resource, roots), before, after)
            if actor is not None:
                _note_own(found, action, actor, before, after)
    return found


def _note(found: Seen, which: tuple[str, Reading, int, int], before: Tables, after: Tables) -> None:
    action, reading, resource, roots = which
    old, new = (resource_state(one, resource) for one in (before, after))
    if old != new:
        found.resource.add((action, old, new))
    for root in range(roots):
        states = [checkpoint_state(one, resource, root, reading) for one in (before, after)]
        move = (action, states[0], states[1])
        if LOST in move or action in NOT_DRAWN:
            continue
        if states[0] != states[1]:
            found.checkpoint.add(move)
        if before["copy"][resource][root] != after["copy"][resource][root]:
            found.copies.add((move, effects(before, after, resource, root)))


def _note_own(found: Seen, action: str, actor: int, before: Tables, after: Tables) -> None:
    old, new = (resource_state(one, actor) for one in (before, after))
    if old == new:
        found.loops.add((action, old))
    if action == "restore":
        registry = after["registry"][0]
        restored = [
            root
            for root, (was, now) in enumerate(
                zip(before["restored"][actor], after["restored"][actor], strict=True)
            )
            if now and not was
        ]
        found.restored_the_copy |= {
            registry[root] == after["copy"][actor][root][root] for root in restored
        }


def effects(before: Tables, after: Tables, resource: int, root: int) -> frozenset[Effect]:
    """Which effects on the stored copy explain what it is now."""
    copy = after["copy"][resource][root]
    registry = after["registry"][0]
    tree = tuple(registry[key] if key >= root else 0 for key in range(len(registry)))
    explained = {
        Effect.CAPTURED: tree,
        Effect.DROPPED: (0,) * len(copy),
        Effect.AS_BACKED_UP: before["backup_copy"][resource][root],
    }
    return frozenset(effect for effect, value in explained.items() if value == copy)


def _program(scope: Scope, roots: int, reading: Reading) -> Program:
    """Each key lies under those before it, and the first ones are roots that all may get."""
    keys = range(scope.key)
    rigid = {
        "under": tuple(tuple(above <= key for key in keys) for above in keys),
        "possible": ((True,) * scope.node,) * scope.resource,
        "claims": (tuple(key < roots for key in keys),) * scope.resource,
        "covers": ((True,) * scope.key,) * scope.resource,
        "alone": (False,) * scope.resource,
        "absent": 0,
        "empty": 1,
    }
    return Program(CHECKPOINTS, reading, scope, rigid)


def _explored(
    program: Program, left_out: frozenset[str]
) -> Iterator[tuple[str, int | None, Tables, Tables]]:
    """Every step of every reachable state: the action, whose it is, the tables around it."""
    names = [entry.name for entry in program.symbols]
    first = {"up": True, "registry": 1, "status": 0, "owner": 0, "copy": 0, "backup_copy": 0}
    start = program.concrete(
        **{name: program.uniform(name, first.get(name, False)) for name in names}
    )
    waiting: list[Concrete] = [start]
    known = {start}
    by_resource = {
        action.name
        for action in CHECKPOINTS.actions
        if ("resource", "resource") in action.parameters
    }
    while waiting:
        state = waiting.pop()
        before = dict(zip(names, state, strict=True))
        for (action, arguments), successor in program.steps(state):
            if action in left_out:
                continue
            actor = arguments[0] if action in by_resource else None
            yield action, actor, before, dict(zip(names, successor, strict=True))
            if successor not in known:
                known.add(successor)
                waiting.append(successor)


def resource_state(tables: Tables, resource: int) -> str:
    """The state of a resource."""
    status: int = tables["status"][resource]
    return STATUSES[status]


def checkpoint_state(tables: Tables, resource: int, root: int, reading: Reading) -> str:
    """The state of a checkpoint, as the picture for a reading names it."""
    if not tables["checkpoint"][resource][root]:
        return UNLISTED
    if not tables["stored"][resource][root]:
        return LOST
    if tables["dirty"][resource][root]:
        return CHANGED
    followed = {"online", "offline pending"} if reading in LATER.readings else {"online"}
    if resource_state(tables, resource) in followed:
        return FOLLOWED
    return RESTORED if tables["restored"][resource][root] else STORED


def drawn(lane: Lane, reading: Reading) -> set[Move]:
    """The moves between different states that the picture shows for a reading."""
    return {
        (action, source, arrow.target)
        for arrow in lane.arrows
        if arrow.under(reading)
        for action in arrow.actions
        for source in arrow.sources
        if source != arrow.target
    }


def effect_of(move: Move, reading: Reading) -> Effect:
    """What the picture says about stored copies where it draws the move."""
    action, source, target = move
    (effect,) = {
        arrow.effect
        for arrow in lane_of(reading).arrows
        if arrow.under(reading)
        and action in arrow.actions
        and source in arrow.sources
        and target == arrow.target
    }
    return effect


def lane_of(reading: Reading) -> Lane:
    """The picture of a checkpoint under a reading."""
    (lane,) = (one for one in CHECKPOINT_LANES if reading in one.readings)
    return lane


under_each_reading = pytest.mark.parametrize("reading", MSCS_READINGS, ids=lambda one: one.name)


def test_states_are_those_of_the_system() -> None:
    """The picture has the states of a resource that the transition system has."""
    assert set(RESOURCE.states) == set(STATUSES)


@under_each_reading
def test_resource_arrows_are_the_steps(reading: Reading) -> None:
    """The arrows of a resource are the changes of its state that actions make: all and no other."""
    assert drawn(RESOURCE, reading) == seen(reading).resource


@under_each_reading
def test_checkpoint_arrows_are_the_steps(reading: Reading) -> None:
    """The arrows of a checkpoint are the changes of its state that actions make."""
    assert drawn(lane_of(reading), reading) == seen(reading).checkpoint


@under_each_reading
def test_loops_are_drawn_where_they_happen(reading: Reading) -> None:
    """Restores, failed ones and saves leave a resource in the state that has the loop."""
    loops = {
        (action, arrow.target)
        for arrow in RESOURCE.arrows
        if arrow.under(reading) and arrow.sources == (arrow.target,)
        for action in arrow.actions
    }
    kinds = {"restore", "fail_restore", "save"}

    assert loops == {one for one in seen(reading).loops if one[0] in kinds}


@under_each_reading
def test_copies_change_only_as_drawn(reading: Reading) -> None:
    """A stored copy changes only along an arrow that says so, and in the way that it says."""
    inside = [one for one in seen(reading).copies if one[0][1] != one[0][2] or _is_loop(one[0])]
    wrong = [(move, found) for move, found in inside if effect_of(move, reading) not in found]

    assert inside
    assert wrong == []


def _is_loop(move: Move) -> bool:
    """Whether a move that stays in its state is drawn: a change that is captured."""
    return move[0] in {"write", "delete_tree"} and move[1] == move[2]


@pytest.mark.parametrize("lane", CHECKPOINT_LANES, ids=lambda lane: lane.name)
def test_effects_are_seen(lane: Lane) -> None:
    """Each arrow that says what becomes of a stored copy is seen to do so in some step."""
    changed = {move for reading in lane.readings for move, _ in seen(reading).copies}
    expected = {
        (action, source, arrow.target)
        for arrow in lane.arrows
        if arrow.effect in {Effect.CAPTURED, Effect.DROPPED, Effect.AS_BACKED_UP}
        for action in arrow.actions
        for source in arrow.sources
    }

    assert expected - changed == {("restore_database", UNLISTED, UNLISTED)}


@under_each_reading
def test_restored_tree_is_the_copy(reading: Reading) -> None:
    """After an arrow that says restored, the tree on the owner is the stored copy."""
    assert seen(reading).restored_the_copy == {True}


def test_missing_arrow_is_noticed() -> None:
    """A picture without one of the arrows does not pass for the system's."""
    reading = MSCS_READINGS[0]
    lane = replace(RESOURCE, arrows=RESOURCE.arrows[1:])

    assert drawn(lane, reading) != seen(reading).resource


@pytest.mark.parametrize("lane", LANES, ids=lambda lane: lane.name)
def test_boxes_hold_states(lane: Lane) -> None:
    """A box holds states of its lane, and an arrow begins and ends at states."""
    boxed = {state for box in lane.boxes for state in box.states}
    joined = {state for arrow in lane.arrows for state in (*arrow.sources, arrow.target)}

    assert boxed <= set(lane.states)
    assert len({box.name for box in lane.boxes}) == len(lane.boxes)
    assert joined == set(lane.states)


def test_picture_has_every_arrow_and_state() -> None:
    """The picture is well-formed and has a line for each arrow and a name for each state."""
    root = ET.fromstring(picture())  # noqa: S314 - made in the line itself
    lines = [one for one in root.iter(f"{SVG}path") if one.get("class") == "arrow"]
    names = [one.text for one in root.iter(f"{SVG}text") if one.get("class") == "name"]
    arrows: list[Arrow] = [arrow for lane in LANES for arrow in lane.arrows]

    assert len(lines) == len(arrows)
    assert names == [state for lane in LANES for state in lane.states]


def test_picture_is_accessible() -> None:
    """The picture has a title, a description with every arrow, a background and a generic font."""
    root = ET.fromstring(picture())  # noqa: S314 - made in the line itself
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    background = root.find(f"{SVG}rect")
    described = "" if description is None else description.text or ""
    told = [arrow.description for lane in LANES for arrow in lane.arrows]

    assert title is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    assert [text for text in told if f"{text}." not in described] == []
    assert background is not None
    assert background.get("fill") == "#ffffff"
    assert set(re.findall(r'font-family[=:] *"?([\w-]+)', picture())) == {"sans-serif", "monospace"}
