"""The control codes answer what their pages say."""

import pytest

from clusckpt.names import fold
from clusckpt.registry import EMPTY_KEY, RegistryKey, in_32bit_view, value_of
from clusckpt.steps import step
from clusckpt_spec.api.control_codes import ControlCode, UnknownControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    ClusterResourceControl,
    CryptGenKey,
    NodeCrash,
    OnlineClusterResource,
)
from tests.drive import ADD, DELETE, GET, Driver

KEY = "Software\\Acme"
CONTAINER = "1\\\\MyKey"
EXTENDED = ControlCode.ADD_CRYPTO_CHECKPOINT_EX.value


@pytest.fixture
def cluster() -> Driver:
    """A cluster whose node N1 has the key."""
    driver = Driver()
    driver.write("N1", KEY, "first")
    return driver


@pytest.mark.rule("CKPT-ADD-REGISTRY", "CKPT-KB-CAPTURE-AT-ADD")
def test_add_takes_the_first_copy(cluster: Driver) -> None:
    """Adding a root of an offline resource succeeds and stores what the owner has."""
    cluster.control("A", ADD, KEY)

    assert cluster.copy("A", KEY) == EMPTY_KEY.with_value(value_of("v", "first"))


@pytest.mark.rule("CKPT-ADD-REGISTRY", "CKPT-NAMES-CASELESS")
def test_adding_twice_is_refused(cluster: Driver) -> None:
    """A second add of the same key, in whatever case, answers ERROR_ALREADY_EXISTS."""
    cluster.control("A", ADD, KEY)
    cluster.control("A", ADD, KEY.upper(), Status.ERROR_ALREADY_EXISTS)
    cluster.control("A", GET, None)

    assert Status.ERROR_ALREADY_EXISTS.value == 183


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize("text", ["\\" + KEY, KEY + "\\", "", None, "Software\\Missing"])
def test_bad_paths_fail_without_a_documented_status(cluster: Driver, text: str | None) -> None:
    """A leading backslash or a missing key makes the call fail; the documents give no status."""
    event = ClusterResourceControl("A", ADD, text)

    assert cluster.statuses(event) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-ADD-REGISTRY-64BIT")
def test_add_64bit_names_the_native_view(cluster: Driver) -> None:
    """The 64-bit code denotes the same key as the plain one."""
    cluster.control("A", "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_64BIT", KEY)

    assert cluster.copy("A", KEY) is not None


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_add_32bit_names_the_other_view(cluster: Driver) -> None:
    """The 32-bit code denotes the key below Wow6432Node, under the name it was given."""
    cluster.write("N1", "Software\\Wow6432Node\\Acme", "other")
    cluster.control("A", "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT", KEY)
    copy = cluster.copy("A", KEY)

    assert isinstance(copy, RegistryKey)
    assert copy.values[fold("v")].content == "other\0".encode("utf-16-le")


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_one_namespace_for_both_views(cluster: Driver) -> None:
    """A path added in one view cannot be added in the other to the same resource (A10)."""
    cluster.write("N1", "Software\\Wow6432Node\\Acme", "other")
    cluster.control("A", ADD, KEY)
    code = "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT"

    assert cluster.statuses(ClusterResourceControl("A", code, KEY)) == {Status.ERROR_ALREADY_EXISTS}


def test_32bit_view_has_no_view_of_itself() -> None:
    """A path that is in Wow6432Node already stays, in any case."""
    assert in_32bit_view(("Software", "wow6432node", "X")) == ("Software", "wow6432node", "X")


@pytest.mark.rule("CKPT-DELETE-REGISTRY")
def test_delete_drops_entry_and_copy(cluster: Driver) -> None:
    """Deleting a checkpoint drops its copy and touches no registry; a second time it is unknown."""
    cluster.control("A", ADD, KEY)
    cluster.control("A", DELETE, KEY.lower())

    assert cluster.copy("A", KEY) is None
    assert cluster.value("N1", KEY) == "first"
    cluster.control("A", DELETE, KEY, Status.ERROR_FILE_NOT_FOUND)


@pytest.mark.rule("CKPT-GET-REGISTRY", "CKPT-NAMES-CASELESS")
def test_get_returns_names_as_given(cluster: Driver) -> None:
    """GET lists each root in the case in which it was added."""
    cluster.control("A", ADD, "sOFTWARE\\acme")

    assert cluster.control("A", GET, None).output == frozenset({"sOFTWARE\\acme"})


@pytest.mark.rule("CKPT-ADD-CRYPTO", "CKPT-GET-CRYPTO", "CKPT-CRYPTO-CONTAINERS")
def test_crypto_checkpoint_needs_an_exportable_container(cluster: Driver) -> None:
    """A missing container, one with keys that cannot be exported, and one that is fit."""
    code = "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT"
    cluster.control("A", code, CONTAINER, Status.NTE_BAD_KEYSET)
    cluster.do(CryptGenKey("N1", CONTAINER, "k1", exportable=False))
    cluster.control("A", code, CONTAINER, Status.NTE_BAD_KEY)
    cluster.do(CryptGenKey("N1", CONTAINER, "k1"))
    cluster.control("A", code, CONTAINER)
    listed = cluster.control("A", "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS", None)

    assert listed.output == frozenset({CONTAINER})


@pytest.mark.rule("CKPT-ADD-CRYPTO")
def test_second_add_of_a_container_fails(cluster: Driver) -> None:
    """A second add of a container fails; with which status is not documented (A19)."""
    cluster.do(CryptGenKey("N1", CONTAINER, "k1"))
    cluster.control("A", "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT", CONTAINER)
    event = ClusterResourceControl("A", "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT", CONTAINER)

    assert cluster.statuses(event) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-DELETE-CRYPTO")
def test_delete_crypto(cluster: Driver) -> None:
    """A crypto checkpoint can be deleted once; an unknown one fails with no documented status."""
    cluster.do(CryptGenKey("N1", CONTAINER, "k1"))
    cluster.control("A", "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT", CONTAINER)
    cluster.control("A", "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT", CONTAINER)
    event = ClusterResourceControl("A", "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT", CONTAINER)

    assert cluster.statuses(event) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-TYPE-GET-REGISTRY", "CKPT-TYPE-GET-CRYPTO")
@pytest.mark.parametrize(
    "code", [ControlCode.TYPE_GET_REGISTRY_CHECKPOINTS, ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS]
)
def test_codes_for_types_list_nothing(cluster: Driver, code: ControlCode) -> None:
    """The codes that are published as not supported fail, or list no checkpoint."""
    cluster.control("A", ADD, KEY)
    outcomes = step(cluster.state, ClusterResourceControl("A", code.value, output_size=64))

    assert {one.status for one in outcomes} == {Status.UNSPECIFIED_FAILURE, Status.ERROR_SUCCESS}
    assert not any(one.output for one in outcomes)


@pytest.mark.rule("CKPT-ADD-CRYPTO-EX")
def test_the_extended_code_is_open(cluster: Driver) -> None:
    """The code whose page says "TBD" may answer all that the page lists; no effect is known."""
    outcomes = step(cluster.state, ClusterResourceControl("A", EXTENDED, CONTAINER))

    assert {one.status for one in outcomes} == {
        Status.ERROR_SUCCESS,
        Status.ERROR_MORE_DATA,
        Status.UNSPECIFIED_FAILURE,
    }
    assert {one.state for one in outcomes} == {cluster.state}


@pytest.mark.parametrize("code", ControlCode)
@pytest.mark.parametrize("known", [False, True])
def test_every_outcome_cites_the_rule_of_its_code(
    cluster: Driver,
    code: ControlCode,
    known: bool,  # noqa: FBT001
) -> None:
    """Whatever a code answers, the rule that says so is its own contract."""
    for given in (KEY, CONTAINER, "", "Software\\Missing"):
        if known:
            cluster.do(CryptGenKey("N1", CONTAINER, "k1"))
            for name in ("ADD_REGISTRY_CHECKPOINT", "ADD_CRYPTO_CHECKPOINT"):
                event = ClusterResourceControl("A", ControlCode[name].value, given)
                cluster.state = next(iter(step(cluster.state, event))).state
        outcomes = step(cluster.state, ClusterResourceControl("A", code.value, given))

        assert outcomes
        assert {one.rule for one in outcomes} == {code.rule}


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize("online", [False, True])
def test_no_code_depends_on_the_resource_dll(cluster: Driver, online: bool) -> None:  # noqa: FBT001
    """A checkpoint code leaves the state of the resource alone, whatever that state is."""
    if online:
        cluster.do(OnlineClusterResource("A"))
    before = cluster.resource_state("A")
    cluster.control("A", ADD, KEY)

    assert cluster.resource_state("A") is before


def test_codes_need_an_active_owner(cluster: Driver) -> None:
    """While the owner is down, nobody carries the code out."""
    cluster.do(NodeCrash("N1"))

    assert cluster.statuses(ClusterResourceControl("A", GET)) == {Status.UNSPECIFIED_FAILURE}


def test_unknown_resource_and_unknown_code(cluster: Driver) -> None:
    """An unknown resource has its status, and a code about something else is no event of ours."""
    assert cluster.statuses(ClusterResourceControl("X", GET)) == {Status.ERROR_RESOURCE_NOT_FOUND}
    with pytest.raises(UnknownControlCode, match="0 is not a checkpoint control code"):
        cluster.statuses(ClusterResourceControl("A", 0))
