"""A log that lacks events is not accused of what those explain; whatever else is wrong is found."""

import pytest

from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES, Rulebook
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
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Missing, Observation, TraceLine

KEY = "Software\\Acme"
CLUSTER = Cluster(
    CLUSTER_FORMAT,
    ("N1", "N2"),
    (Group("G", owner="N1"),),
    (Resource("A", group="G", registry_checkpoints=(RegistryCheckpoint(KEY),)),),
)
Step = tuple[AnyEvent, int | None, Observation | None]


def _replayed(
    missing: tuple[Missing, ...], *steps: Step, rules: Rulebook = MSCS_PAGE_RULES
) -> Report:
    header = Header(TRACE_FORMAT, CLUSTER, registry={"N1": {KEY: {"v": "old"}}}, missing=missing)
    lines = [TraceLine(number, *step) for number, step in enumerate(steps, start=2)]
    return replay(header, lines, rules)


def _sees(node: str, value: str | None) -> Observation:
    return Observation(registry={node: {KEY: {"v": value}}})


ONLINE: Step = (OnlineClusterResource("A"), 0, None)
MOVED: Step = (MoveClusterGroup("G", "N2"), 0, _sees("N2", "new"))


@pytest.mark.parametrize("rules", [MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES])
def test_a_write_that_was_not_logged_is_assumed(rules: Rulebook) -> None:
    """Data that moved with the resource were written before the move, and that is told."""
    report = _replayed(("registry",), ONLINE, MOVED, rules=rules)

    assert report.kind is VerdictKind.CONFORMS
    (assumed,) = report.assumed
    assert assumed.line == 3
    assert isinstance(assumed.events[0], RegSetValueEx)


def test_what_is_logged_in_full_is_not_assumed() -> None:
    """The positive control: where the log has every write, the same trace violates."""
    assert _replayed((), ONLINE, MOVED).kind is VerdictKind.VIOLATES
    assert _replayed(("lifecycle", "ownership"), ONLINE, MOVED).kind is VerdictKind.VIOLATES


def test_a_move_and_an_online_are_assumed() -> None:
    """Owners and states that changed unlogged are explained by the requests for it."""
    seen = Observation(states={"A": "Online"}, owners={"G": "N2"})
    step: Step = (RegSetValueEx("N1", "Software\\Other", "v", "1"), 0, seen)

    assert _replayed(("lifecycle", "ownership"), step).kind is VerdictKind.CONFORMS
    assert _replayed(("ownership",), step).kind is VerdictKind.VIOLATES


def test_what_no_event_explains_is_a_violation() -> None:
    """A call that returns against the rules stays wrong, whatever else was not logged."""
    every: tuple[Missing, ...] = ("registry", "lifecycle", "ownership")
    report = _replayed(every, ONLINE, (OfflineClusterResource("A"), 5, None))

    assert report.kind is VerdictKind.VIOLATES
    assert report.assumed == ()


def test_a_trace_that_fits_assumes_nothing() -> None:
    """Nothing is made up where nothing is missing."""
    report = _replayed(("registry",), ONLINE, (MoveClusterGroup("G", "N2"), 0, _sees("N2", "old")))

    assert report.kind is VerdictKind.CONFORMS
    assert report.assumed == ()
