"""Every fate that a mutant can have, on a system whose mutants are known."""

import pytest

from clusckpt_proofs.mutation.judge import Fate, Judge
from clusckpt_proofs.mutation.mutants import mutants
from clusckpt_proofs.mutation.story import difference
from clusckpt_spec.readings import MSCS_PAGE
from tests.proofs.mutation.toy import SYSTEM, bench, fates


def _of(fate: Fate, name: str, *, toured: bool) -> set[str]:
    return {
        mutant
        for mutant, one in fates(name, toured=toured).items()
        if one.fate(MSCS_PAGE.name) is fate
    }


def test_what_claims_catch() -> None:
    """A mutant that lights a lamp unrecorded is killed by the claim, and so is one that forgets."""
    assert _of(Fate.PROOF, "light", toured=False) == {
        "light/known.1/drop-update/0",
        "light/known.1/and-or/0",
        "light/known.1/negate/1",
        "light/known.1/confuse-times/0",
    }
    assert _of(Fate.PROOF, "dim", toured=False) == {
        "dim/lit.1/drop-conjunct/0",
        "dim/lit.1/and-or/0",
        "dim/lit.1/negate/0",
        "dim/lit.1/swap-variable/0",
        "dim/known/skip-frame/0",
    }


def test_what_the_tour_catches() -> None:
    """What no claim catches, the tour does where it is impossible or comes out differently."""
    caught = _of(Fate.WITNESS, "dim", toured=True)

    assert caught == {
        "dim/guard/negate/0",
        "dim/guard/fix-condition/0",
        "dim/guard/change-symbol/0",
        "dim/guard/negate/1",
        "dim/lit.1/drop-update/0",
        "dim/lit.1/negate/1",
    }
    assert caught <= _of(Fate.SURVIVED, "dim", toured=False)


def test_what_is_no_change() -> None:
    """A lamp that is lit is known, so not to ask whether it is known changes nothing."""
    assert _of(Fate.EQUIVALENT, "dim", toured=True) == {"dim/guard/drop-guard/1"}
    assert _of(Fate.EQUIVALENT, "light", toured=True) == set()


def test_what_nothing_catches() -> None:
    """What is neither claimed nor toured survives: that a lamp is dark, where the dust is."""
    assert _of(Fate.SURVIVED, "light", toured=True) == {
        "light/guard/drop-guard/0",
        "light/guard/change-symbol/0",
        "light/lit.1/drop-disjunct/0",
        "light/lit.1/swap-variable/0",
        "light/lit.1/change-symbol/0",
        "light/known.1/drop-disjunct/0",
        "light/known.1/swap-variable/0",
        "light/known.1/change-symbol/0",
        "light/known.1/change-symbol/1",
        "light/dusty/skip-frame/0",
    }


def test_a_survivor_has_a_story() -> None:
    """A survivor comes with a state in which it does otherwise, told in words."""
    name = "light/lit.1/drop-disjunct/0"
    judgement = fates("light")[name]
    assert judgement.case is not None
    story = list(difference(bench("light"), judgement.mutant.clause, judgement.case))

    assert story[0].startswith("the mutant does light(R1)")
    assert "  lit(R2) becomes false instead of true" in story
    assert story[-1].startswith("where lit(R2)")


def test_a_guard_has_a_story() -> None:
    """A mutant that happens where the action may not says so."""
    judgement = fates("light")["light/guard/drop-guard/0"]
    assert judgement.case is not None
    story = list(difference(bench("light"), judgement.mutant.clause, judgement.case))

    assert story[0] == "the mutant happens as light(R1)"


@pytest.mark.parametrize("name", ["light", "dim"])
def test_no_mutant_is_made_twice(name: str) -> None:
    """No two mutants of a clause are the same, and each has a name of its own."""
    chosen = bench(name)
    every = list(mutants(SYSTEM, chosen.clause))
    said = [
        (one.clause.guard.sexpr(), tuple(entry.body.sexpr() for entry in one.clause.definitions))
        for one in every
        if one.operator != "skip-frame"
    ]

    assert len({one.name for one in every}) == len(every)
    assert len(set(said)) == len(said)


def test_out_of_time_is_unknown() -> None:
    """A solver that gets no time decides nothing, and that is no kill."""
    chosen = bench("dim", toured=False)
    chosen.instance.timeout_milliseconds = 1
    judge = Judge(chosen, timeout_milliseconds=1)
    chosen.instance.solver.set("rlimit", 1)
    decided = {judge.judgement(one).fate(MSCS_PAGE.name) for one in mutants(SYSTEM, chosen.clause)}

    assert Fate.UNKNOWN in decided
    assert Fate.PROOF not in decided
