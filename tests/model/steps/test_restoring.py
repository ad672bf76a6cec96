"""Restores that fail: what is logged, what is restored all the same, what is not."""

from dataclasses import replace

import pytest

from clusckpt.names import fold
from clusckpt.rules import Course, LogEntry
from clusckpt.rules.restore import nothing
from clusckpt.state import RESTING
from clusckpt.steps.restoring import (
    CRYPTO_RESTORE_FAILED,
    REGISTRY_RESTORE_FAILED,
    attempted,
    restorable,
    unrestored,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    CryptGenKey,
    CryptSetProvParam,
    DllOnline,
    LoseStoredCopy,
    OfflineClusterResource,
    OnlineClusterResource,
    RegCloseKey,
    RegOpenKeyEx,
    RegSetKeySecurity,
    RestoreCheckpoint,
)
from clusckpt_spec.readings import Product
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

A, N1 = fold("A"), fold("N1")
KEY, OTHER = "Software\\Acme", "Software\\Other"
BOX = "1\\\\Box"
FAILED, ONLINE = ResourceState.FAILED, ResourceState.ONLINE
ONLINE_A = OnlineClusterResource("A")
OPEN = RegOpenKeyEx("N1", KEY)
DENIED = RegSetKeySecurity("N1", KEY, writable=False)
LOCKED = CryptSetProvParam("N1", BOX, writable=False)


def edited(product: Product | None = None, **choices: str) -> Driver:
    """A cluster in which the trees and the keys of A were changed after they were captured."""
    chosen = {AmbiguityID[name]: choice for name, choice in choices.items()}
    cluster = Driver(rules_with(chosen, product=product or Product()))
    cluster.do(CryptGenKey("N1", BOX, "stored"))
    cluster.control("A", ADD_CRYPTO, BOX)
    for key in (KEY, OTHER):
        cluster.write("N1", key, "stored")
        cluster.control("A", ADD, key)
        cluster.write("N1", key, "local")
    cluster.do(CryptGenKey("N1", BOX, "local"))
    return cluster


def there(cluster: Driver) -> tuple[str | None, str | None, str]:
    """What the node N1 has under both roots and in the container."""
    (box,) = cluster.state.nodes[N1].containers.values()
    return cluster.value("N1", KEY), cluster.value("N1", OTHER), box.keys


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN")
def test_everything_is_restored() -> None:
    """With nothing in the way, every tree and every container is as it was stored."""
    cluster = edited()
    outcome = cluster.do(ONLINE_A)

    assert there(cluster) == ("stored", "stored", "stored")
    assert outcome.logged == frozenset()


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("hindrance", [OPEN, DENIED])
def test_a_failed_restore_is_fatal(hindrance: AnyEvent) -> None:
    """Where a failed restore is fatal, event 1024 is logged and the online fails (A25)."""
    cluster = edited(A25="fatal")
    cluster.do(hindrance)
    outcome = cluster.do(ONLINE_A, Status.UNSPECIFIED_FAILURE)

    assert cluster.resource_state("A") is FAILED
    assert cluster.value("N1", KEY) == "local"
    assert outcome.logged == {LogEntry(REGISTRY_RESTORE_FAILED, A, KEY)}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("hindrance", [OPEN, DENIED])
def test_a_failed_restore_is_survived(hindrance: AnyEvent) -> None:
    """Where it is survived, the event is logged and the resource runs with the local tree (A25)."""
    cluster = edited(A25="logged-and-survived")
    cluster.do(hindrance)
    outcome = cluster.do(ONLINE_A)

    assert cluster.resource_state("A") is ONLINE
    assert there(cluster) == ("local", "stored", "stored")
    assert outcome.logged == {LogEntry(REGISTRY_RESTORE_FAILED, A, KEY)}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize(("choice", "state"), [("fatal", FAILED), ("logged-and-survived", ONLINE)])
def test_a_locked_container(choice: str, state: ResourceState) -> None:
    """A container that may not be written is event 1121, and like a tree otherwise (A25)."""
    cluster = edited(A25=choice)
    cluster.do(LOCKED)
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    outcome = cluster.do(RestoreCheckpoint("A", BOX))

    assert outcome.logged == {LogEntry(CRYPTO_RESTORE_FAILED, A, BOX)}
    assert there(cluster)[2] == "local"
    for key in (KEY, OTHER) if state is ONLINE else ():
        cluster.do(RestoreCheckpoint("A", key))
    assert cluster.can(DllOnline("A")) is (state is ONLINE)


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_hindrance_that_is_gone() -> None:
    """Once the handle is closed, the next online restores the tree."""
    cluster = edited(A25="fatal")
    cluster.do(OPEN)
    cluster.do(ONLINE_A, Status.UNSPECIFIED_FAILURE)
    cluster.do(RegCloseKey("N1", KEY))
    cluster.do(ONLINE_A)

    assert there(cluster) == ("stored", "stored", "stored")


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize(
    ("choice", "after"),
    [
        ("independent", ("local", "stored", "stored")),
        ("all-or-nothing", ("local", "local", "local")),
    ],
)
def test_one_of_several_restores_fails(choice: str, after: tuple[str, str, str]) -> None:
    """The others are made all the same, or no tree is left restored (A26)."""
    cluster = edited(A25="logged-and-survived", A26=choice)
    cluster.do(OPEN)
    outcome = cluster.do(ONLINE_A)

    assert cluster.resource_state("A") is ONLINE
    assert there(cluster) == after
    assert outcome.logged == {LogEntry(REGISTRY_RESTORE_FAILED, A, KEY)}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize("choice", ["independent", "all-or-nothing"])
def test_several_restores_fail(choice: str) -> None:
    """Two failures log two events, and a fatal one fails the online once (A25, A26)."""
    cluster = edited(A25="fatal", A26=choice)
    cluster.do(OPEN)
    cluster.do(RegOpenKeyEx("N1", OTHER))
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    outcome = cluster.do(RestoreCheckpoint("A", KEY))

    assert cluster.resource_state("A") is FAILED
    assert len(outcome.logged) == (1 if choice == "independent" else 2)
    assert not cluster.can(RestoreCheckpoint("A", OTHER))


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_all_or_nothing_restores_all() -> None:
    """Where nothing fails, one restore of all is the restore of each (A26)."""
    cluster = edited(A26="all-or-nothing")
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    cluster.do(RestoreCheckpoint("A", KEY))

    assert there(cluster) == ("stored", "stored", "stored")
    assert cluster.by_itself() == [DllOnline("A")]


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize(
    ("choice", "state"), [("online-without-overwrite", ONLINE), ("fatal", FAILED)]
)
@pytest.mark.parametrize("together", ["independent", "all-or-nothing"])
def test_a_missing_copy(choice: str, state: ResourceState, together: str) -> None:
    """Without a copy the resource runs with the local tree, or does not come online (A27)."""
    cluster = edited(A27=choice, A26=together)
    cluster.do(LoseStoredCopy("A", OTHER))
    (end,) = (
        one.state for one in cluster.outcomes(ONLINE_A) if one.status is not Status.ERROR_IO_PENDING
    )
    cluster.state = end

    assert cluster.resource_state("A") is state
    assert cluster.value("N1", OTHER) == "local"
    assert cluster.value("N1", KEY) == (
        "local" if (state, together) == (FAILED, "all-or-nothing") else "stored"
    )


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_fatal_missing_copy_is_a_restore_that_fails() -> None:
    """Where a missing copy is fatal, its restore is due like any other, and fails (A27)."""
    cluster = edited(A27="fatal")
    cluster.do(LoseStoredCopy("A", KEY))
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    outcome = cluster.do(RestoreCheckpoint("A", KEY))

    assert [move.action for move in outcome.moves] == ["miss_copy"]
    assert cluster.resource_state("A") is FAILED


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_good_copy_is_kept_until_a_restore_succeeds() -> None:
    """After a failed restore nothing is captured until one has succeeded (A28)."""
    cluster = edited(A25="logged-and-survived", A28="good-copy-kept")
    cluster.do(OPEN)
    cluster.do(ONLINE_A)
    cluster.do(RegCloseKey("N1", KEY))
    cluster.write("N1", KEY, "not captured")
    assert cluster.copied("A", KEY) == "stored"
    cluster.do(OfflineClusterResource("A"))
    cluster.do(ONLINE_A)
    cluster.write("N1", KEY, "captured")

    assert cluster.copied("A", KEY) == "captured"


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize(
    ("hindrance", "state", "text"), [(OPEN, ONLINE, "stored"), (DENIED, FAILED, "local")]
)
def test_a_forced_restore(hindrance: AnyEvent, state: ResourceState, text: str) -> None:
    """A forced restore deletes the tree under open handles, and still needs the right to write."""
    cluster = edited(Product(restore_force=True), A25="fatal")
    cluster.do(hindrance)
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    cluster.do(RestoreCheckpoint("A", KEY))

    assert (cluster.resource_state("A") is FAILED) is (state is FAILED)
    assert cluster.value("N1", KEY) == text


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_forced_restore_stops_at_one_denied_key() -> None:
    """A key that may not be written stops a forced restore, also behind one that is open."""
    cluster = edited(Product(restore_force=True), A25="fatal")
    cluster.write("N1", KEY + "\\Denied", "local")
    cluster.do(RegSetKeySecurity("N1", KEY + "\\Denied", writable=False))
    cluster.do(OPEN)
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    outcome = cluster.do(RestoreCheckpoint("A", KEY))

    assert cluster.resource_state("A") is FAILED
    assert outcome.moves[0].arguments[-1] == ("SOFTWARE", "ACME", "DENIED")


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-CRYPTO-CONTAINERS")
def test_a_forced_restore_of_a_locked_container() -> None:
    """No force gets keys into a container that may not be written."""
    cluster = edited(Product(restore_force=True), A25="fatal")
    cluster.do(LOCKED)
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    cluster.do(RestoreCheckpoint("A", BOX))

    assert cluster.resource_state("A") is FAILED


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_what_is_restored_next() -> None:
    """A resource at rest has nothing to see restored, a pending one all, an online one nothing."""
    cluster = edited()
    rules = cluster.rules
    assert unrestored(rules, cluster.state, A) == []
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)

    assert [entry.given for entry in restorable(rules, cluster.state, A)] == [BOX, KEY, OTHER]
    cluster.do(RestoreCheckpoint("a", KEY.lower()))
    assert [entry.given for entry in restorable(rules, cluster.state, A)] == [BOX, OTHER]
    assert not cluster.can(RestoreCheckpoint("A", KEY))
    assert not cluster.can(RestoreCheckpoint("X", KEY))


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_restores_that_come_late() -> None:
    """A rulebook that waits for nothing restores after the online, and that is a bug."""
    cluster = edited()
    cluster.rules = replace(cluster.rules, waits=nothing)
    cluster.do(ONLINE_A, Status.ERROR_IO_PENDING)
    cluster.do(DllOnline("A"))

    assert there(cluster) == ("local", "local", "local")
    cluster.do(RestoreCheckpoint("A", KEY))
    assert cluster.value("N1", KEY) == "stored"
    course = attempted(
        cluster.rules,
        Course(cluster.state),
        A,
        unrestored(cluster.rules, cluster.state, A)[0],
    )
    assert course.state.resources[A].state not in RESTING
