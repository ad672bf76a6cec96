"""What some readings and products do beside every step: other nodes, other keys, memory."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import LogEntry
from clusckpt.steps.restoring import REGISTRY_RESTORE_FAILED
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    CaptureDelayPasses,
    CryptGenKey,
    DeleteClusterResource,
    FailClusterResource,
    LoseStoredCopy,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RegOpenKeyEx,
)
from clusckpt_spec.readings import LIVE_PAIR, MSCS, MSCS_PAGE, VCS_REGREP, Product, Reading
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

A = fold("A")
KEY, CACHE, INDEX = "Software\\Acme", "Software\\Acme\\Cache", "Software\\Acme\\Cache\\Index"
BOX = "1\\\\Box"


def cluster_with(
    product: Product = MSCS, base: Reading = MSCS_PAGE, *resources: Resource, **choices: str
) -> Driver:
    """A cluster, under these choices and of this product, in which A has a root on N1."""
    chosen = {AmbiguityID[name]: choice for name, choice in choices.items()}
    cluster = Driver(rules_with(chosen, base, product), *resources)
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    return cluster


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.parametrize(("choice", "there"), [("not-until-online", None), ("at-move", "first")])
def test_a_move_of_an_offline_resource(choice: str, there: str | None) -> None:
    """The move of an offline resource restores on the new node, or nothing does yet (A30)."""
    cluster = cluster_with(A30=choice)
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)

    assert cluster.value("N2", KEY) == there
    assert len(cluster.state.nodes[fold("N2")].containers) == (1 if there else 0)
    assert cluster.resource_state("A") is ResourceState.OFFLINE
    cluster.do(OnlineClusterResource("A"))
    assert cluster.value("N2", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_restore_at_a_move_can_fail() -> None:
    """A tree that cannot be replaced on the new node is logged and left as it is (A30)."""
    cluster = cluster_with(A30="at-move")
    cluster.write("N2", KEY, "open")
    cluster.do(RegOpenKeyEx("N2", KEY))
    outcome = cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)

    assert cluster.value("N2", KEY) == "open"
    assert outcome.logged == {LogEntry(REGISTRY_RESTORE_FAILED, A, KEY)}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_move_restores_what_there_is() -> None:
    """A checkpoint without a copy leaves the new node as it is, and so does a deletion (A30)."""
    cluster = cluster_with(A30="at-move")
    cluster.write("N2", KEY, "stale")
    cluster.do(LoseStoredCopy("A", KEY))
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)
    cluster.do(DeleteClusterResource("A"))

    assert cluster.value("N2", KEY) == "stale"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize(("choice", "there"), [("at-online", None), ("eager", "second")])
def test_other_nodes(choice: str, there: str | None) -> None:
    """The other nodes stay stale, or get every tree as soon as it is captured (A31)."""
    cluster = cluster_with(A31=choice)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "second")

    assert cluster.value("N2", KEY) == there


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_other_nodes_get_what_they_can_use() -> None:
    """A node that is down, or that is no possible owner, does not get the tree (A31)."""
    down = cluster_with(A31="eager")
    down.do(NodeCrash("N2"))
    bound = cluster_with(
        MSCS, MSCS_PAGE, Resource("A", group="GA", possible_owners=("N1",)), A31="eager"
    )
    for cluster in (down, bound):
        cluster.do(OnlineClusterResource("A"))
        cluster.write("N1", KEY, "second")

    assert down.value("N2", KEY) == "first"
    assert bound.value("N2", KEY) is None


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_eager_nodes_forget_deleted_resources() -> None:
    """A resource that is deleted leaves what its trees were on the other nodes (A31)."""
    cluster = cluster_with(A31="eager")
    cluster.do(DeleteClusterResource("A"))

    assert cluster.value("N2", KEY) == "first"
    assert len(cluster.state.copies) == 0


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE")
def test_a_live_pair_restores_nothing() -> None:
    """Where trees are kept the same all the time, no online restores anything."""
    cluster = cluster_with(LIVE_PAIR.product, LIVE_PAIR)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(CaptureDelayPasses())
    assert cluster.value("N2", KEY) == "second"
    cluster.do(OfflineClusterResource("A"))
    cluster.write("N1", KEY, "edited offline")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "edited offline"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-MOVE-GROUP")
def test_a_live_pair_moves_with_its_last_changes() -> None:
    """What the offline of a move saves is on the new node, though no online restores it."""
    cluster = cluster_with(LIVE_PAIR.product, LIVE_PAIR)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "last")
    cluster.do(MoveClusterGroup("GA", "N2"))

    assert cluster.value("N2", KEY) == "last"


NOT_HERE = Product(restore_same_node=False)


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-KB-RESTORE-AT-ONLINE")
@pytest.mark.parametrize(
    "stop", [OfflineClusterResource("A"), FailClusterResource("A")], ids=["offline", "failed"]
)
@pytest.mark.parametrize(("product", "text"), [(MSCS, "first"), (NOT_HERE, "edited")])
def test_the_node_of_the_last_offline(product: Product, text: str, stop: AnyEvent) -> None:
    """An online there restores, or where RestoreLocally is off, it does not."""
    cluster = cluster_with(product)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(stop)
    cluster.write("N1", KEY, "edited")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == text


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_another_node_is_restored_to() -> None:
    """On any other node the trees are restored, also where RestoreLocally is off."""
    cluster = cluster_with(NOT_HERE)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(OfflineClusterResource("A"))
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N2", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-MOVE-GROUP")
def test_a_move_passes_the_node_of_the_last_offline() -> None:
    """A move takes the resource offline on the old node, so the new one is restored to."""
    cluster = cluster_with(NOT_HERE)
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(OfflineClusterResource("A"))
    cluster.do(MoveClusterGroup("GA", "N1"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY, "second")
    cluster.do(MoveClusterGroup("GA", "N2"))

    assert cluster.value("N2", KEY) == "second"


EXCLUDES = Product(exclude_keys=(CACHE,))
IGNORES = Product(ignore_subkeys=(KEY,))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-TREE-REPLACED")
@pytest.mark.parametrize("product", [EXCLUDES, IGNORES])
def test_keys_that_are_left_out(product: Product) -> None:
    """What a product does not replicate is in no copy, and a restore leaves it as it is."""
    cluster = cluster_with(product)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", CACHE, "of N1")
    cluster.write("N2", CACHE, "of N2")
    cluster.do(MoveClusterGroup("GA", "N2"))

    assert cluster.value("N2", KEY) == "first"
    assert cluster.value("N2", CACHE) == "of N2"
    copy = cluster.copy("A", KEY)
    assert copy is not None
    assert "CACHE" not in getattr(copy, "subkeys", {})


@pytest.mark.rule("CKPT-TREE-REPLACED")
@pytest.mark.parametrize("product", [EXCLUDES, IGNORES])
def test_keys_left_out_do_not_travel_with_a_save(product: Product) -> None:
    """A move that saves on one node and restores on the other carries no excluded key over."""
    cluster = cluster_with(product, VCS_REGREP)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", INDEX, "of N1")
    cluster.do(MoveClusterGroup("GA", "N2"))

    assert cluster.value("N2", KEY) == "first"
    assert cluster.value("N2", INDEX) is None


@pytest.mark.rule("CKPT-TREE-REPLACED")
@pytest.mark.parametrize("product", [EXCLUDES, IGNORES])
@pytest.mark.parametrize("choices", [{"A31": "eager"}, {"A30": "at-move"}])
def test_keys_left_out_stay_on_other_nodes(product: Product, choices: dict[str, str]) -> None:
    """A tree that reaches another node leaves the excluded keys there alone (A30, A31)."""
    cluster = cluster_with(product, MSCS_PAGE, **choices)
    cluster.write("N2", CACHE, "of N2")
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N2", KEY, "second")

    assert cluster.value("N2", CACHE) == "of N2"
    assert cluster.copied("A", KEY) == "second"


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_containers_are_replicated_whole() -> None:
    """Left-out keys are keys of the registry; containers and absent trees have none."""
    cluster = cluster_with(EXCLUDES, VCS_REGREP)
    cluster.do(CryptGenKey("N1", BOX, "k1"))
    cluster.control("A", ADD_CRYPTO, BOX)
    cluster.control("A", ADD, "Software\\Missing")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.copied_keys("A", BOX) == "k1"
    assert cluster.value("N1", "Software\\Missing") is None


def test_windows_does_none_of_it() -> None:
    """Under the page's reading no step has side effects."""
    cluster = cluster_with()

    assert not cluster.rules.has_side_effects
