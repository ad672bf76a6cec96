"""A stored copy takes the place of what its node has, on the owner and nowhere else."""

from dataclasses import replace

import pytest

from clusckpt.names import fold
from clusckpt.registry import EMPTY_KEY, find, value_of
from clusckpt.rules import Course
from clusckpt.rules.restore import (
    every_checkpoint,
    every_stored_copy,
    hindrance,
    nothing,
    on_another_node,
    on_the_owner,
    put_back,
    replaced,
)
from clusckpt.state import Checkpoint, Container, NoTree
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    CryptGenKey,
    CryptSetProvParam,
    LoseStoredCopy,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegOpenKeyEx,
    RegSetKeySecurity,
)
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

KEY = "Software\\Acme"
BOX = "1\\\\Box"
SAME_BOX = "1\\Microsoft Strong Cryptographic Provider\\box"
A, N1, N2 = fold("A"), fold("N1"), fold("N2")


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has a root and a container on N1."""
    driver = Driver()
    driver.write("N1", KEY, "first")
    driver.do(CryptGenKey("N1", BOX, "k1"))
    driver.control("A", ADD, KEY)
    driver.control("A", ADD_CRYPTO, BOX)
    return driver


def listed(cluster: Driver) -> tuple[Checkpoint, Checkpoint]:
    """The container and the root on the list of A."""
    crypto, root = sorted(cluster.state.resources[A].checkpoints)
    entries = cluster.state.resources[A].checkpoints
    return entries[crypto], entries[root]


@pytest.mark.rule("CKPT-TREE-REPLACED")
def test_the_copy_replaces_the_tree() -> None:
    """What the copy lacks is gone, whatever was there."""
    there, copy = (EMPTY_KEY.with_value(value_of("v", text)) for text in ("local", "stored"))

    assert replaced(there, copy) == copy
    assert replaced(None, copy) == copy


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-CRYPTO-CONTAINERS")
def test_a_copy_is_put_back(cluster: Driver) -> None:
    """A tree goes back under its root, and keys into the container of the same name."""
    box, root = listed(cluster)
    course = put_back(Course(cluster.state), N2, A, root)
    course = put_back(course, N2, A, box)
    node = course.state.nodes[N2]

    assert find(node.registry, root.root) == cluster.copy("A", KEY)
    assert list(node.containers.values()) == [Container("k1")]
    assert [change.subject for change in course.changes] == [N2, N2]


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_copy_of_no_tree_removes_the_root(cluster: Driver) -> None:
    """The copy of a tree that was not there takes the root away again (A6)."""
    _, root = listed(cluster)
    nothing_there = cluster.state.copies.insert((A, root.name), NoTree())
    course = put_back(Course(replace(cluster.state, copies=nothing_there)), N1, A, root)

    assert find(course.state.nodes[N1].registry, root.root) is None


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_only_the_owner_is_restored_to(cluster: Driver) -> None:
    """Restores go to the owner of the group, also after a move; other nodes stay stale (A31)."""
    cluster.do(OnlineClusterResource("A"))

    assert on_the_owner(cluster.state, A) == N1
    assert cluster.value("N2", KEY) is None
    cluster.do(MoveClusterGroup("GA", "N2"))
    assert on_the_owner(cluster.state, A) == N2
    assert cluster.value("N2", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-KB-RESTORE-AT-ONLINE")
def test_what_must_have_been_restored(cluster: Driver) -> None:
    """A missing copy is waited for only where it is fatal (A27)."""
    box, root = listed(cluster)
    cluster.do(LoseStoredCopy("A", KEY))

    assert every_stored_copy(cluster.state, A) == {box.name}
    assert every_checkpoint(cluster.state, A) == {box.name, root.name}
    assert nothing(cluster.state, A) == frozenset()


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_the_node_of_the_last_offline_may_be_spared(cluster: Driver) -> None:
    """A product may restore nothing where the resource was last offline (RestoreLocally)."""
    box, root = listed(cluster)
    resource = cluster.state.resources[A]
    here = cluster.state.with_resource(A, replace(resource, left=N1))
    there = cluster.state.with_resource(A, replace(resource, left=N2))

    assert on_another_node(every_stored_copy, here, A) == frozenset()
    assert on_another_node(every_stored_copy, there, A) == {box.name, root.name}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_hindrances(cluster: Driver) -> None:
    """An open or denied key hinders the restore of its tree, a lock that of its container."""
    box, root = listed(cluster)
    assert hindrance(cluster.state, A, N1, root) is None
    assert hindrance(cluster.state, A, N1, box) is None
    cluster.write("N1", KEY + "\\Sub", "open")
    cluster.do(RegOpenKeyEx("N1", KEY + "\\Sub"))
    cluster.do(CryptSetProvParam("N1", BOX, writable=False))

    assert hindrance(cluster.state, A, N1, root) == (("SOFTWARE", "ACME", "SUB"),)
    assert hindrance(cluster.state, A, N1, box) == ()
    cluster.do(RegSetKeySecurity("N1", KEY, writable=False))
    assert hindrance(cluster.state, A, N1, root) == (("SOFTWARE", "ACME"),)
    assert hindrance(cluster.state, A, N2, root) is None


@pytest.mark.rule("CKPT-INSTANCES", "CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize(("name", "keys"), [(SAME_BOX, "k2"), ("1\\\\Other", None)])
def test_two_names_of_one_container(name: str, keys: str | None) -> None:
    """A restore is captured by an online resource that has the same container, however named."""
    cluster = Driver(rules_with({AmbiguityID.A39: "monitored"}))
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(CryptGenKey("N2", name, "k2"))
    cluster.control("B", ADD_CRYPTO, name)
    cluster.do(OnlineClusterResource("B"))
    cluster.do(OfflineClusterResource("B"))
    cluster.do(MoveClusterGroup("GB", "N1"))

    assert cluster.copied_keys("A", BOX) == "k1"
    cluster.do(OnlineClusterResource("B"))
    assert cluster.copied_keys("A", BOX) == (keys or "k1")


@pytest.mark.rule("CKPT-INSTANCES")
def test_a_container_is_no_key() -> None:
    """The restore of a container changes no tree that another resource has a checkpoint of."""
    cluster = Driver()
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD_CRYPTO, BOX)
    outcome = cluster.do(OnlineClusterResource("A"))

    assert [move.action for move in outcome.moves].count("restore") == 2
    assert cluster.copied("A", KEY) == "first"
