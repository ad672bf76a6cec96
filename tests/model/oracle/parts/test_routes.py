"""A line is followed in the parts that it concerns, or by the whole cluster."""

import pytest

from clusckpt.oracle.parts.layout import Layout, layout_of
from clusckpt.oracle.parts.routes import routed
from clusckpt.start import initial_state
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import LoggedEvent, Observation
from tests.drive import ADD, DELETE, GET
from tests.model.oracle.parts.clusters import header, line


def _layout(*nodes: str) -> Layout:
    layout = layout_of(initial_state(header(nodes=nodes or ("N1", "N2"))))
    assert layout is not None
    return layout


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        (events.OnlineClusterResource("b"), [2]),
        (events.MoveClusterGroup("GA", "N2"), [1]),
        (events.RegSetValueEx("N1", "s\\a\\X", "v", 1), [1]),
        (events.RegSetValueEx("N1", "S\\C", "v", 1), [0]),
        (events.CryptGenKey("N1", "1\\\\K", "keys"), [0]),
        (events.ClusterResourceControl("A", GET), [1]),
        (events.ClusterResourceControl("A", DELETE, "S\\A"), [1]),
        (events.NodeCrash("N1"), [0, 1, 2]),
        (events.CaptureDelayPasses(), [0, 1, 2]),
    ],
)
def test_events_of_parts(event: AnyEvent, parts: list[int]) -> None:
    """What happens in some parts concerns no other one."""
    route = routed(line(event), _layout(), "x64")

    assert route is not None
    assert [stop.part for stop in route] == parts
    assert all(stop.has_event for stop in route)


@pytest.mark.parametrize(
    "event",
    [
        events.ClusterResourceControl("A", ADD, "S\\B"),
        events.CreateClusterResource("C", "GA"),
        events.BackupClusterDatabase("p"),
        events.RestoreClusterDatabase("p", "N1"),
        events.QuorumChange("full"),
        events.RegDeleteTree("N1", "S"),
        events.OnlineClusterResource("Nobody"),
    ],
)
def test_events_of_the_whole(event: AnyEvent) -> None:
    """What may concern parts that it does not name is followed by the whole cluster."""
    assert routed(line(event), _layout(), "x64") is None


def test_a_write_that_may_create_a_key_above_a_root() -> None:
    """Where a key above roots is missing, a write under it concerns all of these roots."""
    event = events.RegSetValueEx("N2", "S\\A", "v", 1)

    assert routed(line(event), _layout("N1"), "x64") is None
    assert routed(line(event), _layout("N1", "N2"), "x64") is not None


def test_observations_go_to_their_parts() -> None:
    """A part that has no event of its own is asked for what was observed of it."""
    seen = {"states": {"A": "Online", "B": "Offline"}, "owners": {"GA": "N1"}}
    trees = {"N1": {"S\\A": {"v": 1}, "S\\C": None}}
    told = line(events.OnlineClusterResource("A"), 0, **seen, registry=trees, output="00")
    route = routed(told, _layout(), "x64")

    assert route is not None
    rest, a, b = (stop.line.observed for stop in route)
    assert [stop.has_event for stop in route] == [False, True, False]
    assert rest == Observation(registry={"N1": {"S\\C": None}})
    assert b == Observation(states={"B": "Offline"})
    assert a is not None
    assert (a.states, a.owners, a.output) == ({"A": "Online"}, {"GA": "N1"}, "00")


@pytest.mark.parametrize(
    "seen",
    [
        {"logged": (LoggedEvent(1024),)},
        {"backup_files": {"p": ("a",)}},
        {"registry": {"N1": {"S": {"v": 1}}}},
        {"states": {"Nobody": "Online"}},
    ],
)
def test_observations_of_the_whole(seen: dict[str, object]) -> None:
    """What was observed of no single part is asked of the whole cluster."""
    told = line(events.OnlineClusterResource("A"), 0, **seen)

    assert routed(told, _layout(), "x64") is None
