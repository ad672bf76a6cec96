"""What an add does to the list and to the copies, by the choices of a reading."""

import pytest

from clusckpt.names import fold
from clusckpt.state import NoTree
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CaptureDelayPasses,
    CryptGenKey,
    FailClusterResource,
    LoseStoredCopy,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RegDeleteTree,
    RegOpenKeyEx,
    RestoreCheckpoint,
)
from clusckpt_spec.readings import VCS_REGREP, Product
from tests.drive import ADD, ADD_CRYPTO, DELETE, Driver, rules_with

KEY, INNER, OTHER = "Software\\Acme", "Software\\Acme\\Inner", "Software\\Other"
BOX = "1\\\\Box"
FAILS = Status.UNSPECIFIED_FAILURE
LATER = {"A4": "at-first-online", "A5": "nothing-captured"}
ON_CHANGE = {"A4": "on-change-only", "A5": "nothing-captured"}
NOT_OFFLINE = {"A4": "at-add", "A5": "nothing-captured"}
AT_ADD = {"A4": "at-add", "A5": "local-tree-captured"}


def cluster_with(**choices: str) -> Driver:
    """A cluster under these choices, with keys on N1 and no checkpoint yet."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    for key in (KEY, INNER, OTHER):
        cluster.write("N1", key, "first")
    return cluster


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
@pytest.mark.parametrize(
    ("choices", "at_add", "at_online", "at_change"),
    [
        (AT_ADD, "first", "first", "second"),
        (NOT_OFFLINE, None, "first", "second"),
        (LATER, None, "first", "second"),
        (ON_CHANGE, None, None, "second"),
    ],
)
def test_the_first_copy_of_a_root_added_offline(
    choices: dict[str, str], at_add: str | None, at_online: str | None, at_change: str
) -> None:
    """It is taken at the add, at the next online, or at the first change online (A4, A5)."""
    cluster = cluster_with(**choices)
    cluster.control("A", ADD, KEY)
    assert cluster.copied("A", KEY) == at_add
    cluster.do(OnlineClusterResource("A"))
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == at_online
    cluster.write("N1", KEY, "second")
    assert cluster.copied("A", KEY) == at_change


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
@pytest.mark.parametrize(
    ("choices", "at_add", "at_next_online"),
    [
        (AT_ADD, "first", "first"),
        (NOT_OFFLINE, "first", "first"),
        (LATER, None, "second"),
        (ON_CHANGE, None, None),
    ],
)
def test_the_first_copy_of_a_root_added_online(
    choices: dict[str, str], at_add: str | None, at_next_online: str | None
) -> None:
    """It is taken at the add, or at the first online after it (A4)."""
    cluster = cluster_with(**choices)
    cluster.do(OnlineClusterResource("A"))
    cluster.control("A", ADD, KEY)
    cluster.do(CaptureDelayPasses())
    assert cluster.copied("A", KEY) == at_add
    cluster.do(OfflineClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.copied("A", KEY) == at_next_online
    assert cluster.value("N1", KEY) == (at_next_online or "second")


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD", "CKPT-RESTORE-BEFORE-ONLINE")
def test_the_local_tree_is_what_the_next_online_restores() -> None:
    """Removing a root and adding it again makes the local tree the copy, however edited (A5)."""
    cluster = cluster_with()
    cluster.control("A", ADD, KEY)
    cluster.write("N1", KEY, "repaired offline")
    cluster.control("A", DELETE, KEY)
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "repaired offline"


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
def test_a_lost_copy_is_no_first_copy() -> None:
    """The first online captures what was never captured; a copy that was lost stays lost (A4)."""
    cluster = cluster_with(**LATER)
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(OfflineClusterResource("A"))
    cluster.do(LoseStoredCopy("A", KEY))
    cluster.do(OnlineClusterResource("A"))

    assert cluster.copy("A", KEY) is None


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("choices", [LATER, NOT_OFFLINE, ON_CHANGE])
def test_what_was_never_captured_is_not_missing(choices: dict[str, str]) -> None:
    """Where a missing copy is fatal, one that was never taken is not, even after a failure (A27).

    The resource fails before its first online after the add; the checkpoint has still never been
    captured, and the next online must not take it for lost.
    """
    cluster = cluster_with(**choices, A27="fatal")
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.do(FailClusterResource("A"))
    cluster.do(OnlineClusterResource("A"))

    assert cluster.resource_state("A") is ResourceState.ONLINE


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
def test_a_first_copy_that_cannot_be_taken_is_tried_again() -> None:
    """When the first online finds no root, or no room, the next one takes the first copy (A4)."""
    cluster = cluster_with(**LATER)
    cluster.control("A", ADD, KEY)
    cluster.do(RegDeleteTree("N1", KEY))
    cluster.do(OnlineClusterResource("A"))
    assert cluster.copy("A", KEY) is None
    cluster.do(OfflineClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize("choice", ["fails", "succeeds-empty"])
def test_a_root_that_is_not_there(choice: str) -> None:
    """The add of a missing root fails, or copies that there is none (A6)."""
    cluster = cluster_with(A6=choice)
    if choice == "fails":
        cluster.control("A", ADD, "Software\\Missing", FAILS)
        assert len(cluster.state.resources[fold("A")].checkpoints) == 0
        return
    cluster.control("A", ADD, "Software\\Missing")

    assert cluster.copy("A", "Software\\Missing") == NoTree()
    cluster.write("N1", "Software\\Missing", "made offline")
    cluster.do(OnlineClusterResource("A"))
    assert cluster.value("N1", "Software\\Missing") is None


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "answer"), [("allowed-any-order", Status.ERROR_SUCCESS), ("refused", FAILS)]
)
@pytest.mark.parametrize(("first", "second"), [(KEY, INNER), (INNER, KEY)])
def test_nested_roots_of_one_resource(choice: str, answer: Status, first: str, second: str) -> None:
    """A root within or above another one of the resource is added, or refused (A22)."""
    cluster = cluster_with(A22=choice)
    cluster.control("A", ADD, first)
    cluster.control("A", ADD, OTHER)
    cluster.control("A", ADD, second, answer)
    added = {entry.given for entry in cluster.state.resources[fold("A")].checkpoints.values()}

    assert added == ({first, OTHER} if answer is FAILS else {first, OTHER, second})


@pytest.mark.rule("CKPT-ADD-REGISTRY", "CKPT-INSTANCES")
@pytest.mark.parametrize(
    ("choice", "answer"), [("allowed", Status.ERROR_SUCCESS), ("refused", FAILS)]
)
def test_the_same_key_for_two_resources(choice: str, answer: Status) -> None:
    """A key that another resource has is added, or refused (A23); containers are always added."""
    cluster = cluster_with(A23=choice)
    cluster.control("A", ADD, KEY)
    cluster.write("N2", KEY, "of B")
    for node, resource in (("N1", "A"), ("N2", "B")):
        cluster.do(CryptGenKey(node, BOX, "k1"))
        cluster.control(resource, ADD_CRYPTO, BOX)

    cluster.control("B", ADD, KEY, answer)


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_a_product_has_room_for_so_many() -> None:
    """A product that limits the roots of a resource refuses one more (MostCheckpoints)."""
    cluster = Driver(rules_with({}, VCS_REGREP, Product(most_checkpoints=1)))
    for key in (KEY, OTHER):
        cluster.write("N1", key, "first")
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD, OTHER, FAILS)
    cluster.control("A", DELETE, KEY)

    cluster.control("A", ADD, OTHER)


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_a_full_quorum_takes_no_add() -> None:
    """While nothing can be stored on the quorum, an add fails and leaves nothing behind."""
    cluster = cluster_with()
    cluster.do(QuorumChange("full"))
    before = cluster.state
    cluster.control("A", ADD, KEY, FAILS)

    assert cluster.state == before


@pytest.mark.rule("CKPT-ADD-CRYPTO", "CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(("choice", "left"), [("list-unchanged", 0), ("listed-without-copy", 2)])
def test_adds_that_fail(choice: str, left: int) -> None:
    """An add that fails leaves the list as it was, or an entry without a copy (A41)."""
    cluster = cluster_with(A41=choice)
    cluster.control("A", ADD, "Software\\Missing", FAILS)
    cluster.control("A", ADD_CRYPTO, BOX, Status.NTE_BAD_KEYSET)

    assert len(cluster.state.resources[fold("A")].checkpoints) == left
    assert len(cluster.state.copies) == 0
    cluster.do(OnlineClusterResource("A"))


@pytest.mark.rule("CKPT-ADD-REGISTRY", "CKPT-RESTORE-BEFORE-ONLINE")
def test_adding_while_pending_and_online() -> None:
    """A root that is added while online has nothing to restore; one added while pending does."""
    cluster = cluster_with()
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.control("A", ADD, KEY)
    assert RestoreCheckpoint("A", KEY) in cluster.by_itself()
    cluster.do(FailClusterResource("A"))
    cluster.do(OnlineClusterResource("A"))
    cluster.do(RegOpenKeyEx("N1", OTHER))
    cluster.control("A", ADD, OTHER)

    assert cluster.by_itself() == []
