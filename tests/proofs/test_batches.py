"""Obligations discharged together have the verdicts that each has alone."""

import pytest
from z3 import Bool, Not

from clusckpt_proofs import Kind, Obligation, Result, obligations, unbounded
from clusckpt_proofs.batches import Batch, discharged, portions
from clusckpt_proofs.unbounded import proof, unbounded_obligations
from clusckpt_spec.readings import KB174070, MSCS_PAGE
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.sorts import Term
from tests.undecided import undecided

RULES = (RuleID.NOT_PASSED_TO_DLL,)


def _step(name: str, *terms: Term) -> Obligation:
    return proof(f"some/calls/step/{name}/action", Kind.STEP, RULES, lambda: list(terms))


def test_together_is_as_alone() -> None:
    """Every obligation of the calls has the same result in a batch as by itself."""
    chosen = list(unbounded_obligations(CALLS, MSCS_PAGE))
    together = list(discharged(chosen))

    assert [one.name for one in together] == [one.name for one in chosen]
    assert [one.result for one in together] == [one.verdict().result for one in chosen]


def test_what_can_be_refuted_is_not_proved_in_a_batch() -> None:
    """What does not follow fails, even after others with the same premises were proved."""
    flag, other = Bool("flag"), Bool("other")
    batch = Batch()
    results = [
        batch.verdict(one).result
        for one in (
            _step("follows", flag, Not(flag)),
            _step("does_not", flag, Not(other)),
            _step("follows_again", flag, Not(flag)),
        )
    ]

    assert results == [Result.HOLDS, Result.FAILS, Result.HOLDS]


def test_the_same_terms_are_proved_once() -> None:
    """Readings with the same terms share one proof, and the verdict names the other."""
    first, second = (
        next(iter(unbounded_obligations(CALLS, reading))) for reading in (MSCS_PAGE, KB174070)
    )
    _, shared = discharged([first, second])

    assert shared.result is Result.HOLDS
    assert shared.story == (f"the same terms as {first.name}: one proof",)


def test_other_terms_are_not_shared() -> None:
    """A proof is not shared by an obligation of which one term differs."""
    flag, other = Bool("flag"), Bool("other")
    first, second = discharged([_step("one", flag, Not(flag)), _step("two", other, Not(other))])

    assert first.result is second.result is Result.HOLDS
    assert second.story == ()


def test_out_of_time_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a batch too, a solver that gets no time answers unknown."""
    monkeypatch.setattr(unbounded, "TIMEOUT_MILLISECONDS", 1)

    assert [one.result for one in discharged([undecided()])] == [Result.UNKNOWN]


def test_every_obligation_is_in_one_portion() -> None:
    """Portions share the obligations out: each is in one, and none is in two."""
    every = obligations([MSCS_PAGE, KB174070])
    planned = portions(every)

    assert sorted(position for some in planned for position in some) == list(range(len(every)))
    assert len(planned) > 2


def test_proofs_of_an_action_go_together() -> None:
    """The proofs about one action, under both readings, are one portion."""
    every = obligations([MSCS_PAGE, KB174070])
    ending = "/step/one_code_at_a_time/answer"
    both = {number for number, one in enumerate(every) if one.name.endswith(ending)}

    assert len(both) == 2
    assert any(both <= set(some) for some in portions(every))
