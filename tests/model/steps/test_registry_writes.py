"""Registry calls and key containers: what they answer, and whom a change concerns."""

import pytest

from clusckpt.names import InvalidPath, fold
from clusckpt.registry import find
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    CryptGenKey,
    FailClusterResource,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegSetValueEx,
    RestoreCheckpoint,
)
from clusckpt_spec.register import RuleID
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

KEY, SUB = "Software\\Acme", "Software\\Acme\\Sub"
BOX = "1\\\\Box"
MISSING = {Status.ERROR_FILE_NOT_FOUND}


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A is online on N1 with a root."""
    driver = Driver()
    driver.write("N1", KEY, "first")
    driver.control("A", ADD, KEY)
    driver.do(OnlineClusterResource("A"))
    return driver


def actions(cluster: Driver, event: AnyEvent) -> list[str]:
    """The elementary steps of an event that succeeds."""
    return [move.action for move in cluster.do(event).moves]


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_keys_are_created_from_the_top(cluster: Driver) -> None:
    """A key is created with every missing one above it; one that is there is opened."""
    assert actions(cluster, RegCreateKeyEx("N1", SUB + "\\Deep")) == ["write", "write"]
    assert actions(cluster, RegCreateKeyEx("N1", SUB)) == []
    copy = cluster.copy("A", KEY)

    assert find(copy, ("Sub", "Deep")) is not None  # type: ignore[arg-type]


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_value_that_stays_is_no_change(cluster: Driver) -> None:
    """A write of what is there already changes nothing, and nothing follows from it."""
    before = cluster.state

    assert actions(cluster, RegSetValueEx("N1", KEY, "v", "first")) == []
    assert cluster.state == before


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_deleted_value_is_captured(cluster: Driver) -> None:
    """A value that is deleted while online is gone from the copy too."""
    cluster.do(RegDeleteValue("N1", KEY, "V"))

    assert cluster.value("N1", KEY) is None
    assert cluster.copied("A", KEY) is None
    assert cluster.copy("A", KEY) is not None


@pytest.mark.parametrize(
    "event",
    [
        RegDeleteValue("N1", KEY, "unknown"),
        RegDeleteValue("N1", "Software\\Unknown", "v"),
        RegDeleteTree("N1", "Software\\Unknown"),
        RegDeleteTree("N2", KEY),
    ],
)
def test_what_is_not_there_is_not_deleted(cluster: Driver, event: AnyEvent) -> None:
    """The deletion of a key or value that is not there fails."""
    assert cluster.statuses(event) == MISSING


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_deleted_subtree_is_captured(cluster: Driver) -> None:
    """A subkey that is deleted while online is gone from the copy too."""
    cluster.write("N1", SUB, "below")
    cluster.do(RegDeleteTree("N1", SUB))

    assert find(cluster.copy("A", KEY), ("Sub",)) is None  # type: ignore[arg-type]


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN")
@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (KEY, RuleID.OFFLINE_OVERWRITTEN),
        ("Software", RuleID.OFFLINE_OVERWRITTEN),
        ("Software\\Other", RuleID.CAPTURE_ONLINE),
    ],
)
def test_changes_fall_under_a_rule(cluster: Driver, key: str, rule: RuleID) -> None:
    """A change falls under the rule about offline changes if only resting resources cover it."""
    online = {change.rule for change in cluster.write("N1", KEY, "second").changes}
    cluster.do(FailClusterResource("A"))
    (change,) = cluster.write("N1", key, "third").changes[-1:]

    assert online == {RuleID.CAPTURE_ONLINE}
    assert change.rule is rule


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_keys_are_generated_once() -> None:
    """A container gets new keys; the same keys again change nothing."""
    cluster = Driver()
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    before = cluster.state

    assert cluster.do(CryptGenKey("N1", "1\\\\BOX", "k1")).changes == ()
    assert cluster.state == before
    assert len(cluster.do(CryptGenKey("N1", BOX, "k2")).changes) == 1


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS", "CKPT-OFFLINE-OVERWRITTEN")
def test_new_keys_before_online_are_overwritten() -> None:
    """New keys between the restore and the online make the container wait once more (A3)."""
    cluster = Driver(rules_with({AmbiguityID.A3: "overwritten"}))
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.do(RestoreCheckpoint("A", BOX))
    cluster.do(CryptGenKey("N1", BOX, "k2"))

    assert cluster.by_itself() == [RestoreCheckpoint("A", BOX)]
    assert cluster.resource_state("A") is ResourceState.ONLINE_PENDING


def test_a_key_that_no_path_names() -> None:
    """An event whose key is no path cannot be meant, and is refused before anything is done."""
    with pytest.raises(InvalidPath, match="leading, trailing or doubled backslash"):
        Driver().outcomes(RegSetValueEx("N1", "\\Software", "v", 1))


@pytest.mark.parametrize(
    ("key", "name"), [("Software\\" + "x" * 256, "v"), ("Software", "v" * 16_384)]
)
def test_what_no_registry_can_hold(key: str, name: str) -> None:
    """A key or a value with too long a name is refused."""
    event = RegSetValueEx("N1", key, name, 1)

    assert Driver().statuses(event) == {Status.UNSPECIFIED_FAILURE}


def test_values_that_only_some_registries_hold() -> None:
    """A value of more than a megabyte may be refused, or not."""
    event = RegSetValueEx("N1", "Software", "v", "x" * (1 << 19))

    assert Driver().statuses(event) == {Status.ERROR_SUCCESS, Status.UNSPECIFIED_FAILURE}


def test_too_many_levels_at_once() -> None:
    """One call creates 32 levels and not 33; a node keeps its own registry."""
    deep = "\\".join(["L"] * 32)
    cluster = Driver()

    assert cluster.statuses(RegCreateKeyEx("N1", deep + "\\L")) == {Status.UNSPECIFIED_FAILURE}
    cluster.do(RegCreateKeyEx("N1", deep))
    cluster.do(RegCreateKeyEx("N1", deep + "\\L"))
    assert find(cluster.state.nodes[fold("N2")].registry, ("L",)) is None
