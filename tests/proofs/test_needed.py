"""A premise that is not needed is found out, and a counterexample that is not one too."""

import pytest
from z3 import Solver

from clusckpt_proofs import Result, needed
from clusckpt_proofs.decode import Counterexample, decode
from clusckpt_proofs.needed import FiniteSystem, needed_obligations
from clusckpt_proofs.obligation import Answer
from clusckpt_proofs.smtlib import text
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import Claim, Invariant
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.system import TransitionSystem


def _stored(s: State, r: Term, p: Term) -> Claim:
    """Every stored root is listed, with a premise that nothing needs."""
    premises = {"stored": s.stored(r, p), "covered": s.under(p, p)}
    return Claim(premises, s.checkpoint(r, p))


STORED = Invariant("stored", (RuleID.DELETE_REGISTRY,), (("r", "resource"), ("p", "key")), _stored)


@pytest.fixture(scope="module")
def finite() -> FiniteSystem:
    """The checkpoint system over enumerated sorts."""
    return FiniteSystem(CHECKPOINTS, MSCS_PAGE)


def test_a_needed_premise_has_a_counterexample(finite: FiniteSystem) -> None:
    """Without being stored, a root need not be listed: the counterexample breaks the claim."""
    found = finite.counterexample(STORED, "stored")

    assert isinstance(found, Counterexample)
    assert found.breaks(STORED, "stored")


def test_a_premise_that_is_not_needed_has_none(finite: FiniteSystem) -> None:
    """A premise that always holds can be dropped, and that is reported as a failure."""
    assert finite.counterexample(STORED, "covered") is None


def test_a_counterexample_is_checked(finite: FiniteSystem) -> None:
    """A step after which the claim still holds is not a counterexample to it."""
    found = finite.counterexample(STORED, "stored")

    assert isinstance(found, Counterexample)
    assert not found.breaks(STORED, "covered")


def test_no_time_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that gets no time for a counterexample answers unknown, which is not a pass."""
    monkeypatch.setattr(needed, "TIMEOUT_MILLISECONDS", 1)
    name = "mscs-page/checkpoints/needed/own_data_while_online/no conflict"
    chosen = next(one for one in needed_obligations(CHECKPOINTS, MSCS_PAGE) if one.name == name)

    assert chosen.verdict().result is Result.UNKNOWN


def test_only_finite_models_are_decoded() -> None:
    """A model over uninterpreted sorts has no elements to name, so it is refused."""
    system = TransitionSystem(CHECKPOINTS, MSCS_PAGE, unbounded())
    solver = Solver()
    solver.check()
    model = solver.model()

    with pytest.raises(ValueError, match="only a system over enumerated sorts can be decoded"):
        decode(system, None, model)


def test_what_is_found_does_not_depend_on_the_process() -> None:
    """Asked first, or after others, a question has the same counterexample, terms and all."""

    def found(names: list[str]) -> Answer:
        every = {one.name: one for one in needed_obligations(CALLS, MSCS_PAGE)}
        return [every[f"mscs-page/calls/needed/{name}"].discharge() for name in names][-1]

    asked = "passed_means_issued/passed"
    alone = found([asked])
    later = found(["one_code_at_a_time/issued", "checkpoint_code_is_answerable/issued", asked])

    assert alone.run == later.run
    assert text(alone.satisfied, "sat") == text(later.satisfied, "sat")
