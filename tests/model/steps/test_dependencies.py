"""What a resource depends on is online before it, and offline after it."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.steps.dependencies import dependents, in_dependency_order, needed, wanted
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import (
    BringOnline,
    DllOnline,
    FailClusterResource,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegOpenKeyEx,
)
from tests.drive import ADD, Driver

DISK, NAME, APP, LONER = fold("Disk"), fold("Name"), fold("App"), fold("Loner")
ONLINE, OFFLINE = ResourceState.ONLINE, ResourceState.OFFLINE
KEY = "Software\\Acme"


@pytest.fixture
def cluster() -> Driver:
    """A group in which App depends on Name, Name on Disk, and Loner on nothing."""
    return Driver(
        MSCS_PAGE_RULES,
        Resource("App", group="GA", dependencies=("Name",)),
        Resource("Name", group="GA", dependencies=("Disk",)),
        Resource("Disk", group="GA"),
        Resource("Loner", group="GA"),
    )


def states(cluster: Driver) -> list[ResourceState]:
    """The states of Disk, Name and App."""
    return [cluster.resource_state(name) for name in ("Disk", "Name", "App")]


def started(outcome_moves: object, action: str) -> list[str]:
    """The resources of the moves of one kind, in order."""
    assert isinstance(outcome_moves, tuple)
    return [str(move.arguments[0]) for move in outcome_moves if move.action == action]


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_online_brings_what_it_needs(cluster: Driver) -> None:
    """What a resource depends on comes online first; what it does not need stays offline."""
    outcome = cluster.do(OnlineClusterResource("App"))

    assert started(outcome.moves, "complete_online") == [DISK, NAME, APP]
    assert states(cluster) == [ONLINE, ONLINE, ONLINE]
    assert cluster.resource_state("Loner") is OFFLINE


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_online_needs_only_what_is_not_there(cluster: Driver) -> None:
    """What is online already does not come online again."""
    cluster.do(OnlineClusterResource("Name"))
    assert needed(cluster.state, APP) == [APP]
    outcome = cluster.do(OnlineClusterResource("App"))

    assert started(outcome.moves, "begin_online") == [APP]


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_offline_takes_the_dependents_first(cluster: Driver) -> None:
    """What depends on a resource goes offline before it; what it depends on stays."""
    cluster.do(OnlineClusterResource("App"))
    cluster.do(OnlineClusterResource("Loner"))
    assert dependents(cluster.state, DISK) == [APP, NAME]
    outcome = cluster.do(OfflineClusterResource("Name"))

    assert started(outcome.moves, "complete_offline") == [APP, NAME]
    assert states(cluster) == [ONLINE, OFFLINE, OFFLINE]
    assert cluster.resource_state("Loner") is ONLINE


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_offline_waits_for_a_pending_dependent(cluster: Driver) -> None:
    """While something that depends on it is coming online, a resource is not taken offline."""
    cluster.do(OnlineClusterResource("Name"))
    cluster.do(OnlineClusterResource("App"), Status.ERROR_IO_PENDING)

    assert cluster.statuses(OfflineClusterResource("Name")) == {Status.ERROR_INVALID_STATE}


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_a_dependent_may_be_on_its_way_already(cluster: Driver) -> None:
    """What is going offline already does not begin to once more, and is offline first."""
    cluster.do(OnlineClusterResource("App"))
    cluster.state = next(
        one.state
        for one in cluster.outcomes(OfflineClusterResource("App"))
        if one.state.resources[APP].state is ResourceState.OFFLINE_PENDING
    )
    moves = {one.moves for one in cluster.outcomes(OfflineClusterResource("Name"))}

    assert {tuple(started(one, "begin_offline")) for one in moves} == {(NAME,)}
    assert {tuple(started(one, "complete_offline")) for one in moves} == {(), (APP, NAME)}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-ONLINE-STATES")
def test_what_depends_on_a_failed_one_waits(cluster: Driver) -> None:
    """When the restore of what it needs fails, the resource stays pending."""
    cluster.write("N1", KEY, "first")
    cluster.control("Disk", ADD, KEY)
    cluster.do(RegOpenKeyEx("N1", KEY))
    outcomes = cluster.outcomes(OnlineClusterResource("App"))
    ends = {tuple(one.state.resources[name].state for name in (DISK, APP)) for one in outcomes}

    pending = ResourceState.ONLINE_PENDING
    assert ends == {(pending, pending), (ResourceState.FAILED, pending)}
    assert {one.status for one in outcomes} == {Status.ERROR_IO_PENDING}


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_a_move_goes_in_order(cluster: Driver) -> None:
    """A group goes offline from the top and comes online from the bottom."""
    cluster.do(OnlineClusterResource("App"))
    outcome = cluster.do(MoveClusterGroup("GA", "N2"))

    assert started(outcome.moves, "complete_offline") == [APP, NAME, DISK]
    assert started(outcome.moves, "complete_online") == [DISK, NAME, APP]


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_what_is_wanted_next(cluster: Driver) -> None:
    """The service starts what a wanted resource depends on before the resource itself."""
    cluster.do(OnlineClusterResource("App"))
    for name in ("App", "Name", "Disk"):
        cluster.do(FailClusterResource(name))

    assert not wanted(cluster.state, APP)
    assert not wanted(cluster.state, LONER)
    assert not cluster.can(BringOnline("App"))
    for name in ("Disk", "Name", "App"):
        cluster.do(BringOnline(name))
        assert not wanted(cluster.state, fold(name))
    for name in ("Disk", "Name", "App"):
        cluster.do(DllOnline(name))
    assert states(cluster) == [ONLINE, ONLINE, ONLINE]


def test_a_dependency_outside_the_group_orders_nothing() -> None:
    """Dependencies exist only inside one group; one that leads outside has no place in it."""
    outside = Resource("B", group="GB")
    inside = Resource("A", group="GA", dependencies=("B",))
    cluster = Driver(MSCS_PAGE_RULES, inside, outside)

    assert in_dependency_order(cluster.state, fold("GA")) == [fold("A")]
