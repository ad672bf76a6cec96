"""An obligation is explained in words: its rules, its claim, its steps, and how it ends."""

from clusckpt_proofs import Result, obligations
from clusckpt_proofs.explanation import Explanation, explained
from clusckpt_spec.readings import MSCS_PAGE


def _explained(name: str) -> Explanation:
    return explained(next(one for one in obligations([MSCS_PAGE]) if one.name == name))


def test_a_counterexample_is_told_step_by_step() -> None:
    """A counterexample names the rule, the claim, what holds at the start, and what changes."""
    told = _explained("mscs-page/checkpoints/needed/own_data_while_online/no conflict")
    start, step = told.rows

    assert told.result is Result.HOLDS
    assert told.rules[0].startswith("CKPT-INSTANCES: ")
    assert "Without its premise 'no conflict' it does not hold:" in told.says
    assert start.what == "at the start"
    assert any(fact.startswith("status(R") and fact.endswith(" = online") for fact in start.facts)
    assert step.what.startswith("1. restore(R")
    assert any(fact.startswith("registry(N") and " -> " in fact for fact in step.facts)
    assert told.ending == "breaks own_data_while_online"


def test_a_witness_is_told_from_an_initial_state() -> None:
    """A witness is a run from the start of a cluster to the step that it shows."""
    told = _explained("mscs-page/calls/witness/pass_on")

    assert told.rows[0].facts == ("an initial state",)
    assert [row.what for row in told.rows if "pass_on(" in row.what] == ["5. pass_on(R1, R2)"]
    assert told.ending == "step 5 does pass_on"


def test_premises_that_are_met_are_told() -> None:
    """A witness of an invariant and of a theorem names the step in which the premises hold."""
    invariant = _explained("mscs-page/checkpoints/witness/own_data_while_online")
    theorem = _explained("mscs-page/checkpoints/witness/restore_brings_the_copy")

    assert "every premise of own_data_while_online holds" in invariant.ending
    assert "every premise of restore_brings_the_copy holds" in theorem.ending


def test_a_deadlock_is_told() -> None:
    """The witness of a cycle of waits ends where the code cannot be answered."""
    told = _explained("mscs-page/calls/witness/ordinary_code_closes_a_cycle")

    assert told.ending == "now answer may not happen"


def test_a_proof_has_no_steps() -> None:
    """A proof for any size has no run, and says that it is one."""
    told = _explained("mscs-page/calls/initial/passed_means_issued")

    assert told.rows == ()
    assert told.says == ("Proved for any number of nodes, resources and keys.",)
