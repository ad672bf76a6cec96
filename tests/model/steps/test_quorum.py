"""The quorum: full, lost and back; copies that get lost, and are made anew."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    ClusterResourceControl,
    CreateClusterResource,
    CryptGenKey,
    DeleteClusterResource,
    FailClusterResource,
    LoseStoredCopy,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RecreateCheckpoints,
    RegDeleteTree,
    RegOpenKeyEx,
    RestoreClusterDatabase,
)
from tests.drive import ADD, ADD_CRYPTO, GET, Driver

KEY, OTHER = "Software\\Acme", "Software\\Other"
BOX = "1\\\\Box"
FAILS = {Status.UNSPECIFIED_FAILURE}


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has two roots and a container on N1, and is offline."""
    driver = Driver(MSCS_PAGE_RULES)
    for key in (KEY, OTHER):
        driver.write("N1", key, "first")
        driver.control("A", ADD, key)
    driver.do(CryptGenKey("N1", BOX, "k1"))
    driver.control("A", ADD_CRYPTO, BOX)
    return driver


def test_the_quorum_changes_only_when_it_changes(cluster: Driver) -> None:
    """A quorum that is online cannot become online."""
    assert not cluster.can(QuorumChange("online"))
    cluster.do(QuorumChange("full"))
    assert not cluster.can(QuorumChange("full"))
    cluster.do(QuorumChange("online"))


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_full_quorum_can_be_read(cluster: Driver) -> None:
    """From a full quorum every copy is restored, and the resource comes online."""
    cluster.write("N1", KEY, "edited")
    cluster.do(QuorumChange("full"))
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-FAILOVER")
def test_without_a_quorum_nothing_runs(cluster: Driver) -> None:
    """When the quorum is lost every node leaves, and its resources stop where they are."""
    cluster.do(NodeCrash("N2"))
    cluster.do(OnlineClusterResource("A"))
    cluster.do(RegOpenKeyEx("N1", KEY))
    outcome = cluster.do(QuorumChange("lost"))

    assert [move.action for move in outcome.moves] == ["crash"]
    assert not cluster.state.is_served
    assert cluster.resource_state("A") is ResourceState.OFFLINE
    assert cluster.state.nodes[fold("N1")].opened == {("SOFTWARE", "ACME")}
    assert not cluster.can(NodeJoin("N1"))
    assert cluster.by_itself() == []
    cluster.do(QuorumChange("online"))
    cluster.do(NodeJoin("N1"))


@pytest.mark.rule("CKPT-ONLINE-STATES", "CKPT-OFFLINE-STATES", "CKPT-DELETE-STATES")
@pytest.mark.parametrize(
    "event",
    [
        OnlineClusterResource("A"),
        OfflineClusterResource("A"),
        FailClusterResource("A"),
        DeleteClusterResource("A"),
        DeleteClusterResource("X"),
        OnlineClusterResource("X"),
        CreateClusterResource("X", "GA"),
        MoveClusterGroup("GA", "N1"),
        MoveClusterGroup("GX"),
        ClusterResourceControl("A", GET, output_size=99),
        ClusterResourceControl("X", GET),
        RecreateCheckpoints("A"),
        BackupClusterDatabase("D:\\B"),
    ],
)
def test_without_a_quorum_nobody_answers(cluster: Driver, event: AnyEvent) -> None:
    """While the quorum is lost every request is refused, and nothing changes."""
    cluster.do(QuorumChange("lost"))
    before = cluster.state

    assert cluster.statuses(event) == FAILS
    cluster.do(event, Status.UNSPECIFIED_FAILURE)
    assert cluster.state == before


@pytest.mark.rule("CKPT-ONLINE-STATES", "CKPT-MOVE-GROUP")
@pytest.mark.parametrize(
    "event", [OnlineClusterResource("A"), OfflineClusterResource("A"), MoveClusterGroup("GA", "N1")]
)
def test_without_a_node_nobody_answers(cluster: Driver, event: AnyEvent) -> None:
    """With every node down a request is refused, and the persistent state stays as it was."""
    for node in ("N1", "N2"):
        cluster.do(NodeCrash(node))
    before = cluster.state

    assert cluster.statuses(event) == FAILS
    cluster.do(event, Status.UNSPECIFIED_FAILURE)
    assert cluster.state == before


@pytest.mark.rule("CKPT-RESTORE-DATABASE")
def test_nothing_is_restored_to_a_lost_quorum(cluster: Driver) -> None:
    """A database cannot be restored without a quorum disk to restore it to."""
    cluster.do(BackupClusterDatabase("D:\\B"))
    cluster.do(QuorumChange("lost"))
    event = RestoreClusterDatabase("D:\\B", "N1")

    assert cluster.statuses(event) == {Status.ERROR_QUORUM_DISK_NOT_FOUND}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_copy_gets_lost_once(cluster: Driver) -> None:
    """A lost copy is gone and its entry is not; it cannot get lost twice."""
    cluster.do(LoseStoredCopy("a", KEY.upper()))

    assert cluster.copy("A", KEY) is None
    assert len(cluster.state.resources[fold("A")].checkpoints) == 3
    assert not cluster.can(LoseStoredCopy("A", KEY))
    assert not cluster.can(LoseStoredCopy("A", "Software\\Unknown"))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_lost_copy_is_captured_anew(cluster: Driver) -> None:
    """The next change while online makes the copy anew, and the tree is not restored over it."""
    cluster.do(OnlineClusterResource("A"))
    cluster.do(LoseStoredCopy("A", KEY))
    cluster.write("N1", KEY, "second")

    assert cluster.copied("A", KEY) == "second"
    assert cluster.by_itself() == []


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
@pytest.mark.parametrize("online", [False, True])
def test_the_recovery_tool_makes_every_copy_anew(cluster: Driver, *, online: bool) -> None:
    """It copies what the owner has now, in every state of the resource; what is gone stays."""
    if online:
        cluster.do(OnlineClusterResource("A"))
    cluster.do(LoseStoredCopy("A", KEY))
    cluster.do(RegDeleteTree("N1", OTHER))
    cluster.do(RecreateCheckpoints("A"))

    assert cluster.copied("A", KEY) == "first"
    assert cluster.copied("A", OTHER) == "first"
    assert cluster.copied_keys("A", BOX) == "k1"


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
def test_the_recovery_tool_needs_a_node_and_room(cluster: Driver) -> None:
    """It fails on a full quorum, while the owner is down, and for a resource that is not there."""
    event = RecreateCheckpoints("A")
    assert cluster.statuses(RecreateCheckpoints("X")) == {Status.ERROR_RESOURCE_NOT_FOUND}
    cluster.do(QuorumChange("full"))
    assert cluster.statuses(event) == FAILS
    cluster.do(QuorumChange("online"))
    cluster.do(NodeCrash("N1"))

    assert cluster.statuses(event) == FAILS
