"""A clause as a straight-line program says what the clause says."""

import pytest
import z3

from clusckpt_proofs.mutation.clause import Clause, function_names, straight
from clusckpt_proofs.mutation.relation import expanded
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.symbols import changing, variables
from clusckpt_spec.system.system import TransitionSystem

SYSTEM = TransitionSystem(CHECKPOINTS, MSCS_PAGE, unbounded())
ACTIONS = {entry.name: entry for entry in CHECKPOINTS.actions_under(MSCS_PAGE)}


def _final(clause: Clause, symbol: str) -> Term:
    """What a symbol becomes, of the state before alone, for the variables that name it."""
    name = clause.final[symbol]
    if name in clause.by_name:
        return expanded(clause, clause.by_name[name].body)
    entry = next(one for one in changing(type(SYSTEM.before)) if one.name == symbol)
    return getattr(SYSTEM.before, name)(*variables(SYSTEM.sorts, entry))


def _differ(one: Term, other: Term) -> bool:
    """Whether z3 does not simplify away the question if two terms are equal."""
    solver = z3.Solver()
    solver.add(one != other)
    return bool(solver.check() != z3.unsat)


@pytest.mark.parametrize("name", ["write", "add_checkpoint", "restore", "crash", "backup"])
def test_written_out_it_is_the_clause(name: str) -> None:
    """With every update written out, each symbol becomes what the clause says."""
    action = ACTIONS[name]
    clause = straight(SYSTEM, action)
    step = action.clause(SYSTEM.before, *action.arguments(SYSTEM.sorts))
    wrong = [
        entry.name
        for entry in changing(type(SYSTEM.before))
        if _differ(
            getattr(step.after, entry.name)(*variables(SYSTEM.sorts, entry)),
            _final(clause, entry.name),
        )
    ]

    assert clause.guard.eq(step.guard)
    assert wrong == []


def test_a_wrong_update_is_told_apart() -> None:
    """The comparison above finds an update that was changed."""
    clause = straight(SYSTEM, ACTIONS["join"])
    entry = clause.by_name["up.1"]
    changed = clause.redefined(entry, z3.Not(entry.body))

    assert _differ(_final(clause, "up"), _final(changed, "up"))


def test_layers_keep_their_names() -> None:
    """A later update reads an earlier one by its name, and the last one is the state after."""
    clause = straight(SYSTEM, ACTIONS["write"])

    assert "registry.1" in clause.by_name["copy.1"].reads
    assert clause.final["copy"] == "copy.1"
    assert clause.final["owner"] == "owner"


def test_what_is_overwritten_is_not_live() -> None:
    """An update that nothing depends on is no part of what the action says."""
    clause = straight(SYSTEM, ACTIONS["restore_database"])
    dead = {entry.name for entry in clause.definitions} - clause.live

    assert "tangled.1" in dead
    assert "tangled.2" in clause.live


def test_dependencies_go_through_other_updates() -> None:
    """What an update depends on includes what the updates depend on that it reads."""
    clause = straight(SYSTEM, ACTIONS["write"])
    entry = clause.by_name["unchanged.1"]

    assert "status" not in function_names(entry.body)
    assert "status" in clause.depends(entry)
