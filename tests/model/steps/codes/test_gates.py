"""Gates: access, server state, version and node decide whether a code is carried out."""

import pytest

from clusckpt.registry import EMPTY_KEY, value_of
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import ClusterResourceControl, CryptGenKey, NodeCrash
from tests.drive import ADD, DELETE, GET, Driver, rules_with

KEY = "Software\\Acme"
CONTAINER = "1\\\\K"
DONE = {Status.ERROR_SUCCESS}
FAILS = {Status.UNSPECIFIED_FAILURE}
EITHER = DONE | FAILS
CHANGES = [code for code in ControlCode if "GET" not in code.name and "EX" not in code.name]
LISTS = [ControlCode.GET_REGISTRY_CHECKPOINTS, ControlCode.GET_CRYPTO_CHECKPOINTS]


def driver(choices: dict[AmbiguityID, str] | None = None) -> Driver:
    """A cluster under these choices, in which every code can succeed for A."""
    cluster = Driver(rules_with(choices or {}))
    cluster.write("N1", KEY, "first")
    cluster.write("N1", "Software\\Wow6432Node\\Acme", "narrow")
    cluster.do(CryptGenKey("N1", CONTAINER, "k1"))
    return cluster


def fitting(code: ControlCode, cluster: Driver, **fields: str) -> ClusterResourceControl:
    """The code with what it needs to succeed; a delete finds what it deletes."""
    text = CONTAINER if "CRYPTO" in code.name else KEY
    if "DELETE" in code.name:
        added = ControlCode[code.name.replace("DELETE", "ADD")]
        cluster.do(ClusterResourceControl("A", added.value, text))
    return ClusterResourceControl("A", code.value, text, output_size=64, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", [*CHANGES, *LISTS])
def test_the_usual_call_is_carried_out(code: ControlCode) -> None:
    """With All access, on a server in the read/write state, by the owner, every code succeeds."""
    cluster = driver()

    assert cluster.statuses(fitting(code, cluster)) == DONE
    assert cluster.statuses(fitting(code, driver(), host_node="n1")) <= EITHER


@pytest.mark.parametrize("code", CHANGES)
@pytest.mark.parametrize(
    ("choice", "answer"), [("all-to-modify", FAILS), ("all-may-be-waived", EITHER)]
)
def test_changes_need_all_access(code: ControlCode, choice: str, answer: set[Status]) -> None:
    """With read access an add or a delete fails, or the server may let it pass (A37)."""
    cluster = driver({AmbiguityID.A37: choice})

    assert cluster.statuses(fitting(code, cluster, access="Read")) == answer


@pytest.mark.parametrize("code", LISTS)
def test_lists_need_read_access(code: ControlCode) -> None:
    """A list has no modify bit, so read access is enough for it (A37)."""
    cluster = driver()

    assert cluster.statuses(fitting(code, cluster, access="Read")) == DONE


@pytest.mark.parametrize("code", CHANGES)
@pytest.mark.parametrize(("choice", "answer"), [("may-refuse", EITHER), ("must-refuse", FAILS)])
def test_changes_on_a_read_only_server(code: ControlCode, choice: str, answer: set[Status]) -> None:
    """A server in the read-only state may refuse a change, or must (A38)."""
    cluster = driver({AmbiguityID.A38: choice})

    assert cluster.statuses(fitting(code, cluster, server="read-only")) == answer


@pytest.mark.parametrize("code", LISTS)
@pytest.mark.parametrize("choice", ["may-refuse", "must-refuse"])
def test_lists_on_a_read_only_server(code: ControlCode, choice: str) -> None:
    """A server in the read-only state SHOULD accept a list, which leaves it a refusal (A38)."""
    cluster = driver({AmbiguityID.A38: choice})

    assert cluster.statuses(fitting(code, cluster, server="read-only")) == EITHER


@pytest.mark.parametrize("choice", ["all-codes", "since-2008", "before-2008"])
@pytest.mark.parametrize("code", CHANGES)
def test_codes_of_a_version(choice: str, code: ControlCode) -> None:
    """Before Windows Server 2008 there were no codes for the 32-bit and 64-bit views (A43)."""
    cluster = driver({AmbiguityID.A43: choice})
    missing = choice == "before-2008" and code.name.endswith("BIT")

    assert cluster.statuses(fitting(code, cluster)) == (FAILS if missing else DONE)


@pytest.mark.rule("CKPT-ADD-CRYPTO-EX")
def test_the_extended_code_came_later() -> None:
    """The extended add code is one of Windows Server 2012 R2 (A43)."""
    early, late = driver({AmbiguityID.A43: "before-2008"}), driver()
    code = ControlCode.ADD_CRYPTO_CHECKPOINT_EX

    assert early.statuses(fitting(code, early)) == FAILS
    assert late.statuses(fitting(code, late)) > FAILS


@pytest.mark.parametrize("code", [ADD, GET])
def test_the_owner_can_be_named(code: str) -> None:
    """A host node that is the owner, in any case, is as good as none."""
    event = ClusterResourceControl("A", code, KEY, output_size=64, host_node="n1")

    assert driver().statuses(event) == DONE


@pytest.mark.parametrize("code", [ADD, GET])
def test_another_host_node(code: str) -> None:
    """Another node that is asked for may carry the code out or refuse; nothing is published."""
    cluster = driver()
    cluster.write("N2", KEY, "second")
    event = ClusterResourceControl("A", code, KEY, output_size=64, host_node="N2")

    assert cluster.statuses(event) == EITHER


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_another_host_node_copies_what_it_has() -> None:
    """The copy of an add is that of the node that carried it out; a refusal changes nothing."""
    cluster = driver()
    cluster.write("N2", KEY, "second")
    before = cluster.state
    event = ClusterResourceControl("A", ADD, KEY, host_node="N2")
    refused = cluster.do(event, Status.UNSPECIFIED_FAILURE)
    cluster.do(event)

    assert refused.state == before
    assert cluster.copy("A", KEY) == EMPTY_KEY.with_value(value_of("v", "second"))


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_another_host_node_without_the_key() -> None:
    """The key must be on the node that carries the add out."""
    event = ClusterResourceControl("A", ADD, KEY, host_node="N2")

    assert driver().statuses(event) == FAILS


@pytest.mark.parametrize("code", [ADD, DELETE, GET])
@pytest.mark.parametrize("node", ["N3", "N2"])
def test_a_host_node_that_cannot(code: str, node: str) -> None:
    """A node that is not of the cluster, or is down, carries nothing out."""
    cluster = driver()
    cluster.do(NodeCrash("N2"))

    assert cluster.statuses(ClusterResourceControl("A", code, KEY, host_node=node)) == FAILS


def test_the_strictest_gate_decides() -> None:
    """A call that one gate must refuse is refused, whatever another gate would allow."""
    cluster = driver()
    event = ClusterResourceControl("A", ADD, KEY, access="Read", server="read-only")

    assert cluster.statuses(event) == FAILS
