"""Paths and views: which roots the codes accept and which of them are the same."""

import pytest

from clusckpt.buffers import written_string
from clusckpt.names import fold
from clusckpt.registry import RegistryKey
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.start import initial_state
from clusckpt.state import CheckpointKind, CheckpointName, NoTree
from clusckpt.steps.codes.paths import RegistryPath, registry_path
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from tests.drive import ADD, DELETE, GET, Driver, rules_with

KEY = "Software\\Acme"
NARROW_KEY = "Software\\Wow6432Node\\Acme"
ADD_32 = ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT.published_name
ADD_64 = ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT.published_name
ADDED = {Status.ERROR_SUCCESS}
FAILS = {Status.UNSPECIFIED_FAILURE}
KNOWN = {Status.ERROR_ALREADY_EXISTS}
TOO_LONG = "Software\\" + "x" * 256
TOO_DEEP = "\\".join(["x"] * 513)


def driver(choices: dict[AmbiguityID, str] | None = None) -> Driver:
    """A cluster under these choices whose node N1 has the key in both views."""
    cluster = Driver(rules_with(choices or {}))
    cluster.write("N1", KEY, "native")
    cluster.write("N1", NARROW_KEY, "narrow")
    return cluster


def on_x86(choices: dict[AmbiguityID, str] | None = None) -> Driver:
    """The same cluster on a 32-bit Windows, where Wow6432Node is a key like any other."""
    cluster = driver(choices)
    registry = cluster.state.nodes[fold("N1")].registry
    groups = (Group("GA", owner="N1"),)
    written = Cluster(CLUSTER_FORMAT, ("N1", "N2"), groups, (Resource("A", "GA"),), platform="x86")
    cluster.state = initial_state(Header(TRACE_FORMAT, written))
    cluster.state = cluster.state.with_registry(fold("N1"), registry)
    return cluster


def add(
    cluster: Driver, text: str = KEY, code: str = ADD, caller: str | None = None
) -> set[Status]:
    """Add a root; the answers, of which there is one."""
    event = ClusterResourceControl("A", code, text, caller=caller)  # type: ignore[arg-type]
    statuses = cluster.statuses(event)
    (status,) = statuses
    cluster.do(event, status)
    return statuses


def listed(cluster: Driver) -> set[str]:
    """What the list code lists."""
    return set(cluster.control("A", GET, None).output or ())


def content(cluster: Driver, *, alternate: bool = False) -> str | None:
    """The value in the stored copy of the key."""
    name = CheckpointName(CheckpointKind.REGISTRY, fold(KEY), alternate)
    copy = cluster.state.copies.get((fold("A"), name))
    if not isinstance(copy, RegistryKey):
        return None
    return copy.values[fold("v")].content.decode("utf-16-le").rstrip("\0")


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(("choice", "answer"), [("fails", FAILS), ("succeeds-empty", ADDED)])
def test_a_missing_key(choice: str, answer: set[Status]) -> None:
    """The add of a key that is not there fails, or its copy is that of no tree (A6)."""
    cluster = driver({AmbiguityID.A6: choice})
    missing = "Software\\Missing"

    assert add(cluster, missing) == answer
    assert listed(cluster) == ({missing} if answer == ADDED else set())
    assert cluster.copy("A", missing) == (NoTree() if answer == ADDED else None)


@pytest.mark.rule("CKPT-ADD-REGISTRY", "CKPT-DELETE-REGISTRY")
@pytest.mark.parametrize(("choice", "answer"), [("fails", FAILS), ("stripped", ADDED)])
def test_a_leading_backslash(choice: str, answer: set[Status]) -> None:
    """A leading backslash makes an add and a delete fail, or is removed from both (A7)."""
    cluster = driver({AmbiguityID.A7: choice})

    assert add(cluster, "\\" + KEY) == answer
    assert listed(cluster) == ({KEY} if answer == ADDED else set())
    assert cluster.statuses(ClusterResourceControl("A", DELETE, "\\" + KEY)) == answer


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(
    "text",
    [KEY + "\\", "Software\\\\Acme", "HKLM\\" + KEY, "hkey_local_machine\\" + KEY + "\\\\"],
)
@pytest.mark.parametrize("choice", ["refused", "normalised", "stored-as-given"])
def test_malformed_paths(choice: str, text: str) -> None:
    """A malformed path is refused, repaired, or listed as it is without a copy (A8)."""
    cluster = driver({AmbiguityID.A8: choice})
    expected = {"refused": FAILS, "normalised": ADDED, "stored-as-given": ADDED}[choice]
    names = {"refused": set[str](), "normalised": {KEY}, "stored-as-given": {text}}[choice]

    assert add(cluster, text) == expected
    assert listed(cluster) == names
    assert (content(cluster) == "native") == (choice == "normalised")


@pytest.mark.rule("CKPT-DELETE-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "answer"),
    [
        ("refused", FAILS),
        ("normalised", ADDED),
        ("stored-as-given", {Status.ERROR_FILE_NOT_FOUND}),
    ],
)
def test_malformed_paths_of_a_delete(choice: str, answer: set[Status]) -> None:
    """A delete treats a malformed path as an add does, and then looks for it (A8)."""
    cluster = driver({AmbiguityID.A8: choice})
    add(cluster)

    assert cluster.statuses(ClusterResourceControl("A", DELETE, KEY + "\\")) == answer


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (None, (FAILS, FAILS, FAILS)),
        (b"", (FAILS, FAILS, FAILS)),
        (written_string(""), (FAILS, FAILS, FAILS)),
        (written_string(KEY), (ADDED, ADDED, ADDED)),
        (written_string(KEY)[:-2], (FAILS, ADDED, ADDED)),
        (written_string(KEY)[:-1], (FAILS, ADDED, ADDED)),
        (written_string(KEY) + b"\0", (FAILS, ADDED, ADDED)),
        (written_string(KEY + "\0x"), (FAILS, ADDED, ADDED)),
        (written_string(KEY + "\ud800"), (FAILS, FAILS, FAILS)),
    ],
)
def test_malformed_buffers(data: bytes | None, answers: tuple[set[Status], ...]) -> None:
    """Buffers that hold no proper string are refused, repaired or taken as they are (A8).

    Half a surrogate pair cannot be repaired; taken as it is, it names a key that is not there.
    """
    for choice, answer in zip(("refused", "normalised", "stored-as-given"), answers, strict=True):
        cluster = driver({AmbiguityID.A8: choice})
        written = None if data is None else data.hex()

        assert cluster.statuses(ClusterResourceControl("A", ADD, input_bytes=written)) == answer


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize("text", [TOO_LONG, TOO_DEEP])
@pytest.mark.parametrize("choice", ["refused", "normalised", "stored-as-given"])
def test_paths_that_no_key_can_have(text: str, choice: str) -> None:
    """A path that is too long for the registry fails, whatever becomes of missing keys."""
    cluster = driver({AmbiguityID.A6: "succeeds-empty", AmbiguityID.A8: choice})

    assert add(cluster, text) == FAILS


def test_a_path_keeps_its_spelling() -> None:
    """What joins the list is the string as it was given."""
    found = registry_path(MSCS_PAGE_RULES, written_string("sOFTWARE\\acme"))

    assert found == RegistryPath("sOFTWARE\\acme", ("sOFTWARE", "acme"))


@pytest.mark.rule("CKPT-NAMES-CASELESS")
@pytest.mark.parametrize(
    ("choice", "answer", "unknown"),
    [
        ("case-insensitive", KNOWN, ADDED),
        ("case-sensitive", ADDED, {Status.ERROR_FILE_NOT_FOUND}),
    ],
)
def test_case(choice: str, answer: set[Status], unknown: set[Status]) -> None:
    """A second spelling is the same checkpoint, or another one (A9)."""
    cluster = driver({AmbiguityID.A9: choice})
    add(cluster)

    assert cluster.statuses(ClusterResourceControl("A", DELETE, KEY.lower())) == unknown
    assert add(cluster, KEY.upper()) == answer
    assert len(listed(cluster)) == (1 if answer == KNOWN else 2)


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
@pytest.mark.parametrize(
    ("choice", "native_second"), [("common-namespace", KNOWN), ("native-first-only", ADDED)]
)
@pytest.mark.parametrize("native", [ADD, ADD_64])
def test_one_path_in_both_registries(choice: str, native_second: set[Status], native: str) -> None:
    """The alternate after the native one is refused; the other order is, or is not (A10)."""
    first_native, first_alternate = (
        driver({AmbiguityID.A10: choice}),
        driver({AmbiguityID.A10: choice}),
    )
    add(first_native, code=native)
    add(first_alternate, code=ADD_32)

    assert add(first_native, code=ADD_32) == KNOWN
    assert add(first_alternate, code=native) == native_second
    assert add(first_alternate, code=ADD_32) == KNOWN


@pytest.mark.rule("CKPT-GET-REGISTRY", "CKPT-DELETE-REGISTRY")
def test_one_path_listed_twice() -> None:
    """A path of both registries has two copies, is listed twice, and one delete takes either."""
    cluster = driver({AmbiguityID.A10: "native-first-only"})
    add(cluster, code=ADD_32)
    add(cluster)
    listing = cluster.control("A", GET, None).listing
    left = {
        tuple(one.alternate for one in outcome.state.resources[fold("A")].checkpoints)
        for outcome in cluster.outcomes(ClusterResourceControl("A", DELETE, KEY))
    }

    assert (content(cluster), content(cluster, alternate=True)) == ("native", "narrow")
    assert listing is not None
    assert listing.strings == (KEY, KEY)
    assert left == {(False,), (True,)}


@pytest.mark.rule("CKPT-DELETE-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "answer"), [("all-three-kinds", ADDED), ("plain-kind-only", FAILS)]
)
@pytest.mark.parametrize("code", [ADD_32, ADD_64])
def test_deleting_the_other_kinds(choice: str, answer: set[Status], code: str) -> None:
    """The one delete code removes all three kinds, or fails for all but the plain one (A11)."""
    cluster, plain = driver({AmbiguityID.A11: choice}), driver({AmbiguityID.A11: choice})
    add(cluster, code=code)
    add(plain)
    event = ClusterResourceControl("A", DELETE, KEY)

    assert cluster.statuses(event) == answer
    assert plain.statuses(event) == ADDED


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "names"),
    [("union-of-kinds", {KEY, "Software", "System"}), ("plain-kind-only", {KEY})],
)
def test_listing_the_other_kinds(choice: str, names: set[str]) -> None:
    """A list has the roots of all three add codes, or those of the plain one (A12)."""
    cluster = driver({AmbiguityID.A12: choice})
    cluster.write("N1", "System", "x")
    add(cluster)
    add(cluster, "Software", ADD_64)
    add(cluster, "System", ADD_32)

    assert listed(cluster) == names


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize(
    ("choice", "caller", "copied"),
    [
        ("server-default-view", "32", "native"),
        ("caller-view", "32", "narrow"),
        ("caller-view", "64", "native"),
    ],
)
def test_the_view_of_the_plain_code(choice: str, caller: str | None, copied: str) -> None:
    """The plain code means the native view, or the view of a 32-bit caller (A13)."""
    cluster = driver({AmbiguityID.A13: choice})
    add(cluster, caller=caller)

    assert content(cluster) == copied


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_the_view_of_a_caller_that_is_not_known() -> None:
    """Where the view of the caller counts and was not seen, either root may be added (A13)."""
    cluster = driver({AmbiguityID.A13: "caller-view"})
    roots = {
        entry.root
        for outcome in cluster.outcomes(ClusterResourceControl("A", ADD, KEY))
        for entry in outcome.state.resources[fold("A")].checkpoints.values()
    }

    assert roots == {("Software", "Acme"), ("Software", "Wow6432Node", "Acme")}


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
@pytest.mark.parametrize(("choice", "answer"), [("same-as-plain", ADDED), ("refused", FAILS)])
def test_the_32bit_code_on_a_32bit_windows(choice: str, answer: set[Status]) -> None:
    """Without a second view the 32-bit code is the plain one, or is refused (A14)."""
    cluster, wide = on_x86({AmbiguityID.A14: choice}), driver({AmbiguityID.A14: choice})

    assert add(cluster, code=ADD_32) == answer
    assert content(cluster) == ("native" if answer == ADDED else None)
    assert add(wide, code=ADD_32) == ADDED
    assert content(wide) == "narrow"


@pytest.mark.rule("CKPT-ADD-REGISTRY-64BIT")
def test_the_64bit_code_on_a_32bit_windows() -> None:
    """The 64-bit code means the default registry, which a 32-bit Windows has ([MS-CMRP])."""
    cluster = on_x86()

    assert add(cluster, code=ADD_64) == ADDED
    assert content(cluster) == "native"


@pytest.mark.parametrize(
    ("choice", "names"), [("list-unchanged", set[str]()), ("listed-without-copy", {"Software\\X"})]
)
def test_a_failed_add(choice: str, names: set[str]) -> None:
    """An add that fails for want of the key leaves nothing behind, or an entry alone (A41)."""
    cluster = driver({AmbiguityID.A41: choice})

    assert add(cluster, "Software\\X") == FAILS
    assert listed(cluster) == names
    assert cluster.copy("A", "Software\\X") is None
    assert add(cluster, "\\Software\\X") == FAILS
    assert listed(cluster) == names
