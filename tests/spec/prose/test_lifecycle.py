"""The life cycle: the arrows drawn are exactly the steps that the actions can take."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from clusckpt_spec.prose.lifecycle import (
    CHECKPOINT,
    FOLLOWED,
    LANES,
    RESOURCE,
    RESTORED,
    STORED,
    UNLISTED,
    Arrow,
    Effect,
    Lane,
    picture,
)
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Concrete, Program
from clusckpt_spec.system.sorts import STATUS, Scope

STATUSES: tuple[str, ...] = tuple(
    STATUS.constructor(at).name().replace("_", " ") for at in range(STATUS.num_constructors())
)
SCOPES = (
    Scope(node=2, resource=1, key=1, data=3),
    Scope(node=1, resource=2, key=1, data=3),
    Scope(node=1, resource=1, key=2, data=3),
)
SVG = "{http://www.w3.org/2000/svg}"
Move = tuple[str, str, str]
"""An action, the state before it, the state after it."""


@dataclass(frozen=True)
class Step:
    """A step that was seen: the action, whose it is, and the tables before and after."""

    action: str
    actor: int | None
    before: dict[str, Any]
    after: dict[str, Any]


@cache
def steps() -> tuple[Step, ...]:
    """Every step that can be reached in one of the scopes."""
    return tuple(step for scope in SCOPES for step in _explored(_program(scope)))


def _program(scope: Scope) -> Program:
    """Each key lies under those before it, and the first is the root that all resources get."""
    keys = range(scope.key)
    rigid = {
        "under": tuple(tuple(above <= key for key in keys) for above in keys),
        "possible": ((True,) * scope.node,) * scope.resource,
        "claims": (tuple(key == 0 for key in keys),) * scope.resource,
        "alone": (False,) * scope.resource,
        "absent": 0,
        "empty": 1,
    }
    return Program(CHECKPOINTS, MSCS_PAGE, scope, rigid)


def _explored(program: Program) -> Iterator[Step]:
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
        for (action, arguments), successor in program.steps(state):
            actor = arguments[0] if action in by_resource else None
            before, after = (dict(zip(names, one, strict=True)) for one in (state, successor))
            yield Step(action, actor, before, after)
            if successor not in known:
                known.add(successor)
                waiting.append(successor)


def resource_state(tables: dict[str, Any], resource: int) -> str:
    """The state of a resource."""
    status: int = tables["status"][resource]
    return STATUSES[status]


def checkpoint_state(tables: dict[str, Any], resource: int) -> str:
    """The state of the checkpoint of the only root, as the picture names it."""
    if not tables["checkpoint"][resource][0]:
        return UNLISTED
    if not tables["restored"][resource][0]:
        return STORED
    return FOLLOWED if resource_state(tables, resource) == "online" else RESTORED


def seen(state_of: Callable[[dict[str, Any], int], str]) -> set[Move]:
    """The moves between different states that some step makes."""
    return {
        (step.action, state_of(step.before, resource), state_of(step.after, resource))
        for step in steps()
        for resource in range(len(step.before["status"]))
        if state_of(step.before, resource) != state_of(step.after, resource)
    }


def drawn(lane: Lane) -> set[Move]:
    """The moves between different states that the picture shows."""
    return {
        (action, source, arrow.target)
        for arrow in lane.arrows
        for action in arrow.actions
        for source in arrow.sources
        if source != arrow.target
    }


def copies_changed() -> Iterator[tuple[Move, Step, int]]:
    """The steps that change the stored copy of a checkpoint."""
    for step in steps():
        for resource in range(len(step.before["status"])):
            if step.before["copy"][resource] != step.after["copy"][resource]:
                states = [checkpoint_state(one, resource) for one in (step.before, step.after)]
                yield (step.action, states[0], states[1]), step, resource


def effect_of(move: Move) -> Effect:
    """What the picture says about stored copies where it draws the move."""
    action, source, target = move
    (effect,) = {
        arrow.effect
        for arrow in CHECKPOINT.arrows
        if action in arrow.actions and source in arrow.sources and target == arrow.target
    }
    return effect


def test_states_are_those_of_the_system() -> None:
    """The picture has the states of a resource that the transition system has."""
    assert set(RESOURCE.states) == set(STATUSES)


def test_resource_arrows_are_the_steps() -> None:
    """The arrows of a resource are the changes of its state that actions make: all and no other."""
    assert drawn(RESOURCE) == seen(resource_state)


def test_checkpoint_arrows_are_the_steps() -> None:
    """The arrows of a checkpoint are the changes of its state that actions make."""
    assert drawn(CHECKPOINT) == seen(checkpoint_state)


def test_restore_is_drawn_where_it_happens() -> None:
    """A resource is restored only in the state that has the loop, and stays in it."""
    happened = {
        (resource_state(step.before, step.actor), resource_state(step.after, step.actor))
        for step in steps()
        if step.action == "restore" and step.actor is not None
    }
    (loop,) = (arrow for arrow in RESOURCE.arrows if arrow.actions == ("restore",))

    assert happened == {(source, loop.target) for source in loop.sources}


def test_copies_change_only_as_drawn() -> None:
    """A stored copy changes only along an arrow that says so, and in the way that it says."""
    wrong = []
    for move, step, resource in copies_changed():
        effect = effect_of(move)
        allowed = {
            Effect.CAPTURED: step.after["registry"][step.before["owner"][resource]],
            Effect.DROPPED: (0,) * len(step.after["copy"][resource]),
            Effect.AS_BACKED_UP: step.before["backup_copy"][resource][0],
        }
        if step.after["copy"][resource][0] != allowed.get(effect):
            wrong.append((move, effect))

    assert wrong == []


def test_effects_are_seen() -> None:
    """Each arrow that says what becomes of a stored copy is seen to do so in some step."""
    changed = {move for move, _, _ in copies_changed()}
    expected = {
        (action, source, arrow.target)
        for arrow in CHECKPOINT.arrows
        if arrow.effect in {Effect.CAPTURED, Effect.DROPPED, Effect.AS_BACKED_UP}
        for action in arrow.actions
        for source in arrow.sources
    }

    assert expected - changed == {("restore_database", UNLISTED, UNLISTED)}
    assert {move for move in changed if not effect_of(move)} == set()


def test_restored_tree_is_the_copy() -> None:
    """After an arrow that says restored, the tree on the owner is the stored copy."""
    restores = [
        (step.after["registry"][step.after["owner"][step.actor]], step.after["copy"][step.actor][0])
        for step in steps()
        if step.action == "restore" and step.actor is not None
    ]

    assert restores
    assert [one for one in restores if one[0] != one[1]] == []


def test_missing_arrow_is_noticed() -> None:
    """A picture without one of the arrows does not pass for the system's."""
    lane = Lane(RESOURCE.name, RESOURCE.title, RESOURCE.states, RESOURCE.boxes, RESOURCE.arrows[1:])

    assert drawn(lane) != seen(resource_state)


@pytest.mark.parametrize("lane", LANES, ids=lambda lane: lane.name)
def test_boxes_hold_states(lane: Lane) -> None:
    """A box holds states of its lane, and an arrow begins and ends at states."""
    boxed = {state for box in lane.boxes for state in box.states}
    joined = {state for arrow in lane.arrows for state in (*arrow.sources, arrow.target)}

    assert boxed <= set(lane.states)
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
