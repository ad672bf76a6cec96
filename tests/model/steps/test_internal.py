"""What the cluster service does by itself happens only where it can."""

import pytest

from clusckpt.names import fold
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    CaptureCheckpoint,
    CaptureDelayPasses,
    DllOffline,
    DllOnline,
    DllTerminate,
    DropStoredCopies,
    LoseStoredCopy,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RegDeleteTree,
    RestoreCheckpoint,
)
from tests.drive import ADD, Driver, rules_with

KEY, OTHER = "Software\\Acme", "Software\\Other"
A = fold("A")
SAVES = {"A2": "saved", "A3": "either"}


def online(**choices: str) -> Driver:
    """A cluster, under these choices, in which A is online with two roots."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    for key in (KEY, OTHER):
        cluster.write("N1", key, "first")
        cluster.control("A", ADD, key)
    cluster.do(OnlineClusterResource("A"))
    return cluster


def going(**choices: str) -> Driver:
    """The same, with A going offline."""
    cluster = online(**choices)
    cluster.state = next(
        one.state
        for one in cluster.outcomes(OfflineClusterResource("A"))
        if one.state.resources[A].state is ResourceState.OFFLINE_PENDING
    )
    return cluster


@pytest.mark.parametrize(
    "event",
    [
        CaptureCheckpoint("X", KEY),
        RestoreCheckpoint("X", KEY),
        DllOnline("X"),
        DllOffline("X"),
        DllTerminate("X"),
        DropStoredCopies("X"),
        LoseStoredCopy("X", KEY),
    ],
)
def test_nothing_happens_to_a_resource_that_is_not_there(event: AnyEvent) -> None:
    """Nothing can happen to a resource that does not exist."""
    assert not online().can(event)


@pytest.mark.rule("CKPT-ONLINE-STATES", "CKPT-OFFLINE-STATES")
@pytest.mark.parametrize("event", [DllOnline("A"), DllOffline("A"), DllTerminate("A")])
def test_entry_points_run_in_their_states(event: AnyEvent) -> None:
    """While a resource is online, neither Online nor Offline nor Terminate ends."""
    assert not online().can(event)


@pytest.mark.rule("CKPT-OFFLINE-STATES")
@pytest.mark.parametrize("event", [DllOffline("A"), DllTerminate("A")])
def test_two_ways_to_offline(event: AnyEvent) -> None:
    """A resource that is going offline is offline after Offline, or after Terminate."""
    cluster = going()
    assert cluster.by_itself() == [DllOffline("A"), DllTerminate("A")]
    cluster.do(event)

    assert cluster.resource_state("A") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_only_what_changed_is_captured() -> None:
    """A capture comes for what changed, once; names are compared without case."""
    cluster = online(A1="eventual")
    assert not cluster.can(CaptureCheckpoint("A", KEY))
    cluster.write("N1", KEY, "second")

    assert cluster.by_itself() == [CaptureCheckpoint("A", KEY)]
    outcome = cluster.do(CaptureCheckpoint("a", KEY.upper()))
    assert [move.action for move in outcome.moves] == ["capture"]
    assert not cluster.can(CaptureCheckpoint("A", KEY))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-ROOT-DELETED")
def test_a_capture_that_fails_is_tried_again() -> None:
    """A try that finds no root, or no room, is no capture: what is due stays due."""
    cluster = online(A1="eventual")
    cluster.do(RegDeleteTree("N1", KEY))
    outcome = cluster.do(CaptureCheckpoint("A", KEY))
    assert outcome.moves == ()
    cluster.write("N1", KEY, "second")
    cluster.do(QuorumChange("full"))
    outcome = cluster.do(CaptureCheckpoint("A", KEY))
    assert outcome.moves == ()
    cluster.do(QuorumChange("online"))
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
def test_saves_one_by_one() -> None:
    """Where later changes may count, each root is saved for itself, and Offline waits (A2, A3)."""
    cluster = going(**SAVES)
    cluster.write("N1", KEY, "last")

    assert cluster.by_itself() == [
        CaptureCheckpoint("A", KEY),
        CaptureCheckpoint("A", OTHER),
        DllTerminate("A"),
    ]
    outcomes = cluster.outcomes(CaptureCheckpoint("A", KEY))
    assert {tuple(move.action for move in one.moves) for one in outcomes} == {
        ("capture",),
        ("save",),
    }
    cluster.state = next(one.state for one in outcomes if one.moves[0].action == "save")
    assert cluster.copied("A", KEY) == "last"
    cluster.do(CaptureCheckpoint("A", OTHER))
    assert cluster.by_itself() == [DllOffline("A"), DllTerminate("A")]


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
def test_terminate_saves_nothing_more() -> None:
    """A resource that is terminated on the way keeps the copies it had (A2)."""
    cluster = going(**SAVES)
    cluster.write("N1", KEY, "last")
    cluster.do(DllTerminate("A"))

    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE", "CKPT-ROOT-DELETED")
def test_a_root_that_is_gone_is_not_waited_for() -> None:
    """A root that was deleted cannot be saved, and Offline does not wait for it (A2)."""
    cluster = going(**SAVES)
    cluster.do(RegDeleteTree("N1", KEY))
    cluster.do(CaptureCheckpoint("A", OTHER))

    assert cluster.can(DllOffline("A"))


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
@pytest.mark.parametrize("between", ["overwritten", "captured", "either"])
@pytest.mark.parametrize(("choice", "copied"), [("saved", "second"), ("not-saved", "first")])
def test_an_orderly_offline_saves(choice: str, copied: str, between: str) -> None:
    """An orderly offline saves what was not captured yet, or does not (A2)."""
    cluster = online(A1="optional", A2=choice, A3=between)
    cluster.write("N1", KEY, "second")
    cluster.do(OfflineClusterResource("A"))

    assert cluster.resource_state("A") is ResourceState.OFFLINE
    assert cluster.copied("A", KEY) == copied


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
def test_a_change_on_the_way_is_saved_at_the_end() -> None:
    """Where a change on the way counts, the save at offline has it as well (A2, A3)."""
    cluster = going(A1="optional", A2="saved", A3="captured")
    cluster.write("N1", KEY, "last")
    cluster.do(DllOffline("A"))

    assert cluster.copied("A", KEY) == "last"


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
def test_a_save_on_a_full_quorum_is_tried_once() -> None:
    """A save that fails for want of room is logged, and Offline waits no longer (A2)."""
    cluster = going(**SAVES)
    cluster.do(QuorumChange("full"))
    for key in (KEY, OTHER):
        outcome = cluster.do(CaptureCheckpoint("A", key))
        assert [entry.about for entry in outcome.logged] == [key]

    assert cluster.can(DllOffline("A"))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_time_decides_nothing_doubtful() -> None:
    """What may be captured or not is as doubtful when the delay has passed (A24)."""
    cluster = online(A24="either")
    cluster.write("N2", KEY, "of B")
    cluster.control("B", ADD, KEY)
    cluster.do(MoveClusterGroup("GB", "N1"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("B"))
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == "first"
    assert cluster.by_itself() == [CaptureCheckpoint("A", KEY)]


def test_time_passes_without_anything_due() -> None:
    """When nothing is due, time changes nothing."""
    cluster = online(A1="eventual")
    before = cluster.state
    assert cluster.statuses(CaptureDelayPasses()) == {Status.ERROR_SUCCESS}
    cluster.do(CaptureDelayPasses())

    assert cluster.state == before
