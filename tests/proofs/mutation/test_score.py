"""The score counts every mutant of every action, once for each reading."""

from dataclasses import replace

import pytest
import z3

from clusckpt_proofs.mutation.findings import Finding, judged
from clusckpt_proofs.mutation.judge import Fate, Judge
from clusckpt_proofs.mutation.mutants import mutants
from clusckpt_proofs.mutation.relation import relation
from clusckpt_proofs.mutation.score import Score, scored
from clusckpt_proofs.mutation.tasks import Task, drawn, fingerprint, judge_of, planned
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS
from clusckpt_spec.readings import KB174070, MSCS_PAGE, READINGS

CALL_ACTIONS = ("pass_on", "answer", "return_from_entry_point")


@pytest.fixture(scope="module")
def calls() -> Score:
    """The score of half of the small system, under two readings."""
    return scored(planned([MSCS_PAGE, KB174070], CALL_ACTIONS), alone=True)


def _finding(fate: Fate, *killers: str) -> Finding:
    return Finding("r", "s", "a", "a/guard/negate/0", "negate", "", fate, killers)


def test_nothing_is_left_open(calls: Score) -> None:
    """Every mutant of the small system is decided, one way or the other."""
    assert calls.findings
    assert calls.fates(Fate.UNKNOWN) == []
    assert calls.exit_status == 0


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
def test_passing_on_a_checkpoint_code_is_caught(calls: Score) -> None:
    """A service that may pass any code on breaks the claim about codes that were passed on."""
    name = "pass_on/guard/drop-guard/1"
    found = next(one for one in calls.findings if one.name == name)

    assert found.fate is Fate.PROOF
    assert "checkpoint_code_waits_for_no_dll" in found.killers


@pytest.mark.parametrize(
    ("name", "killer"),
    [
        ("delete/checkpoint.1/drop-update/0", "deleted_leaves_no_checkpoint"),
        ("delete/guard/drop-guard/0", "only_the_resting_are_deleted"),
        ("crash/status.1/drop-update/0", "hosted_by_active_possible_owner"),
    ],
)
def test_a_rule_catches_its_slip(name: str, killer: str) -> None:
    """A slip that breaks one rule of the page is caught by the claim that says the rule."""
    judge = judge_of(Task(("mscs-page",), "checkpoints", name.partition("/")[0]))
    every = mutants(judge.bench.instance.system, judge.bench.clause)
    mutant = next(one for one in every if one.name == name)
    broken = judge.bench.broken(judge.bench.terms, mutant.clause)

    assert judge.judgement(mutant).fate("mscs-page") is Fate.PROOF
    assert judge.bench.example({killer: broken[killer]}) is not None


def test_an_action_is_judged_in_full() -> None:
    """No mutant of a whole action is left open, and some have each fate that it should have."""
    found = judged(Task(("mscs-page",), "checkpoints", "restore_database", quick=True))
    fates = {one.fate for one in found}

    assert fates.isdisjoint({Fate.UNKNOWN, Fate.SURVIVED})
    assert {Fate.PROOF, Fate.WITNESS} <= fates


def test_what_is_the_same_is_judged_once(calls: Score) -> None:
    """An action that is the same under two readings has the same findings under both."""
    one, other = (
        [replace(found, reading="") for found in calls.findings if found.reading == reading.name]
        for reading in (MSCS_PAGE, KB174070)
    )
    prints = {fingerprint(task) for task in planned([MSCS_PAGE, KB174070], ["answer"])}

    assert one == other
    assert len(prints) == 1
    assert fingerprint(Task(("mscs-page",), "calls", "pass_on")) not in prints


@pytest.mark.parametrize("specification", [one for one in SPECIFICATIONS if one != "checkpoints"])
def test_every_small_system_can_be_mutated(specification: str) -> None:
    """Of every action of every small system, a few mutants are judged without a fault."""
    chosen = [
        replace(task, sample=2, quick=True)
        for task in planned([MSCS_PAGE])
        if task.specification == specification
    ]
    found = [finding for task in chosen for finding in judged(task)]

    assert {one.action for one in found} == {task.action for task in chosen}
    assert len(found) == 2 * len(chosen)


def test_quick_leaves_out_proofs_only() -> None:
    """What is killed is the same where the solver is not asked about what the tour catches."""
    task = Task(("mscs-page",), "calls", "answer")
    every, fewer = (
        {one.name: one.fate for one in judged(replace(task, quick=quick))}
        for quick in (False, True)
    )
    killed = {Fate.PROOF, Fate.WITNESS}

    assert {name for name, fate in every.items() if fate in killed} == {
        name for name, fate in fewer.items() if fate in killed
    }


def test_each_reading_has_its_own_tour() -> None:
    """Where a tour does not do the action, it does not catch what another reading's tour does."""
    bench = judge_of(Task(("mscs-page",), "calls", "answer")).bench
    two = replace(bench, tours={**bench.tours, "idle": ()})
    judge = Judge(two)
    every = [judge.judgement(one) for one in mutants(two.instance.system, two.clause)]
    caught = [one for one in every if one.fate("mscs-page") is Fate.WITNESS]

    assert caught
    assert {one.fate("idle") for one in caught} == {Fate.SURVIVED}


def test_no_kill_is_provable() -> None:
    """Where a claim fails in a case, no solver proves it of the mutant, for any number."""
    bench = judge_of(Task(("mscs-page",), "calls", "pass_on")).bench
    system = bench.instance.system
    checked = 0
    for mutant in mutants(system, bench.clause):
        for name in bench.known_broken(mutant.clause):
            solver = z3.Solver()
            solver.set("timeout", 2_000)
            solver.add(*system.axioms.values(), system.invariant, relation(system, mutant.clause))
            solver.add(z3.Not(bench.claims[name]))
            checked += 1

            assert solver.check() != z3.unsat

    assert checked


def test_each_claim_has_a_mutant_of_its_own(calls: Score) -> None:
    """An invariant that alone catches a mutant is named with it; one that never does, too."""
    own = {one.claim: one.mutant for one in calls.alone if one.reading == MSCS_PAGE.name}

    assert own["one_code_at_a_time"] == "answer/request.1/drop-conjunct/0"
    assert own["checkpoint_code_waits_for_no_dll"] is None


def test_a_claim_that_follows_says_so(calls: Score) -> None:
    """An invariant that the others imply can catch nothing alone; one that they do not, can."""
    follows = {one.claim for one in calls.alone if one.follows}

    assert "checkpoint_code_waits_for_no_dll" in follows
    assert "one_code_at_a_time" not in follows


def test_the_mutant_of_its_own_breaks_no_other(calls: Score) -> None:
    """Every other invariant is proved of the mutant that one alone catches, for any number."""
    bench = judge_of(Task(("mscs-page",), "calls", "answer")).bench
    system = bench.instance.system
    chosen = next(one for one in calls.alone if one.claim == "one_code_at_a_time")
    mutant = next(one for one in mutants(system, bench.clause) if one.name == chosen.mutant)
    failing = set()
    for name, claim in bench.claims.items():
        solver = z3.Solver()
        solver.add(*system.axioms.values(), system.invariant, relation(system, mutant.clause))
        solver.add(z3.Not(claim))
        if solver.check() != z3.unsat:
            failing.add(name)

    invariants = {one.name for one in system.specification.invariants}

    assert failing & invariants == {"one_code_at_a_time"}


def test_samples_are_drawn_with_a_seed() -> None:
    """The same seed draws the same mutants, and another seed others."""
    bench = judge_of(Task(("mscs-page",), "calls", "answer")).bench

    def names(seed: int) -> list[str]:
        task = Task(("mscs-page",), "calls", "answer", sample=5, seed=seed)
        return [mutant.name for mutant in drawn(task, bench)]

    assert len(names(1)) == 5
    assert names(1) == names(1)
    assert names(1) != names(2)


def test_every_action_is_planned() -> None:
    """No action of any reading is left out."""
    planned_actions = {(task.readings[0], task.action) for task in planned(list(READINGS.values()))}

    assert {reading for reading, _ in planned_actions} == set(READINGS)
    assert ("live-pair", "replicate") in planned_actions
    assert ("live-pair", "restore") not in planned_actions


@pytest.mark.parametrize(
    ("fates", "status"),
    [
        ((Fate.PROOF, Fate.WITNESS, Fate.EQUIVALENT), 0),
        ((Fate.PROOF, Fate.SURVIVED, Fate.UNKNOWN), 1),
        ((Fate.PROOF, Fate.UNKNOWN), 3),
        ((), 3),
    ],
)
def test_exit_status(fates: tuple[Fate, ...], status: int) -> None:
    """Only a full score is status 0; unknown is never a pass, and neither is nothing at all."""
    assert Score(tuple(_finding(fate) for fate in fates)).exit_status == status


def test_ratio_leaves_out_equivalents() -> None:
    """The score is the share of killed mutants among those that are no equivalents."""
    fates = (Fate.PROOF, Fate.WITNESS, Fate.EQUIVALENT, Fate.SURVIVED, Fate.UNKNOWN)

    assert Score(tuple(_finding(fate) for fate in fates)).ratio == 0.5


def test_kills_and_own_kills_are_counted() -> None:
    """A mutant that two claims catch counts for both, and as no claim's own."""
    score = Score((_finding(Fate.PROOF, "one", "two"), _finding(Fate.PROOF, "one")))

    assert score.kills == {("r", "one"): 2, ("r", "two"): 1}
    assert score.own == {("r", "one"): 1}
