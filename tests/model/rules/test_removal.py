"""What goes with a checkpoint, with a resource, and into a backup."""

import pytest

from clusckpt.names import fold
from clusckpt.rules.removal import (
    backed_up,
    backed_up_without_crypto,
    compared_with_case,
    compared_without_case,
    without_copies,
)
from clusckpt.state import Container
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CreateClusterResource,
    CryptGenKey,
    DeleteClusterResource,
    DropStoredCopies,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RegOpenKeyEx,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from tests.drive import ADD, ADD_CRYPTO, DELETE, DELETE_CRYPTO, Driver, rules_with

KEY, OTHER = "Software\\Acme", "Software\\Other"
BOX = "1\\\\Box"


def cluster_with(**choices: str) -> Driver:
    """A cluster, under these choices, in which A has two roots and a container on N1."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD_CRYPTO, BOX)
    for key in (KEY, OTHER):
        cluster.write("N1", key, "first")
        cluster.control("A", ADD, key)
    return cluster


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
@pytest.mark.parametrize(
    ("choice", "left"), [("registry-untouched", "first"), ("registry-removed", None)]
)
def test_trees_of_a_deleted_resource(choice: str, left: str | None) -> None:
    """The trees of a deleted resource stay on its node, or are removed there (A32)."""
    cluster = cluster_with(A32=choice)
    cluster.write("N2", KEY, "elsewhere")
    cluster.do(DeleteClusterResource("A"))

    assert cluster.value("N1", KEY) == left
    assert cluster.value("N2", KEY) == "elsewhere"
    assert len(cluster.state.copies) == 0
    assert len(cluster.state.nodes[fold("N1")].containers) == 1


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_copies_can_outlive_their_resource() -> None:
    """Where a deletion takes two steps, the copies stay until the second one (A42)."""
    cluster = cluster_with(A42="two-steps")
    assert not cluster.can(DropStoredCopies("A"))
    cluster.do(DeleteClusterResource("A"))

    assert len(cluster.state.copies) == 3
    assert cluster.by_itself() == [DropStoredCopies("A")]
    cluster.do(DropStoredCopies("A"))
    assert len(cluster.state.copies) == 0
    assert not cluster.can(DropStoredCopies("A"))


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_one_step_leaves_nothing_to_drop() -> None:
    """Where a deletion takes one step, no second one can follow (A42)."""
    cluster = cluster_with(A42="one-step")
    cluster.do(DeleteClusterResource("A"))

    assert not cluster.can(DropStoredCopies("A"))


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_leftover_copies_are_nobody_elses() -> None:
    """A resource created under the name of a deleted one does not get its copies (A42, A4)."""
    cluster = cluster_with(A42="two-steps", A4="on-change-only", A5="nothing-captured")
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "old")
    cluster.do(OfflineClusterResource("A"))
    cluster.do(DeleteClusterResource("A"))
    cluster.do(CreateClusterResource("A", "GA"))
    cluster.write("N1", KEY, "new")
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "new"
    assert cluster.copy("A", KEY) is None


def test_copies_of_one_resource_are_dropped() -> None:
    """Only the copies of the named resource go."""
    cluster = cluster_with()
    cluster.write("N2", KEY, "of B")
    cluster.control("B", ADD, KEY)
    state = without_copies(cluster.state, fold("A"))

    assert {resource for resource, _ in state.copies} == {fold("B")}


@pytest.mark.rule("CKPT-DELETE-REGISTRY")
@pytest.mark.parametrize("choice", ["dropped", "kept-until-offline"])
def test_removal_at_rest_drops_the_copy(choice: str) -> None:
    """A checkpoint that is removed while the resource rests takes its copy along (A33)."""
    cluster = cluster_with(A33=choice)
    cluster.control("A", DELETE, KEY)

    assert cluster.copy("A", KEY) is None
    assert cluster.copied("A", OTHER) == "first"


@pytest.mark.rule("CKPT-DELETE-REGISTRY")
def test_removal_while_online_drops_the_copy() -> None:
    """Where the copy is dropped at once, it is gone while the resource is still online (A33)."""
    cluster = cluster_with(A33="dropped")
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", DELETE, KEY)

    assert cluster.resource_state("A") is ResourceState.ONLINE
    assert cluster.copy("A", KEY) is None


@pytest.mark.rule("CKPT-DELETE-REGISTRY", "CKPT-DELETE-CRYPTO")
@pytest.mark.parametrize(
    "to_rest",
    [
        OfflineClusterResource("A"),
        FailClusterResource("A"),
        NodeCrash("N1"),
        MoveClusterGroup("GA", "N2"),
    ],
)
def test_a_kept_copy_goes_when_the_resource_rests(to_rest: AnyEvent) -> None:
    """A kept copy takes no more captures, and is dropped when the resource rests (A33)."""
    cluster = cluster_with(A33="kept-until-offline")
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", DELETE, KEY)
    cluster.control("A", DELETE_CRYPTO, BOX)
    cluster.write("N1", KEY, "second")

    assert cluster.copied("A", KEY) == "first"
    assert cluster.copied_keys("A", BOX) == "k1"
    cluster.do(to_rest)
    assert cluster.copy("A", KEY) is None
    assert cluster.copied_keys("A", BOX) is None
    assert cluster.copied("A", OTHER) == "first"
    if to_rest == NodeCrash("N1"):
        cluster.do(NodeJoin("N1"))
    cluster.do(OnlineClusterResource("A"))
    assert cluster.value("N1", KEY) == "second"


@pytest.mark.rule("CKPT-DELETE-REGISTRY", "CKPT-FAILOVER")
@pytest.mark.parametrize("lost", [QuorumChange("lost"), NodeCrash("N1")])
def test_nobody_drops_a_kept_copy_without_a_node(lost: AnyEvent) -> None:
    """When the last node goes, a kept copy stays until one takes part again (A33)."""
    cluster = cluster_with(A33="kept-until-offline")
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", DELETE, KEY)
    cluster.do(NodeCrash("N2"))
    cluster.do(lost)
    assert cluster.copied("A", KEY) == "first"
    if cluster.can(QuorumChange("online")):
        cluster.do(QuorumChange("online"))
    cluster.do(NodeJoin("N2"))

    assert cluster.copy("A", KEY) is None
    assert cluster.copied("A", OTHER) == "first"


@pytest.mark.rule("CKPT-DELETE-REGISTRY", "CKPT-RESTORE-BEFORE-ONLINE")
def test_a_kept_copy_is_not_restored() -> None:
    """Removed while it waits for its restore, a checkpoint is kept and not restored (A33)."""
    cluster = cluster_with(A33="kept-until-offline")
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.control("A", DELETE, KEY)

    assert cluster.copied("A", KEY) == "first"
    assert not cluster.can(RestoreCheckpoint("A", KEY))
    cluster.do(RegOpenKeyEx("N1", OTHER))
    cluster.do(RestoreCheckpoint("A", OTHER))
    assert cluster.resource_state("A") is ResourceState.FAILED
    assert cluster.copy("A", KEY) is None


@pytest.mark.rule("CKPT-DELETE-REGISTRY", "CKPT-RESTORE-DATABASE")
def test_a_kept_copy_does_not_come_back() -> None:
    """A restored database starts with every resource offline, so kept copies are gone (A33)."""
    cluster = cluster_with(A33="kept-until-offline")
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", DELETE, KEY)
    cluster.do(BackupClusterDatabase("D:\\B"))
    cluster.do(NodeCrash("N2"))
    cluster.do(RestoreClusterDatabase("D:\\B", "N1"))

    assert cluster.copy("A", KEY) is None
    assert cluster.copied("A", OTHER) == "first"


@pytest.mark.rule("CKPT-DELETE-REGISTRY", "CKPT-ADD-REGISTRY")
def test_a_root_added_again_is_a_new_checkpoint() -> None:
    """A root that is added again has a fresh copy, and not the one that was kept (A33)."""
    cluster = cluster_with(A33="kept-until-offline")
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", DELETE, KEY)
    cluster.write("N1", KEY, "second")
    cluster.control("A", ADD, KEY)

    assert cluster.copied("A", KEY) == "second"
    cluster.do(OfflineClusterResource("A"))
    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-IN-BACKUP")
def test_backups_have_both_kinds_or_one() -> None:
    """A backup has every list, and every copy or those of registry checkpoints alone (A36)."""
    cluster = cluster_with()
    whole, part = backed_up(cluster.state), backed_up_without_crypto(cluster.state)

    assert whole.resources == part.resources == cluster.state.resources
    assert whole.copies == cluster.state.copies
    assert len(part.copies) == 2
    assert not any(isinstance(copy, Container) for copy in part.copies.values())


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_comparisons() -> None:
    """Two spellings are one name, or two (A9)."""
    assert compared_without_case("Software") == compared_without_case("SOFTWARE")
    assert compared_with_case("Software") != compared_with_case("SOFTWARE")
