"""Where a reading does not promise a rule of the page, a run breaks it, and is a legal trace."""

import pytest

from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import rulebook
from clusckpt_proofs.counterexamples import (
    RUNS,
    arises,
    counterexample_obligations,
    promised,
    refuted,
    told_as_traces,
)
from clusckpt_proofs.obligation import Result
from clusckpt_spec.readings import KB174070, LIVE_PAIR, MSCS_PAGE, READINGS, Reading
from clusckpt_spec.readings import WINDOWS_OBSERVED as OBSERVED
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.invariants.page import PAGE

EVERY = READINGS.values()
CLAIMS = {one.name: one for one in PAGE}


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("reading", EVERY, ids=lambda one: one.name)
def test_every_rule_is_promised_or_broken(reading: Reading) -> None:
    """No rule of the page is left open: it is proved as it stands, or there is a counterexample."""
    verdicts = [one.verdict() for one in counterexample_obligations(CHECKPOINTS, reading)]
    open_ones = [one.name for one in PAGE if not promised(one, reading) and arises(one, reading)]

    assert [one.result for one in verdicts] == [Result.HOLDS] * len(open_ones)
    assert list(counterexample_obligations(CALLS, reading)) == []


@pytest.mark.parametrize("reading", [MSCS_PAGE, KB174070], ids=lambda one: one.name)
def test_immediate_capture_breaks_nothing(reading: Reading) -> None:
    """Under the page and KB174070 every rule is promised, and none of the runs breaks one."""
    assert all(promised(one, reading) for one in PAGE)
    assert [one.name for one in PAGE if refuted(one, reading)] == []


@pytest.mark.parametrize(
    ("name", "reading", "cause"),
    [
        ("captured_while_online", OBSERVED, "a change that still waits"),
        ("offline_change_overwritten", OBSERVED, "a crash before the capture"),
        ("own_data_while_online", OBSERVED, "online although a restore failed"),
        ("restored_before_online", LIVE_PAIR, "a change that still waits"),
    ],
)
def test_what_breaks_a_rule(name: str, reading: Reading, cause: str) -> None:
    """The run that is shown is the first that breaks the rule, under a name that says why."""
    found = refuted(CLAIMS[name], reading)

    assert found is not None
    assert found.cause == cause


def test_every_run_serves() -> None:
    """None of the runs is there for nothing: each shows something under some reading."""
    serving = {
        found.cause
        for reading in EVERY
        for one in PAGE
        if (found := refuted(one, reading)) is not None
    }

    assert serving <= set(RUNS)


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("reading", EVERY, ids=lambda one: one.name)
def test_each_is_a_trace_that_its_reading_allows(reading: Reading) -> None:
    """The oracle follows every counterexample under its reading, and finds nothing wrong."""
    for found, trace in told_as_traces(reading):
        verdict = replay(trace.header, trace.lines, rulebook(reading))

        assert verdict.kind is VerdictKind.CONFORMS, found.cause


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_the_page_does_not_allow_a_change_that_waits() -> None:
    """The trace of a change that still waits violates the page's rule of capture."""
    told = {one.invariant.name: trace for one, trace in told_as_traces(OBSERVED)}
    trace = told["captured_while_online"]
    verdict = replay(trace.header, trace.lines, rulebook(MSCS_PAGE))

    assert verdict.kind is VerdictKind.VIOLATES
