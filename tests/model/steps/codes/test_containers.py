"""Key containers: which names the codes accept, and which of them are the same."""

import pytest

from clusckpt.buffers import written_string
from clusckpt.state import Container
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import ClusterResourceControl, CryptGenKey
from tests.drive import Driver, rules_with

ADD = ControlCode.ADD_CRYPTO_CHECKPOINT.published_name
DELETE = ControlCode.DELETE_CRYPTO_CHECKPOINT.published_name
GET = ControlCode.GET_CRYPTO_CHECKPOINTS.published_name
CONTAINER = "1\\\\K"
STRONG = "1\\Microsoft Strong Cryptographic Provider\\K"
FAILS = {Status.UNSPECIFIED_FAILURE}
ADDED = {Status.ERROR_SUCCESS}


def driver(choices: dict[AmbiguityID, str] | None = None, *containers: str) -> Driver:
    """A cluster under these choices whose node N1 has these containers."""
    cluster = Driver(rules_with(choices or {}))
    for one in containers or (CONTAINER,):
        cluster.do(CryptGenKey("N1", one, "k1"))
    return cluster


def asked(cluster: Driver, code: str, text: str) -> set[Status]:
    """What a code may answer."""
    return cluster.statuses(ClusterResourceControl("A", code, text))


@pytest.mark.rule("CKPT-ADD-CRYPTO", "CKPT-DELETE-CRYPTO")
@pytest.mark.parametrize(
    ("choice", "duplicate", "unknown"),
    [
        ("system-error", FAILS, FAILS),
        ("registry-codes", {Status.ERROR_ALREADY_EXISTS}, {Status.ERROR_FILE_NOT_FOUND}),
    ],
)
def test_duplicates_and_unknown_ones(
    choice: str, duplicate: set[Status], unknown: set[Status]
) -> None:
    """A second add and the delete of an unknown container fail, perhaps as for a root (A19)."""
    cluster = driver({AmbiguityID.A19: choice})

    assert asked(cluster, DELETE, CONTAINER) == unknown
    cluster.control("A", ADD, CONTAINER)
    assert asked(cluster, ADD, CONTAINER.lower()) == duplicate


@pytest.mark.rule("CKPT-ADD-CRYPTO", "CKPT-DELETE-CRYPTO")
@pytest.mark.parametrize(
    ("choice", "second", "deleted"),
    [("distinct", ADDED, FAILS), ("same-checkpoint", FAILS, ADDED)],
)
@pytest.mark.parametrize(("first", "other"), [(CONTAINER, STRONG), (STRONG, CONTAINER)])
def test_the_default_provider(
    choice: str, second: set[Status], deleted: set[Status], first: str, other: str
) -> None:
    """A container with and without the default provider is two checkpoints, or one (A20).

    The list has the string that was added.
    """
    cluster = driver({AmbiguityID.A20: choice})
    cluster.control("A", ADD, first)

    assert asked(cluster, ADD, other) == second
    assert asked(cluster, DELETE, other) == deleted
    assert cluster.control("A", GET, None).output == frozenset({first})


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.parametrize(
    ("choice", "answer"), [("refused", FAILS), ("first-two-separators", ADDED)]
)
def test_a_backslash_in_the_key(choice: str, answer: set[Status]) -> None:
    """A third backslash makes the call fail, or belongs to the name of the container (A21)."""
    given = "1\\P\\K\\x"
    cluster = driver({AmbiguityID.A21: choice}, given)

    assert asked(cluster, ADD, given) == answer
    assert asked(cluster, DELETE, given) == FAILS


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.parametrize(
    "given",
    [
        "",
        "K",
        "1\\K",
        "1\\\\",
        "PROV_RSA_FULL\\\\K",
        "0x1\\\\K",
        "-1\\\\K",
        "\u0661\\\\K",
        "1\\\\K\0",
    ],
)
def test_what_is_no_container(given: str) -> None:
    """A string that is not a decimal type, a provider and a key makes the call fail."""
    cluster = driver({AmbiguityID.A21: "first-two-separators"})

    assert asked(cluster, ADD, given) == FAILS
    assert asked(cluster, DELETE, given) == FAILS


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.parametrize(("choice", "answer"), [("refused", FAILS), ("normalised", ADDED)])
def test_an_unterminated_string(choice: str, answer: set[Status]) -> None:
    """The buffer of a container is read as that of a path is (A8)."""
    cluster = driver({AmbiguityID.A8: choice})
    data = written_string(CONTAINER)[:-2].hex()

    assert cluster.statuses(ClusterResourceControl("A", ADD, input_bytes=data)) == answer


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.parametrize(
    ("choice", "listed"),
    [("list-unchanged", set[str]()), ("listed-without-copy", {"1\\\\X", CONTAINER})],
)
def test_a_failed_add(choice: str, listed: set[str]) -> None:
    """An add that finds no container, or fixed keys, leaves nothing or an entry alone (A41)."""
    cluster = driver({AmbiguityID.A41: choice})
    cluster.do(CryptGenKey("N1", CONTAINER, "k1", exportable=False))
    cluster.control("A", ADD, "1\\\\X", Status.NTE_BAD_KEYSET)
    cluster.control("A", ADD, CONTAINER, Status.NTE_BAD_KEY)

    assert cluster.control("A", GET, None).output == frozenset(listed)
    assert len(cluster.state.copies) == 0


@pytest.mark.rule("CKPT-ADD-CRYPTO")
def test_another_node_adds_its_own_keys() -> None:
    """A node that is asked for and carries the add out copies the keys that it has."""
    cluster = driver()
    cluster.do(CryptGenKey("N2", CONTAINER, "k2"))
    cluster.do(ClusterResourceControl("A", ADD, CONTAINER, host_node="N2"))

    assert list(cluster.state.copies.values()) == [Container("k2")]
