"""Several readings judge a trace in one pass, and the verdict says how many explain it."""

import pytest

from clusckpt.oracle import JudgementKind, Report, VerdictKind, candidates, judge
from clusckpt.oracle.judgement import WINDOWS_READINGS, Judgement
from clusckpt.predictions import bundled_trace
from clusckpt_spec.readings import LIVE_PAIR, MS_CMRP, MSCS_PAGE, READINGS, WINDOWS_OBSERVED


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rc03-optimizer-edits-lost", JudgementKind.CONFORMS),
        ("kb188674-started-outside", JudgementKind.ALLOWED_ONLY_UNDER),
        ("rc11-login-mode-flips", JudgementKind.VIOLATES),
    ],
)
def test_kinds(name: str, kind: JudgementKind) -> None:
    """All, some or none of the readings about Windows explain a trace."""
    trace = bundled_trace(name)

    assert judge(trace.header, trace.lines, tuple(READINGS.values())).kind is kind


def test_lines_are_read_once_and_no_further_than_needed() -> None:
    """A trace that every reading has left is not read to its end, if it is not to go on."""
    trace = bundled_trace("rc11-login-mode-flips")
    lines = iter((*trace.lines, *trace.lines))
    judge(trace.header, lines, WINDOWS_READINGS, goes_on=False)

    assert len(list(lines)) == len(trace.lines)


def test_undecided_is_no_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no reading explains a trace and for some it is open, the judgement is open."""
    monkeypatch.setattr(candidates, "LARGEST_SET", 0)
    trace = bundled_trace("rc01-service-root-key")
    judgement = judge(trace.header, trace.lines, WINDOWS_READINGS)

    assert judgement.kind is JudgementKind.UNDECIDED
    assert judgement.telling.kind is VerdictKind.UNDECIDED


def test_only_the_deciding_readings_make_the_verdict() -> None:
    """A reading that was asked for and does not decide is reported, and changes no verdict."""
    trace = bundled_trace("rc11-login-mode-flips")
    judgement = judge(trace.header, trace.lines, (MSCS_PAGE, LIVE_PAIR), (MSCS_PAGE,))

    assert judgement.kind is JudgementKind.VIOLATES
    assert judgement.consistent == (LIVE_PAIR.name,)


def test_the_telling_report_explains_most() -> None:
    """Of several violations the one that comes last is told."""
    early = Report(MS_CMRP.name, VerdictKind.VIOLATES, 1)
    late = Report(WINDOWS_OBSERVED.name, VerdictKind.VIOLATES, 5)
    judgement = Judgement({early.reading: early, late.reading: late}, (early.reading, late.reading))

    assert judgement.telling is late
