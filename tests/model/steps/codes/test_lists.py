"""Lists: what the list codes leave in the buffer of the caller."""

from itertools import permutations

import pytest

from clusckpt.buffers import encoded
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import ClusterResourceControl, CryptGenKey
from tests.drive import ADD, DELETE, GET, Driver, rules_with

KEYS = ("Software\\C", "Software\\A", "Software\\B")
"""Keys that are not added in the order of their names."""

GET_CRYPTO = ControlCode.GET_CRYPTO_CHECKPOINTS.published_name
ADD_CRYPTO = ControlCode.ADD_CRYPTO_CHECKPOINT.published_name


def driver(choices: dict[AmbiguityID, str] | None = None) -> Driver:
    """A cluster under these choices in which A has the keys, and a container."""
    cluster = Driver(rules_with(choices or {}))
    cluster.do(CryptGenKey("N1", "1\\\\AcmeKeys", "k1"))
    cluster.control("A", ADD_CRYPTO, "1\\\\AcmeKeys")
    for key in KEYS:
        cluster.write("N1", key, "x")
        cluster.control("A", ADD, key)
    return cluster


def sizes(
    cluster: Driver, code: str, size: int | None, *, null: bool = False
) -> dict[int, set[int]]:
    """What each answer may leave in lpcbBytesReturned."""
    event = ClusterResourceControl("A", code, output_size=size, output_null=null)
    return {
        one.status.value: set(one.listing.sizes) if one.listing else set()
        for one in cluster.outcomes(event)
    }


def admitted(cluster: Driver) -> set[tuple[str, ...]]:
    """The orders in which the roots may be listed."""
    listing = cluster.control("A", GET, None).listing

    assert listing is not None
    return {order for order in permutations(KEYS) if listing.admits(order)}


@pytest.mark.rule("CKPT-GET-CRYPTO")
def test_the_worked_example() -> None:
    """16 bytes are too few for the container of the register's example, and 26 are enough."""
    cluster = driver()

    assert sizes(cluster, GET_CRYPTO, 16) == {234: {26}}
    assert sizes(cluster, GET_CRYPTO, 26) == {0: {26}}
    assert len(encoded(["1\\\\AcmeKeys"])) == 26


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_a_list_is_a_set() -> None:
    """The roots may be listed in any order (A15)."""
    assert admitted(driver()) == set(permutations(KEYS))


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_a_list_in_order() -> None:
    """Or in the order of the adds; a root that is deleted and added again is the last (A15)."""
    cluster = driver({AmbiguityID.A15: "order-of-add"})

    assert admitted(cluster) == {KEYS}
    cluster.control("A", DELETE, KEYS[0])
    cluster.control("A", ADD, KEYS[0])
    assert admitted(cluster) == {(*KEYS[1:], KEYS[0])}


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "forms"),
    [
        ("any-empty-form", {0, 2, 4}),
        ("no-bytes", {0}),
        ("one-terminator", {2}),
        ("two-terminators", {4}),
    ],
)
def test_an_empty_list(choice: str, forms: set[int]) -> None:
    """A resource without checkpoints has a list of no bytes, or of terminators (A16)."""
    cluster = Driver(rules_with({AmbiguityID.A16: choice}))

    assert sizes(cluster, GET, 8) == {0: forms}
    assert cluster.control("A", GET, None).output == frozenset()


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "statuses"), [("either", {0, 234}), ("success", {0}), ("more-data", {234})]
)
def test_no_buffer(choice: str, statuses: set[int]) -> None:
    """NULL and zero may be answered with success, with the size, or with either (A17)."""
    cluster = driver({AmbiguityID.A17: choice})

    assert set(sizes(cluster, GET, 0, null=True)) == statuses
    assert sizes(cluster, GET, 0) == {234: {68}}


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(("choice", "size"), [("double-terminator", 68), ("single-terminator", 66)])
def test_the_ending(choice: str, size: int) -> None:
    """A list ends with its last string, or with a terminator more (A18)."""
    assert sizes(driver({AmbiguityID.A18: choice}), GET, 100) == {0: {size}}


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_a_null_buffer_with_a_size() -> None:
    """A NULL buffer with a size makes the call fail, and nothing is told."""
    assert sizes(driver(), GET, 8, null=True) == {Status.UNSPECIFIED_FAILURE.value: set()}


def test_a_list_changes_nothing() -> None:
    """Whatever a list answers, the cluster is as before."""
    cluster = driver()
    every = cluster.outcomes(ClusterResourceControl("A", GET))

    assert {one.state for one in every} == {cluster.state}
