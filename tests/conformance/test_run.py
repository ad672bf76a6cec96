"""The run: planted bugs are caught for their rule, and what follows the rules is not accused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clusckpt.conformance import Budget, Plan, Result, run
from clusckpt.oracle import VerdictKind
from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import Fault, FaultKind, Party
from clusckpt_spec.formats.events import AnyEvent, OfflineClusterResource
from clusckpt_spec.readings import (
    KB174070,
    MS_CMRP,
    MSCS_PAGE,
    WINDOWS_OBSERVED,
    Reading,
)
from clusckpt_spec.register import RuleID
from tests.conformance.faulty_party import CrashingParty, planted_bug, with_bug

CAUGHT = {
    "skip capture": 4,
    "restore to the old node": 4,
    "capture while offline": 8,
    "delete what is not listed": 4,
    "delete an online resource": 12,
    "strip a leading backslash": 24,
    "keep the checkpoint of a deleted resource": 4,
    "no copy at add": 12,
    "run on without a quorum": 24,
}
"""The number of programs about the broken rule within which each planted bug is found."""


def result_of(party: Party, plan: Plan) -> Result:
    """The result of a run on a party."""
    return run(party, party.initialize(), plan)


def events_of(result: Result) -> tuple[AnyEvent, ...]:
    """The calls of the program of the first finding."""
    return tuple(line.event for line in result.findings[0].execution.trace.lines)


@pytest.mark.parametrize("name", CAUGHT)
def test_a_planted_bug_is_caught_for_its_rule(name: str) -> None:
    """Within a stated number of programs, with a short program that shows it again."""
    bug = planted_bug(name)
    rules = frozenset({bug.rule})
    plan = Plan((bug.judged_by,), Budget(CAUGHT[name]), rules=rules)
    result = result_of(with_bug(name), plan)
    (finding,) = result.findings

    assert finding.rule is bug.rule
    assert finding.steady
    assert len(events_of(result)) <= 10
    assert result.verdict is VerdictKind.VIOLATES
    assert result.consistent == ()


@pytest.mark.parametrize(
    ("reading", "programs"),
    [(MSCS_PAGE, 24), (KB174070, 16), (WINDOWS_OBSERVED, 16), (MS_CMRP, 3)],
    ids=lambda one: getattr(one, "name", one),
)
def test_the_model_is_not_accused(reading: Reading, programs: int) -> None:
    """The model under each reading about Windows conforms to it in every program."""
    result = result_of(ModelParty(reading), Plan((reading,), Budget(programs)))

    assert result.findings == ()
    assert result.verdict is VerdictKind.CONFORMS
    assert result.programs == programs


def test_another_reading_is_told_apart() -> None:
    """What delays captures breaks the page's capture on change, in two calls."""
    result = result_of(ModelParty(WINDOWS_OBSERVED), Plan((MSCS_PAGE,), Budget(10)))
    (finding,) = result.findings

    assert finding.rule is RuleID.CAPTURE_ONLINE
    assert len(events_of(result)) == 2


def test_a_violation_is_what_no_reading_explains() -> None:
    """Judged by two readings, the model of one is refuted under the other and conforms."""
    readings = (MSCS_PAGE, WINDOWS_OBSERVED)
    result = result_of(ModelParty(WINDOWS_OBSERVED), Plan(readings, Budget(8)))

    assert result.findings == ()
    assert result.verdict is VerdictKind.CONFORMS
    assert result.consistent == ("windows-observed",)
    assert result.refuted["mscs-page"].rule is RuleID.CAPTURE_ONLINE
    assert len(result.refuted["mscs-page"].execution.trace.lines) == 2


def test_what_no_reading_explains_is_found_under_several() -> None:
    """A deleted online resource breaks a rule that every reading has."""
    plan = Plan((WINDOWS_OBSERVED, MSCS_PAGE), Budget(20), rules=frozenset({RuleID.DELETE_STATES}))
    result = result_of(with_bug("delete an online resource"), plan)

    assert [one.rule for one in result.findings] == [RuleID.DELETE_STATES]
    assert result.findings[0].readings == ("windows-observed", "mscs-page")


def test_the_same_seed_gives_the_same_run() -> None:
    """Programs, answers and the shortest program depend on the seed alone."""
    plan = Plan((MSCS_PAGE,), Budget(20), seed=3)
    one, other = (result_of(with_bug("capture while offline"), plan) for _ in range(2))
    another = result_of(ModelParty(MSCS_PAGE), Plan((MSCS_PAGE,), Budget(4), seed=4))
    first = result_of(ModelParty(MSCS_PAGE), Plan((MSCS_PAGE,), Budget(4), seed=3))

    assert one.findings == other.findings
    assert (one.programs, one.executions) == (other.programs, other.executions)
    assert another.calls != first.calls


def test_the_database_resumes(tmp_path: Path) -> None:
    """A failing program that is kept is the first one of the next run, whatever its seed."""
    rules = frozenset({RuleID.DELETE_STATES})

    def programs(seed: int) -> int:
        plan = Plan((MSCS_PAGE,), Budget(60), seed, rules, tmp_path)
        return result_of(with_bug("delete an online resource"), plan).programs

    programs(1)

    assert programs(2) == 1
    assert any(tmp_path.rglob("*"))


def test_keep_going_finds_other_rules() -> None:
    """A run that goes on finds each rule once, and more rules than one that stops."""
    rules = frozenset({RuleID.CAPTURE_ONLINE, RuleID.DELETE_STATES})
    behaviour = planted_bug("delete an online resource").behaviour
    party = ModelParty(planted_bug("skip capture").rulebook, behaviour=behaviour)
    plan = Plan((MSCS_PAGE,), Budget(48), rules=rules, keep_going=True)
    found = [one.rule for one in result_of(party, plan).findings]

    assert sorted(found) == sorted(rules)


def test_a_budget_of_seconds_ends() -> None:
    """A budget of time alone ends the run, after one program at least."""
    result = result_of(ModelParty(MSCS_PAGE), Plan((MSCS_PAGE,), Budget(seconds=1)))

    assert result.programs > 0


def test_a_crash_is_a_fault_and_the_run_goes_on() -> None:
    """An adapter that crashes at a call is restarted; the fault is no violation."""
    party = CrashingParty("OfflineClusterResource")
    result = result_of(party, Plan((MSCS_PAGE,), Budget(16)))
    (seen,) = result.faults

    assert seen.fault.kind is FaultKind.CRASHED
    assert seen.times == party.restarts > 0
    assert any(isinstance(event, OfflineClusterResource) for event in seen.program.events)
    assert result.programs == 16
    assert result.findings == ()
    assert result.verdict is VerdictKind.UNDECIDED


def test_an_adapter_that_does_not_start_again_ends_the_run() -> None:
    """The run ends at once, with what was seen until then."""
    party = CrashingParty("OnlineClusterResource", starts_again=False)
    result = result_of(party, Plan((MSCS_PAGE,), Budget(50)))

    assert result.programs < 50
    assert result.faults[-1].fault == Fault(
        FaultKind.NOT_STARTED, "initialize", "no such file", "name a program"
    )
    assert result.verdict is VerdictKind.UNDECIDED


def test_progress_is_told() -> None:
    """Progress counts every program once."""
    seen: list[int] = []
    progress: Callable[[int], None] = seen.append
    party = ModelParty(MSCS_PAGE)
    run(party, party.initialize(), Plan((MSCS_PAGE,), Budget(5)), progress)

    assert seen == [1, 2, 3, 4, 5]
