"""What the documents leave open breaks no rule: it is unspecified, and the place is named."""

import pytest

from clusckpt.oracle import JudgementKind, judge, silence, with_silences
from clusckpt.oracle.judgement import WINDOWS_READINGS
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import ClusterResourceControl, OnlineClusterResource
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, Trace, TraceLine
from tests.drive import ADD

HEADER = Header(
    TRACE_FORMAT,
    Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", owner="N1"),), (Resource("A", group="G"),)),
    registry={"N1": {"Software\\Acme": {"v": "old"}}},
)


def _trace(*lines: TraceLine) -> Trace:
    return Trace(HEADER, lines)


STRIPPED = _trace(TraceLine(2, ClusterResourceControl("A", ADD, input="\\Software\\Acme"), 0))
"""An add with a leading backslash that succeeds: the documents say that it fails, one way (A7)."""

IMPOSSIBLE = _trace(
    TraceLine(2, OnlineClusterResource("A"), 0, Observation(states={"A": "Failed"}))
)
"""An online that succeeds, and the resource has failed: no choice allows that."""


def _judged(trace: Trace) -> JudgementKind:
    judgement = judge(trace.header, trace.lines, WINDOWS_READINGS)
    return with_silences(judgement, trace, WINDOWS_READINGS).kind


def test_a_choice_that_no_reading_makes_is_unspecified() -> None:
    """What a single other choice explains is told with that choice, and is no violation."""
    assert judge(STRIPPED.header, STRIPPED.lines, WINDOWS_READINGS).kind is JudgementKind.VIOLATES
    assert _judged(STRIPPED) is JudgementKind.UNSPECIFIED

    (found,) = silence.silences(STRIPPED, WINDOWS_READINGS)
    assert (found.ambiguity, found.choice) == (AmbiguityID.A7, "stripped")


def test_what_no_choice_explains_is_a_violation() -> None:
    """The positive control: a trace that no choice explains violates a rule all the same."""
    assert _judged(IMPOSSIBLE) is JudgementKind.VIOLATES


def test_what_a_reading_explains_is_not_asked() -> None:
    """A trace that conforms is judged as before."""
    assert _judged(_trace(TraceLine(2, OnlineClusterResource("A"), 0))) is JudgementKind.CONFORMS


def test_long_traces_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of a trace that is too long to be replayed so often."""
    monkeypatch.setattr(silence, "LONGEST_TRACE", 0)

    assert silence.silences(STRIPPED, WINDOWS_READINGS) == ()
    assert _judged(STRIPPED) is JudgementKind.VIOLATES
