"""Each choice of a reading calls for its own clause, and the clause shows in what happens."""

import pytest

from clusckpt.names import fold
from clusckpt.rules.choices import (
    backup_of,
    between_of,
    capture_of,
    comparison_of,
    deletion_of,
    recapture_of,
    waits_of,
)
from clusckpt.rules.removal import (
    backed_up,
    backed_up_without_crypto,
    compared_with_case,
    compared_without_case,
    deleted,
    deleted_with_trees,
    resource_deleted_first,
)
from clusckpt.rules.restore import every_checkpoint, every_stored_copy, nothing
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CaptureCheckpoint,
    CaptureDelayPasses,
    CryptGenKey,
    DllOffline,
    DllOnline,
    OfflineClusterResource,
    OnlineClusterResource,
    RestoreCheckpoint,
)
from clusckpt_spec.readings import LIVE_PAIR, MSCS_PAGE, READINGS, Product
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

KEY = "Software\\Acme"
BOX = "1\\\\Box"
CAPTURE, RESTORE = CaptureCheckpoint("A", KEY), RestoreCheckpoint("A", KEY)


def cluster_with(**choices: str) -> Driver:
    """A cluster, under these choices, in which A has a root and a container on N1."""
    cluster = Driver(rules_with({AmbiguityID[name]: choice for name, choice in choices.items()}))
    cluster.write("N1", KEY, "first")
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD_CRYPTO, BOX)
    return cluster


def coming(**choices: str) -> Driver:
    """The same, with A coming online and nothing restored yet."""
    cluster = cluster_with(**choices)
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    return cluster


def going(**choices: str) -> Driver:
    """The same, with A going offline."""
    cluster = cluster_with(**choices)
    cluster.do(OnlineClusterResource("A"))
    outcomes = cluster.outcomes(OfflineClusterResource("A"))
    (cluster.state,) = (
        one.state
        for one in outcomes
        if one.state.resources[fold("A")].state is ResourceState.OFFLINE_PENDING
    )
    return cluster


EVERY_A3 = [choice.name for choice in AMBIGUITIES[AmbiguityID.A3].choices]


@pytest.mark.rule("CKPT-OFFLINE-OVERWRITTEN", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("choice", EVERY_A3)
@pytest.mark.parametrize("soon", ["immediate", "eventual"])
def test_a_change_before_the_restore_is_overwritten(choice: str, soon: str) -> None:
    """What changes before its restore is overwritten by it, whatever else is chosen (A3)."""
    cluster = coming(A1=soon, A3=choice)
    cluster.write("N1", KEY, "meanwhile")

    assert not cluster.can(CAPTURE)
    cluster.do(RESTORE)
    assert cluster.value("N1", KEY) == "first"
    assert cluster.copied("A", KEY) == "first"


@pytest.mark.rule("CKPT-OFFLINE-OVERWRITTEN")
def test_a_change_after_the_restore_is_overwritten() -> None:
    """Where such a change counts as an offline one, the resource waits once more (A3)."""
    cluster = coming(A3="overwritten")
    cluster.do(RESTORE)
    cluster.do(RestoreCheckpoint("A", BOX))
    cluster.write("N1", KEY, "meanwhile")

    assert not cluster.can(DllOnline("A"))
    assert not cluster.can(CAPTURE)
    cluster.do(RESTORE)
    cluster.do(DllOnline("A"))
    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize("soon", ["immediate", "eventual"])
def test_a_change_after_the_restore_is_captured(soon: str) -> None:
    """Where such a change counts as an online one, it is captured as one (A3)."""
    cluster = coming(A1=soon, A3="captured")
    cluster.do(RESTORE)
    cluster.do(RestoreCheckpoint("A", BOX))
    cluster.write("N1", KEY, "meanwhile")

    assert (cluster.copied("A", KEY) == "meanwhile") is (soon == "immediate")
    assert not cluster.can(RESTORE)
    cluster.do(CaptureDelayPasses())
    cluster.do(DllOnline("A"))
    assert cluster.value("N1", KEY) == "meanwhile"
    assert cluster.copied("A", KEY) == "meanwhile"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN")
def test_a_change_after_the_restore_has_either_fate() -> None:
    """Where both are allowed, it can be captured, be overwritten once more, or be left (A3)."""
    cluster = coming(A3="either")
    cluster.do(RESTORE)
    cluster.do(RestoreCheckpoint("A", BOX))
    cluster.write("N1", KEY, "meanwhile")
    before = cluster.state

    assert cluster.by_itself() == [RESTORE, CAPTURE, DllOnline("A")]
    cluster.do(CAPTURE)
    assert cluster.copied("A", KEY) == "meanwhile"
    assert RESTORE not in cluster.by_itself()
    cluster.state = before
    cluster.do(RESTORE)
    assert cluster.value("N1", KEY) == "first"
    assert cluster.by_itself() == [DllOnline("A")]
    cluster.state = before
    cluster.do(CaptureDelayPasses())
    cluster.do(DllOnline("A"))
    assert (cluster.value("N1", KEY), cluster.copied("A", KEY)) == ("meanwhile", "first")


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize(
    ("choice", "at_once", "possible"),
    [("overwritten", "first", False), ("captured", "last", False), ("either", "first", True)],
)
def test_a_change_on_the_way_to_offline(choice: str, at_once: str, *, possible: bool) -> None:
    """A change on the way to offline is not captured, is captured, or may be (A3)."""
    cluster = going(A3=choice)
    cluster.write("N1", KEY, "last")

    assert cluster.copied("A", KEY) == at_once
    assert cluster.can(CAPTURE) is possible
    if possible:
        cluster.do(CAPTURE)
        assert cluster.copied("A", KEY) == "last"
    cluster.do(DllOffline("A"))
    assert cluster.resource_state("A") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize(
    ("choice", "after_delay"), [("overwritten", "first"), ("captured", "last"), ("either", "first")]
)
def test_the_delay_on_the_way_to_offline(choice: str, after_delay: str) -> None:
    """On the way to offline a capture must come only where the change counts as online (A3)."""
    cluster = going(A1="eventual", A3=choice)
    cluster.write("N1", KEY, "last")
    cluster.do(CaptureDelayPasses())

    assert cluster.copied("A", KEY) == after_delay


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize(("choice", "keys"), [("not-monitored", "k1"), ("monitored", "k2")])
def test_containers_on_the_way_to_offline(choice: str, keys: str) -> None:
    """New keys on the way to offline are captured where containers are monitored (A3, A39)."""
    cluster = going(A3="captured", A39=choice)
    cluster.do(CryptGenKey("N1", BOX, "k2"))

    assert cluster.copied_keys("A", BOX) == keys


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_what_is_waited_for() -> None:
    """Every copy is waited for, or every checkpoint (A27); where trees are live, nothing is."""
    fatal = rules_with({AmbiguityID.A27: "fatal"}).reading

    assert waits_of(MSCS_PAGE) is every_stored_copy
    assert waits_of(fatal) is every_checkpoint
    assert waits_of(LIVE_PAIR) is nothing
    assert waits_of(rules_with({}, product=Product(restore_same_node=False)).reading) not in (
        every_stored_copy,
        nothing,
    )


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
@pytest.mark.parametrize(
    ("tree", "copies", "clause"),
    [
        ("registry-untouched", "one-step", deleted),
        ("registry-untouched", "two-steps", resource_deleted_first),
        ("registry-removed", "one-step", deleted_with_trees),
    ],
)
def test_what_a_deletion_takes(tree: str, copies: str, clause: object) -> None:
    """A32 and A42 say what goes with a resource, and when."""
    choices = {AmbiguityID.A32: tree, AmbiguityID.A42: copies}

    assert deletion_of(rules_with(choices).reading) is clause


@pytest.mark.rule("CKPT-IN-BACKUP", "CKPT-NAMES-CASELESS")
def test_backups_and_names() -> None:
    """A36 says what a backup has, and A9 how names are compared."""
    other = rules_with({AmbiguityID.A36: "registry-only", AmbiguityID.A9: "case-sensitive"}).reading

    assert (backup_of(MSCS_PAGE), backup_of(other)) == (backed_up, backed_up_without_crypto)
    assert comparison_of(MSCS_PAGE) is compared_without_case
    assert comparison_of(other) is compared_with_case


@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
def test_every_reading_has_a_clause_for_every_decision(reading: object) -> None:
    """Each decision about a change has a clause under each shipped reading."""
    known = next(one for one in READINGS.values() if one is reading)

    assert all(callable(decide(known)) for decide in (capture_of, between_of, recapture_of))
