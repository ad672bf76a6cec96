"""The schedule of the collision theorem works for any conflict, and for nothing less than one."""

import pytest
import z3

from clusckpt_proofs.obligation import Kind, Result
from clusckpt_proofs.schedules import schedule_obligations
from clusckpt_proofs.tour import run
from clusckpt_proofs.unbounded import valid
from clusckpt_spec.readings import LIVE_PAIR, MSCS_PAGE, READINGS, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS, conflict
from clusckpt_spec.system.collision import MOVERS, Collision
from clusckpt_spec.system.program import Program, Table
from clusckpt_spec.system.sorts import Scope, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare

MOST_EVENTS = 8
"""The most events that the collision theorem lets a schedule have."""

WINDOWS = [MSCS_PAGE, WINDOWS_OBSERVED]


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("reading", [*WINDOWS, LIVE_PAIR], ids=lambda one: one.name)
def test_it_works_for_any_conflict(reading: Reading) -> None:
    """Every step may happen, and in the end the one resource is online with the other's data."""
    verdicts = [one.verdict() for one in schedule_obligations(CHECKPOINTS, reading)]

    assert {one.kind for one in verdicts} == {Kind.COLLISION}
    assert [one.name for one in verdicts if one.result is not Result.HOLDS] == []
    assert list(schedule_obligations(CALLS, reading)) == []


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
@pytest.mark.parametrize("movers", MOVERS)
def test_it_is_short(reading: Reading, movers: tuple[str, ...]) -> None:
    """At most eight events: what the service does between two requests is no event of anybody."""
    internal = {"restore", "complete_online", "replicate"}
    steps = Collision(reading, unbounded(), movers).schedule

    assert sum(one.action.name not in internal for one in steps) <= MOST_EVENTS


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("movers", MOVERS)
def test_its_premises_are_a_conflict(movers: tuple[str, ...]) -> None:
    """What is assumed of the start includes that the two conflict over the key on the node."""
    collision = Collision(MSCS_PAGE, unbounded(), movers)
    state = declare(State, unbounded(), MSCS_PAGE)
    names = ("loser", "winner", "contested", "shared")
    claimed = conflict(state, *(collision.elements[name] for name in names))
    assumed = [*CHECKPOINTS.axioms(state).values(), *collision.premises(state).values()]

    assert valid([*assumed, z3.Not(claimed)]).result is Result.HOLDS


ELEMENTS = {
    "loser": 0,
    "winner": 1,
    "shared": 0,
    "source": 0,
    "own_root": 0,
    "other_root": 1,
    "contested": 1,
    "ours": 3,
}
CLUSTER = {
    "under": ((True, True), (False, True)),
    "possible": ((True,), (True,)),
    "claims": ((True, False), (False, True)),
    "covers": ((True, True), (False, True)),
    "alone": (False, False),
    "absent": 0,
    "empty": 1,
}
"""One node, and two resources that are given nested roots."""


def played(reading: Reading, elements: dict[str, int], cluster: dict[str, Table]) -> bool | None:
    """Whether the schedule reaches its goal on a small cluster; None if a step may not happen."""
    program = Program(CHECKPOINTS, reading, Scope(1, 2, 2, 4), cluster, history=True)
    tables = {
        entry.name: program.uniform(entry.name, False if entry.range == "bool" else 0)
        for entry in program.symbols
    }
    start = program.concrete(**{**tables, "up": (True,), "registry": ((2, 2),)})
    sorts = program.state.sorts
    collision = Collision(reading, sorts)
    schedule = tuple(
        (one.action.name, tuple(elements[name] for name in one.arguments))
        for one in collision.schedule
    )
    try:
        end = run(program, start, schedule)[-1]
    except ValueError:
        return None
    before, after = (declare(State, sorts, reading, mark) for mark in ("", "_next"))
    goal = z3.And(*collision.goal(before, after).values())
    return program.step_predicate(goal, *elements)(start, end, *elements.values())


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("reading", WINDOWS, ids=lambda one: one.name)
def test_it_runs(reading: Reading) -> None:
    """On a small cluster the schedule is executed, and the goal holds in its last state."""
    assert played(reading, ELEMENTS, CLUSTER) is True


@pytest.mark.rule("CKPT-INSTANCES")
def test_one_resource_is_not_enough() -> None:
    """A resource loses nothing to itself: it cannot begin to come online once more."""
    assert played(MSCS_PAGE, {**ELEMENTS, "winner": 0, "other_root": 0}, CLUSTER) is None


@pytest.mark.rule("CKPT-INSTANCES")
def test_keys_apart_are_not_enough() -> None:
    """If the roots share no key, every step happens and nothing is lost."""
    apart = {**CLUSTER, "under": ((True, False), (False, True))}

    assert played(MSCS_PAGE, {**ELEMENTS, "contested": 0}, apart) is False


@pytest.mark.rule("CKPT-INSTANCES")
def test_a_node_that_hosts_one_is_not_enough() -> None:
    """If the node may not host the other resource, that does not come online there."""
    assert played(MSCS_PAGE, ELEMENTS, {**CLUSTER, "possible": ((True,), (False,))}) is None
