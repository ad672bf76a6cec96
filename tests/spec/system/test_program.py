"""The clauses that are proved are the clauses that are run."""

import random

import pytest
import z3

from clusckpt_proofs.tour import N1, NEW, OLD, R1, TREE, checkpoint_program, checkpoint_tour, run
from clusckpt_spec.readings import MSCS_PAGE, READINGS, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.ground import ground
from clusckpt_spec.system.program import Concrete, Program, Table
from clusckpt_spec.system.sorts import Sorts, Term, elements
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbols, declare
from clusckpt_spec.system.translation import source

REGISTRY, COPY = "registry", "copy"


def _table(program: Program, concrete: Concrete, name: str) -> Table:
    at = [entry.name for entry in program.symbols].index(name)
    return concrete[at]


def test_a_run_captures_what_is_written_online() -> None:
    """After the write online of the tour, the copy on the quorum is what was written."""
    program, start = checkpoint_program(MSCS_PAGE)
    tour = checkpoint_tour(MSCS_PAGE)
    states = run(program, start, tour)
    after = states[tour.index(("write", (N1, TREE, NEW))) + 1]
    registry, copy = (_table(program, after, name) for name in (REGISTRY, COPY))

    assert registry[N1][TREE] == copy[R1][TREE][TREE] == NEW


def test_a_run_captures_later_what_waits() -> None:
    """Where a change may wait, the copy is what was written after the capture, not before."""
    program, start = checkpoint_program(WINDOWS_OBSERVED)
    tour = checkpoint_tour(WINDOWS_OBSERVED)
    states = run(program, start, tour)
    at = tour.index(("capture", (R1, TREE)))
    copies = [_table(program, states[number], COPY)[R1][TREE][TREE] for number in (at, at + 1)]

    assert copies == [OLD, NEW]


def test_an_action_that_may_not_happen_answers_none() -> None:
    """A resource that was never brought online cannot begin to go offline."""
    program, start = checkpoint_program(MSCS_PAGE)

    assert program.step(start, ("begin_offline", (0,))) is None


def _constraint(sorts: Sorts, symbols: Symbols, program: Program, concrete: Concrete) -> list[Term]:
    """That the symbols have the values of a concrete state."""

    def equal(term: Term, number: Table, sort: str) -> Term:
        value = z3.BoolVal(number) if sort == "bool" else elements(sorts.named(sort))[number]
        return term == value

    def walk(
        name: str, domain: tuple[str, ...], chosen: tuple[Term, ...], table: Table
    ) -> list[Term]:
        entry = next(one for one in program.symbols if one.name == name)
        if not domain:
            return [equal(getattr(symbols, name)(*chosen), table, entry.range)]
        members = elements(sorts.named(domain[0]))
        parts = zip(members, table, strict=True)
        return [
            term for one, part in parts for term in walk(name, domain[1:], (*chosen, one), part)
        ]

    return [
        term
        for entry, table in zip(program.symbols, concrete, strict=True)
        for term in walk(entry.name, entry.domain, (), table)
    ]


@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
def test_solver_and_program_agree(reading: Reading) -> None:
    """For random steps of random runs, the solver finds the executed state after, and no other."""
    program, state = checkpoint_program(reading)
    sorts = program.state.sorts
    before = declare(State, sorts, reading)
    after = declare(State, sorts, reading, "_next")
    rigid = [before.absent() == elements(sorts.data)[0], before.empty() == elements(sorts.data)[1]]
    for name in ("under", "possible", "claims", "covers", "alone"):
        rigid += _rigid(before, name, program.rigid[name])
    chooser = random.Random(7)  # noqa: S311 - a fixed choice of runs, not a secret
    for _ in range(12):
        instance, successor = chooser.choice(list(program.steps(state)))
        action = next(one for one in CHECKPOINTS.actions if one.name == instance[0])
        numbers = zip(action.parameters, action.arguments(sorts), instance[1], strict=True)
        chosen = [term == elements(sorts.named(sort))[at] for (_, sort), term, at in numbers]
        solver = z3.Solver()
        solver.add(*rigid, *chosen, *_constraint(sorts, before, program, state))
        solver.add(ground(action.relation(before, after)))
        same = z3.And(*_constraint(sorts, after, program, successor))

        assert solver.check() == z3.sat
        assert solver.check(z3.Not(same)) == z3.unsat
        state = successor


def _rigid(symbols: Symbols, name: str, table: Table) -> list[Term]:
    symbol = getattr(symbols, name)
    domain = [elements(symbol.domain(at)) for at in range(symbol.arity())]
    if len(domain) == 1:
        return [symbol(one) == z3.BoolVal(table[at]) for at, one in enumerate(domain[0])]
    return [
        symbol(one, other) == z3.BoolVal(table[at][to])
        for at, one in enumerate(domain[0])
        for to, other in enumerate(domain[1])
    ]


def test_conjunction_of_nothing_is_true() -> None:
    """An empty conjunction is true and an empty disjunction false, when run as when proved."""
    assert (source(z3.And()), source(z3.Or())) == ("True", "False")
