"""Witnesses are executed, and what cannot be witnessed fails."""

from dataclasses import replace

import pytest
from z3 import BoolVal

from clusckpt_proofs import Result
from clusckpt_proofs.names import differences, instance_name
from clusckpt_proofs.tour import checkpoint_program, checkpoint_tour, run
from clusckpt_proofs.witnesses import witness_obligations
from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import Claim, Invariant
from clusckpt_spec.system.predicates import online
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.state import State


def test_a_run_that_may_not_happen_is_an_error() -> None:
    """A schedule with a step that is not enabled says which step that is."""
    program, start = checkpoint_program(MSCS_PAGE)

    with pytest.raises(
        ValueError, match=r"step 1 of the run, \('begin_offline', \(0,\)\), is not enabled"
    ):
        run(program, start, (("begin_offline", (0,)),))


def test_premises_that_cannot_be_met_fail() -> None:
    """An invariant about what is online and deleted is vacuous, and its witness fails."""

    def vacuous(s: State, r: Term) -> Claim:
        premises = {"online": online(s, r), "deleted": s.status(r) == DELETED}
        return Claim(premises, BoolVal(val=False))

    claim = Invariant("vacuous", (RuleID.DELETED_WITH_RESOURCE,), (("r", "resource"),), vacuous)
    specification = replace(CHECKPOINTS, invariants=(claim,), theorems=())
    chosen = [one for one in witness_obligations(specification, MSCS_PAGE) if "vacuous" in one.name]

    assert [one.verdict().result for one in chosen] == [Result.FAILS]


def test_steps_are_told_in_words() -> None:
    """A step is named with its elements, and so is everything that it changed."""
    program, start = checkpoint_program(MSCS_PAGE)
    tour = checkpoint_tour(MSCS_PAGE)
    states = run(program, start, tour[:1])

    assert instance_name(program, tour[0]) == "write(N1, K1, D2)"
    assert list(differences(program, *states)) == ["registry(N1, K1): absent -> D2"]


def test_every_state_of_a_resource_has_a_name() -> None:
    """The state that was added last is told by its name, as every other."""
    program, start = checkpoint_program(MSCS_PAGE)
    tour = checkpoint_tour(MSCS_PAGE)
    number = tour.index(("begin_offline", (0,)))
    states = run(program, start, tour)[number : number + 2]

    assert "status(R1): online -> offline pending" in list(differences(program, *states))


@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
def test_tours_differ_in_actions_only(reading: Reading) -> None:
    """A tour does every action of its reading, and no other."""
    done = {name for name, _ in checkpoint_tour(reading)}

    assert done == {action.name for action in CHECKPOINTS.actions_under(reading)}
