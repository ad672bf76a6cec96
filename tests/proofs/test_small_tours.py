"""The tours of the small systems are runs, and they meet what is proved."""

from collections.abc import Callable
from itertools import product

import pytest
import z3

from clusckpt_proofs.small_tours import (
    container_program,
    container_tour,
    list_program,
    list_tour,
)
from clusckpt_proofs.tour import Schedule, run
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.lists.state import ListState
from clusckpt_spec.system.program import Concrete, Program
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import Specification

Tour = tuple[Program, list[Concrete], Schedule]
Moments = tuple[tuple[Concrete, tuple[int, ...]], ...]
NOTHING: tuple[int, ...] = ()


def _state_of(program: Program) -> ListState:
    """The symbols of a program about lists."""
    assert isinstance(program.state, ListState)
    return program.state


def _list_tour(reading: Reading) -> Tour:
    """The executed tour of the lists."""
    program, start = list_program(reading)
    schedule = list_tour(reading)
    return program, run(program, start, schedule), schedule


def _container_tour(reading: Reading) -> Tour:
    """The executed tour of the key containers."""
    program, start = container_program(reading)
    schedule = container_tour(reading)
    return program, run(program, start, schedule), schedule


BOTH = pytest.mark.parametrize(
    ("specification", "made"),
    [(LISTS, _list_tour), (CONTAINERS, _container_tour)],
    ids=("lists", "containers"),
)
BY_READING = pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)


@BOTH
@BY_READING
def test_tours_do_every_action(
    specification: Specification, made: Callable[[Reading], Tour], reading: Reading
) -> None:
    """A tour does every action of its reading, and no other."""
    _, _, schedule = made(reading)

    assert {name for name, _ in schedule} == {
        action.name for action in specification.actions_under(reading)
    }


@BOTH
@BY_READING
def test_tours_start_lawfully_and_stay_so(
    specification: Specification, made: Callable[[Reading], Tour], reading: Reading
) -> None:
    """A tour starts in an initial state of a given cluster, and every invariant holds all along."""
    program, states, _ = made(reading)
    given = [*specification.axioms(program.state).values()]
    first = [*given, *specification.initial(program.state).values()]
    always = [one.formula(program.state) for one in specification.invariants_under(reading)]

    assert [str(term) for term in first if not program.predicate(term)(states[0])] == []
    assert [str(term) for term in always if not all(map(program.predicate(term), states))] == []


@BOTH
@BY_READING
def test_tours_meet_every_premise(
    specification: Specification, made: Callable[[Reading], Tour], reading: Reading
) -> None:
    """The premises of every invariant hold somewhere, and of every theorem at its action."""
    program, states, schedule = made(reading)
    after = declare(specification.state_type, program.state.sorts, reading, "_next")
    unmet = []
    for one in specification.invariants_under(reading):
        premises = list(one.claim(program.state).premises.values())
        anywhere = tuple((state, NOTHING) for state in states)
        if not _met(program, premises, (), one.variables, anywhere):
            unmet.append(one.name)
    for claim in specification.theorems_under(reading):
        premises = list(claim.claim(program.state, after).premises.values())
        moments = tuple(
            (state, elements)
            for state, (name, elements) in zip(states, schedule, strict=False)
            if name == claim.action.name
        )
        if not _met(program, premises, claim.action.parameters, claim.variables, moments):
            unmet.append(claim.name)

    assert unmet == []


def _met(
    program: Program,
    premises: list[Term],
    parameters: tuple[tuple[str, str], ...],
    variables: tuple[tuple[str, str], ...],
    moments: Moments,
) -> bool:
    """Whether the premises hold at one of the moments for some elements."""
    names = [name for name, _ in (*parameters, *variables)]
    holds = program.predicate(z3.And(*premises), *names)
    sizes = [range(program.size(sort)) for _, sort in variables]
    return any(
        holds(state, *elements, *chosen)
        for state, elements in moments
        for chosen in product(*sizes)
    )


def test_a_premise_that_cannot_be_met_is_found_out() -> None:
    """A resource that is there and is not is met nowhere in the tour."""
    program, states, _ = _list_tour(READINGS["mscs-page"])
    r = z3.Const("r", program.state.sorts.resource)
    there = _state_of(program).present(r)
    moments = tuple((state, NOTHING) for state in states)

    assert _met(program, [there], (), (("r", "resource"),), moments)
    assert not _met(program, [there, z3.Not(there)], (), (("r", "resource"),), moments)
