"""A mutant is equivalent only if that is proved; what is proved of it is of its relation."""

import pytest
import z3

from clusckpt_proofs.mutation.clause import straight
from clusckpt_proofs.mutation.equivalence import equivalent
from clusckpt_proofs.mutation.mutants import mutants
from clusckpt_proofs.mutation.relation import relation
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.system import TransitionSystem
from tests.proofs.mutation.toy import LAMPS, SYSTEM

CALL_SYSTEM = TransitionSystem(CALLS, MSCS_PAGE, unbounded())


def _same(one: Term, other: Term) -> bool:
    solver = z3.Solver()
    solver.add(z3.Xor(one, other))
    return bool(solver.check() == z3.unsat)


def test_only_what_the_invariants_imply() -> None:
    """Of the mutants of putting out a lamp, one alone is proved to be no change."""
    clause = straight(SYSTEM, LAMPS.actions[1])
    proved = [one.name for one in mutants(SYSTEM, clause) if equivalent(SYSTEM, clause, one, 5_000)]

    assert proved == ["dim/guard/drop-guard/1"]


@pytest.mark.parametrize("name", [entry.name for entry in CALLS.actions])
def test_the_relation_of_a_clause_is_that_of_its_action(name: str) -> None:
    """What is proved of an unchanged clause is what is proved of the action itself."""
    action = next(entry for entry in CALLS.actions if entry.name == name)
    clause = straight(CALL_SYSTEM, action)

    assert _same(relation(CALL_SYSTEM, clause), CALL_SYSTEM.relations[name])


def test_the_relation_of_a_mutant_is_another() -> None:
    """The comparison above finds every mutant of an action."""
    clause = straight(CALL_SYSTEM, CALLS.actions[0])
    every = list(mutants(CALL_SYSTEM, clause))

    assert every
    assert not any(
        _same(relation(CALL_SYSTEM, one.clause), CALL_SYSTEM.relations["call_entry_point"])
        for one in every
    )
