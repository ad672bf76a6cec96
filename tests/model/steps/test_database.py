"""Backups of the cluster database have the checkpoints, and bring them back."""

import pytest

from clusckpt.names import fold
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    BringOnline,
    CreateClusterResource,
    CryptGenKey,
    DeleteClusterResource,
    NodeCrash,
    NodeJoin,
    OnlineClusterResource,
    RestoreClusterDatabase,
)
from tests.drive import ADD, ADD_CRYPTO, DELETE, Driver, rules_with

KEY = "Software\\Acme"
BOX = "1\\\\Box"
BACKUP, RESTORE = BackupClusterDatabase("D:\\Backup"), RestoreClusterDatabase("D:\\Backup", "N1")


def cluster_with(**choices: str) -> Driver:
    """A cluster, under these choices, in which A has a root and a container; N2 is down."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    cluster.write("N1", KEY, "first")
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.do(NodeCrash("N2"))
    return cluster


@pytest.mark.rule("CKPT-IN-BACKUP", "CKPT-RESTORE-DATABASE")
def test_a_deleted_resource_comes_back() -> None:
    """A resource that was deleted after the backup is there again, with its checkpoints."""
    cluster = cluster_with()
    cluster.do(BACKUP)
    cluster.do(DeleteClusterResource("A"))
    cluster.do(CreateClusterResource("C", "GA"))
    cluster.do(RESTORE)

    assert set(cluster.state.resources) == {fold("A"), fold("B")}
    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-DATABASE")
def test_every_resource_is_offline_afterwards() -> None:
    """The service starts anew: what was online at the backup is offline, and comes back."""
    cluster = cluster_with()
    cluster.do(OnlineClusterResource("A"))
    cluster.do(BACKUP)
    cluster.do(RESTORE)

    assert cluster.resource_state("A") is ResourceState.OFFLINE
    assert BringOnline("A") in cluster.by_itself()


@pytest.mark.rule("CKPT-IN-BACKUP")
def test_a_path_is_used_again() -> None:
    """A backup to a path that was used before replaces the one that was there."""
    cluster = cluster_with()
    cluster.do(BACKUP)
    cluster.control("A", DELETE, KEY)
    cluster.do(BackupClusterDatabase("d:\\BACKUP"))
    cluster.do(RESTORE)

    assert len(cluster.state.backups) == 1
    assert cluster.copy("A", KEY) is None


@pytest.mark.rule("CKPT-IN-BACKUP", "CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize(("choice", "keys"), [("both-kinds", "k1"), ("registry-only", None)])
def test_containers_in_backups(choice: str, keys: str | None) -> None:
    """A restored backup has the copies of containers, or only their entries (A36)."""
    cluster = cluster_with(A36=choice)
    cluster.do(BACKUP)
    cluster.do(RESTORE)

    assert cluster.copied_keys("A", BOX) == keys
    assert cluster.copied("A", KEY) == "first"
    assert len(cluster.state.resources[fold("A")].checkpoints) == 2


@pytest.mark.rule("CKPT-IN-BACKUP", "CKPT-RESTORE-DATABASE")
@pytest.mark.parametrize("event", [BACKUP, RESTORE, BackupClusterDatabase("D:\\quolog.log")])
def test_both_functions_were_removed(event: BackupClusterDatabase | RestoreClusterDatabase) -> None:
    """Since Windows Server 2008 both answer ERROR_CALL_NOT_IMPLEMENTED and do nothing (A43)."""
    cluster = cluster_with(A43="since-2008")
    before = cluster.state

    assert cluster.statuses(event) == {Status.ERROR_CALL_NOT_IMPLEMENTED}
    cluster.do(event, Status.ERROR_CALL_NOT_IMPLEMENTED)
    assert cluster.state == before


@pytest.mark.rule("CKPT-IN-BACKUP")
def test_what_a_backup_needs() -> None:
    """A path with a file name in it is no directory, and somebody has to make the backup."""
    cluster = cluster_with()
    named = BackupClusterDatabase("D:\\Backup\\quolog.log")
    assert cluster.statuses(named) == {Status.ERROR_DIRECTORY}
    cluster.do(NodeCrash("N1"))

    assert cluster.statuses(BACKUP) == {Status.UNSPECIFIED_FAILURE}
    assert cluster.statuses(RESTORE) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-RESTORE-DATABASE")
def test_a_forced_restore_stops_the_other_nodes() -> None:
    """With bForce the other nodes stop where they are, and join the restored cluster later."""
    cluster = cluster_with()
    cluster.do(BACKUP)
    cluster.do(NodeJoin("N2"))
    cluster.control("A", DELETE, KEY)
    assert cluster.statuses(RESTORE) == {Status.ERROR_CLUSTER_NODE_UP}
    outcome = cluster.do(RestoreClusterDatabase("D:\\Backup", "N1", force=True))

    assert [move.action for move in outcome.moves] == ["crash", "restore_database"]
    assert not cluster.state.nodes[fold("N2")].up
    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-DATABASE")
def test_a_restored_database_reaches_no_registry() -> None:
    """The restore of a database is no capture: no node gets a tree by it (A31)."""
    cluster = cluster_with(A31="eager")
    cluster.do(BACKUP)
    cluster.control("A", DELETE, KEY)
    before = cluster.state.nodes
    cluster.do(RESTORE)

    assert cluster.copied("A", KEY) == "first"
    assert cluster.state.nodes == before
