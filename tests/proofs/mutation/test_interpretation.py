"""In a finite instance a clause comes to what the compiled clauses and the solver say."""

from typing import Any

import pytest
import z3

from clusckpt_proofs.mutation.compiled import Reader
from clusckpt_proofs.mutation.finite import places
from clusckpt_proofs.mutation.interpretation import Interpretation
from clusckpt_proofs.mutation.tasks import Task, judge_of, planned
from clusckpt_proofs.tour import SCOPE, checkpoint_program, checkpoint_tour, run
from clusckpt_spec.readings import READINGS
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.symbols import Declaration
from tests.proofs.mutation.toy import bench


def _after(world: Interpretation, entry: Declaration, place: tuple[int, ...], moment: int) -> int:
    """An entry of the table of a symbol in the state after one of the known cases."""
    value = world.cell(entry.name + "_next", entry.range.capitalize(), place)
    if entry.range == "bool":
        return int(_holds(value, moment))
    if isinstance(value, int):
        return value
    return next(at for at, one in enumerate(value) if _holds(one, moment))


def _holds(condition: int, moment: int) -> bool:
    return condition if isinstance(condition, bool) else bool(condition >> moment & 1)


@pytest.mark.parametrize("name", ["mscs-page", "windows-observed"])
def test_clauses_do_what_the_tour_did(name: str) -> None:
    """At every moment of the tour the clause may happen, and comes to the state that was run."""
    reading = READINGS[name]
    program, start = checkpoint_program(reading)
    schedule = checkpoint_tour(reading)
    states = run(program, start, schedule)
    wrong, checked = [], 0
    for task in planned([reading]):
        if task.specification == CALLS.name:
            continue
        bench = judge_of(task).bench
        if bench.rows.formula(bench.clause.guard) is not True:
            wrong.append((task.action, "may not happen"))
        moments = [at for at, instance in enumerate(schedule) if instance[0] == task.action]
        for moment, at in enumerate(moments):
            for entry, table in zip(program.symbols, states[at + 1], strict=True):
                for place in places(entry.domain, SCOPE):
                    value = table
                    for element in place:
                        value = value[element]
                    checked += 1
                    if _after(bench.rows, entry, place, moment) != int(value):
                        wrong.append((task.action, f"{entry.name}{place}"))

    assert checked
    assert wrong == []


@pytest.mark.parametrize("action", ["delete", "move", "remove_checkpoint"])
def test_originals_break_nothing(action: str) -> None:
    """In no lawful state of the small instance does an action of the rules break a claim."""
    bench = judge_of(Task(("mscs-page",), "checkpoints", action)).bench
    # A guard of its own has every claim evaluated, as for a mutant.
    clause = bench.clause.__class__(
        bench.action, z3.And(bench.clause.guard), bench.clause.definitions, bench.clause.final
    )
    broken = bench.broken(bench.terms, clause)

    assert broken
    assert bench.example(broken) is None


def test_a_found_case_is_lawful() -> None:
    """A state that the solver finds satisfies the axioms and invariants when it is evaluated."""
    bench = judge_of(Task(("mscs-page",), "checkpoints", "delete")).bench
    system = bench.instance.system
    before: Any = system.before
    entry = bench.clause.by_name["checkpoint.1"]
    dropped = bench.clause.redefined(entry, before.checkpoint(*entry.variables))
    example = bench.example(bench.broken(bench.terms, dropped))
    invariants = system.specification.invariants_under(system.reading)
    lawful = [*system.axioms.values(), *(one.formula(system.before) for one in invariants)]

    assert example is not None
    assert example.holding == ("deleted_leaves_no_checkpoint", "deletion_is_of_one_list")
    assert all(bench.rows.formula(term) is True for term in lawful)


def test_rows_and_solver_agree() -> None:
    """Whatever the solver says that a mutant breaks, the same case evaluated breaks too."""
    lamps = bench("dim", toured=False)
    entry = lamps.clause.by_name["lit.1"]
    mutant = lamps.clause.redefined(entry, z3.Not(entry.body))
    example = lamps.example(lamps.broken(lamps.terms, mutant))

    assert example is not None
    assert lamps.known_broken(mutant) == example.holding == ("lit_is_known",)


def test_other_operators_are_refused() -> None:
    """A term that clauses are not made of is not evaluated to something else."""
    with pytest.raises(ValueError, match=r"^clauses are not made of \+$"):
        Reader().read(z3.Int("a") + z3.Int("b"))
