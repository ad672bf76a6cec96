"""Lines of clocks that disagree are followed in every order that is possible, and in no other."""

import pytest

from clusckpt.oracle import Report, VerdictKind, replay, windows
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    MoveClusterGroup,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine

KEY = "Software\\Acme"
CLUSTER = Cluster(
    CLUSTER_FORMAT,
    ("N1", "N2"),
    (Group("G", owner="N1"),),
    (Resource("A", group="G", registry_checkpoints=(RegistryCheckpoint(KEY),)),),
)
WRITE, MOVE = RegSetValueEx("N1", KEY, "v", "new"), MoveClusterGroup("G", "N2")
SEEN = Observation(registry={"N2": {KEY: {"v": "new"}}})


def _replayed(skew: float | None, *moments: tuple[AnyEvent, float, str]) -> Report:
    """A comes online; then lines with their moments; after a move, N2 has the new value."""
    header = Header(TRACE_FORMAT, CLUSTER, registry={"N1": {KEY: {"v": "old"}}}, skew=skew)
    lines = [TraceLine(2, OnlineClusterResource("A"), 0, None, 0.0, "N1")]
    for number, (event, at, clock) in enumerate(moments, start=3):
        seen = SEEN if event is MOVE else None
        lines.append(TraceLine(number, event, 0, seen, at, clock))
    return replay(header, lines, MSCS_PAGE_RULES)


def test_lines_of_close_moments_may_be_the_other_way_round() -> None:
    """A move that one node logs a second before a write may have come after it."""
    report = _replayed(2.0, (MOVE, 10.0, "N2"), (WRITE, 11.0, "N1"))

    assert report.kind is VerdictKind.CONFORMS
    assert report.explained == 3


def test_lines_far_apart_are_in_order() -> None:
    """The positive control: five seconds are more than the clocks may disagree."""
    report = _replayed(2.0, (MOVE, 10.0, "N2"), (WRITE, 15.0, "N1"))

    assert report.kind is VerdictKind.VIOLATES
    assert report.violation is not None
    assert report.violation.line == 3


def test_lines_of_one_clock_are_in_order() -> None:
    """A node does not disagree with itself."""
    report = _replayed(2.0, (MOVE, 10.0, "N1"), (WRITE, 10.5, "N1"))

    assert report.kind is VerdictKind.VIOLATES


def test_without_a_skew_the_file_is_in_order() -> None:
    """Moments alone change nothing."""
    assert _replayed(None, (MOVE, 10.0, "N2"), (WRITE, 11.0, "N1")).kind is VerdictKind.VIOLATES
    assert _replayed(None, (WRITE, 11.0, "N1"), (MOVE, 10.0, "N2")).kind is VerdictKind.CONFORMS


def test_what_fits_in_no_order_is_a_violation() -> None:
    """Orders are tried, not forgiven: a value that nobody wrote is wrong in each of them."""
    other = RegSetValueEx("N1", KEY, "v", "third")
    report = _replayed(2.0, (MOVE, 10.0, "N2"), (other, 11.0, "N1"))

    assert report.kind is VerdictKind.VIOLATES


def test_too_many_orders_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines in no known order than are tried leave it open, and the report says so."""
    monkeypatch.setitem(replay.__globals__, "LONGEST_WINDOW", 1)
    report = _replayed(2.0, (MOVE, 10.0, "N2"), (WRITE, 11.0, "N1"))

    assert report.kind is VerdictKind.UNDECIDED
    assert "a smaller skew in the header" in report.decisive


def test_a_line_without_a_moment_stands_where_it_stands() -> None:
    """What has no clock is in order with everything."""
    lines = [
        TraceLine(2, WRITE, 0, None, 10.0, "N1"),
        TraceLine(3, WRITE, 0),
        TraceLine(4, MOVE, 0, None, 10.0, "N2"),
    ]

    assert [len(window) for window in windows.windows(lines, 60.0)] == [1, 1, 1]
