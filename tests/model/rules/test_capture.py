"""A change of a checkpointed tree reaches its stored copy, as soon as the reading says."""

import pytest

from clusckpt.names import fold
from clusckpt.registry import EMPTY_KEY
from clusckpt.rules import MSCS_PAGE_RULES, Course, LogEntry
from clusckpt.rules.capture import SAVE_FAILED, local_copy
from clusckpt.start import crypto_checkpoint, registry_checkpoint
from clusckpt.state import Container
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import RegistryCheckpoint
from clusckpt_spec.formats.events import (
    CaptureCheckpoint,
    CaptureDelayPasses,
    CryptGenKey,
    FailClusterResource,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RegDeleteTree,
    RegOpenKeyEx,
)
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

KEY = "Software\\Acme"
BOX = "1\\\\Box"
CAPTURE = CaptureCheckpoint("A", KEY)


def online(**choices: str) -> Driver:
    """A cluster, under these choices, in which A is online on N1 with a root and a container."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    cluster.write("N1", KEY, "first")
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.do(OnlineClusterResource("A"))
    return cluster


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-KB-CAPTURE-ONLINE")
def test_immediate_capture_is_part_of_the_change() -> None:
    """Where capture is immediate, the copy is new as soon as the write has returned (A1)."""
    cluster = online(A1="immediate")
    cluster.write("N1", KEY, "second")

    assert cluster.copied("A", KEY) == "second"
    assert CAPTURE not in cluster.by_itself()


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_eventual_capture_comes_later() -> None:
    """Where capture is eventual, one later capture serves every change so far (A1)."""
    cluster = online(A1="eventual")
    cluster.write("N1", KEY, "second")
    cluster.write("N1", KEY, "third")

    assert cluster.copied("A", KEY) == "first"
    assert cluster.by_itself() == [CAPTURE]
    cluster.do(CAPTURE)
    assert cluster.copied("A", KEY) == "third"
    assert cluster.by_itself() == []


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize(("choice", "copied"), [("eventual", "second"), ("optional", "first")])
def test_the_delay_passes(choice: str, copied: str) -> None:
    """When the delay has passed, what is due is captured, unless capture is optional (A1)."""
    cluster = online(A1=choice)
    cluster.write("N1", KEY, "second")
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == copied


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_optional_capture_may_come() -> None:
    """Where capture is optional, it may come all the same (A1)."""
    cluster = online(A1="optional")
    cluster.write("N1", KEY, "second")
    cluster.do(CAPTURE)

    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN")
def test_no_capture_while_offline() -> None:
    """What changes while the resource is offline does not reach the copy, and nothing is due."""
    cluster = online(A1="eventual")
    cluster.do(OfflineClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_change_elsewhere_is_no_change() -> None:
    """What changes on a node that does not host the resource does not reach the copy."""
    cluster = online()
    cluster.write("N2", KEY, "second")

    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN")
@pytest.mark.parametrize(
    ("choice", "copied"), [("like-offline", "first"), ("like-online", "second")]
)
@pytest.mark.parametrize("soon", ["immediate", "eventual"])
def test_changes_while_failed(choice: str, copied: str, soon: str) -> None:
    """A change while failed counts as one while offline, or as one while online (A29)."""
    cluster = online(A29=choice, A1=soon)
    cluster.do(FailClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(CaptureDelayPasses())

    assert cluster.resource_state("A") is ResourceState.FAILED
    assert cluster.copied("A", KEY) == copied
    cluster.do(OnlineClusterResource("A"))
    assert cluster.value("N1", KEY) == copied


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize(("choice", "copied"), [("not-monitored", "k1"), ("monitored", "k2")])
@pytest.mark.parametrize("soon", ["immediate", "eventual"])
def test_changes_of_containers(choice: str, copied: str, soon: str) -> None:
    """New keys in a container are captured only where containers are monitored (A39)."""
    cluster = online(A39=choice, A1=soon)
    cluster.do(CryptGenKey("N1", BOX, "k2"))
    cluster.do(CaptureDelayPasses())

    assert cluster.copied_keys("A", BOX) == copied
    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_keys_that_cannot_be_exported_are_not_captured() -> None:
    """Keys that cannot be exported leave the good copy, and the failure is logged (A39)."""
    cluster = online(A39="monitored")
    outcome = cluster.do(CryptGenKey("N1", BOX, "k2", exportable=False))

    assert cluster.copied_keys("A", BOX) == "k1"
    assert {(entry.id, entry.about) for entry in outcome.logged} == {(SAVE_FAILED, BOX)}


@pytest.mark.rule("CKPT-ROOT-DELETED")
@pytest.mark.parametrize("soon", ["immediate", "eventual"])
def test_a_deleted_root_is_not_captured(soon: str) -> None:
    """When the root is gone, every try to capture is logged, and the good copy stays."""
    cluster = online(A1=soon)
    at_once = cluster.do(RegDeleteTree("N1", KEY)).logged
    later = cluster.do(CaptureDelayPasses()).logged

    assert {entry.id for entry in at_once | later} == {SAVE_FAILED}
    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_full_quorum_takes_no_capture() -> None:
    """On a full quorum the capture fails, is logged, and stays due until there is room."""
    cluster = online(A1="immediate")
    cluster.do(QuorumChange("full"))
    outcome = cluster.write("N1", KEY, "second")

    assert outcome.logged == {LogEntry(SAVE_FAILED, fold("A"), KEY)}
    assert cluster.copied("A", KEY) == "first"
    cluster.do(CaptureDelayPasses())
    assert cluster.copied("A", KEY) == "first"
    cluster.do(QuorumChange("online"))
    cluster.do(CAPTURE)
    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize(
    ("choice", "copied"), [("captured-over", "edited again"), ("good-copy-kept", "first")]
)
def test_after_a_failed_restore(choice: str, copied: str) -> None:
    """After a failed restore the next capture replaces the good copy, or none comes (A28)."""
    cluster = online(A25="logged-and-survived", A28=choice)
    cluster.do(OfflineClusterResource("A"))
    cluster.write("N1", KEY, "edited")
    cluster.do(RegOpenKeyEx("N1", KEY))
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "edited again")

    assert cluster.resource_state("A") is ResourceState.ONLINE
    assert cluster.copied("A", KEY) == copied


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-INSTANCES")
@pytest.mark.parametrize(
    ("choice", "at_once", "possible"),
    [
        ("recaptured", "second", {"second"}),
        ("not-recaptured", "first", {"first"}),
        ("either", "first", {"first", "second"}),
    ],
)
def test_restores_of_another_resource(choice: str, at_once: str, possible: set[str]) -> None:
    """Another resource's restore is captured, or is not, or may be (A24)."""
    cluster = online(A24=choice)
    cluster.write("N2", KEY, "second")
    cluster.control("B", ADD, KEY)
    cluster.do(OnlineClusterResource("B"))
    cluster.do(OfflineClusterResource("B"))
    cluster.do(MoveClusterGroup("GB", "N1"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("B"))
    seen = {cluster.copied("A", KEY)}

    assert cluster.value("N1", KEY) == "second"
    assert seen == {at_once}
    if cluster.can(CAPTURE):
        cluster.do(CAPTURE)
        seen.add(cluster.copied("A", KEY))
    assert seen == possible


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-CRYPTO-CONTAINERS")
def test_the_clause_of_the_page() -> None:
    """To the letter of the page, a change concerns the trees of online resources (A29, A39)."""
    cluster = online()
    state = cluster.state.with_registry(fold("N1"), EMPTY_KEY)
    course = MSCS_PAGE_RULES.capture(Course(state), fold("N1"), lambda _: True)

    assert course.logged == {LogEntry(SAVE_FAILED, fold("A"), KEY)}


def test_what_a_node_has() -> None:
    """A node has for a checkpoint the tree under its root, or the keys of its container."""
    cluster = online()
    root = registry_checkpoint(RegistryCheckpoint(KEY))

    assert local_copy(cluster.state, fold("N1"), root) == cluster.copy("A", KEY)
    assert local_copy(cluster.state, fold("N2"), root) is None
    assert local_copy(cluster.state, fold("N1"), crypto_checkpoint(BOX)) == Container("k1")
