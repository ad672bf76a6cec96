"""Conflicts are found by overlap and common hosts, grouped, and never guessed."""

import msgspec
import pytest

from clusckpt.collisions import Analysis, find_conflicts, find_witness
from clusckpt.containers import DEFAULT_PROVIDERS
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View

BOTH = ("N1", "N2")
KEY = r"Software\X"


def resource(
    name: str,
    *keys: str,
    owners: tuple[str, ...] | None = BOTH,
    group: str = "",
    view: View = "native",
    crypto: tuple[str, ...] = (),
) -> Resource:
    """A resource, in a group of its own unless one is named."""
    return Resource(
        name,
        group or f"G{name}",
        possible_owners=owners,
        registry_checkpoints=tuple(RegistryCheckpoint(key, view) for key in keys),
        crypto_checkpoints=crypto,
    )


def analysis(*resources: Resource, owners: dict[str, str] | None = None) -> Analysis:
    """The analysis of a cluster of two nodes."""
    names = dict.fromkeys(one.group for one in resources)
    groups = tuple(Group(name, (owners or {}).get(name)) for name in names)
    return find_conflicts(Cluster("clusckpt-cluster/1", BOTH, groups, resources))


def pairs(found: Analysis) -> list[tuple[str, str, str, tuple[str, ...], bool]]:
    """Each conflict as its resources, its key, its nodes and whether it crosses nodes."""
    return [(*one.resources, one.key.text, one.nodes, one.cross_node) for one in found.conflicts]


@pytest.mark.rule("CKPT-INSTANCES")
def test_same_key() -> None:
    """Two resources with one key and common possible owners are in conflict on each of them."""
    found = analysis(resource("B", KEY), resource("A", KEY), resource("C", r"Software\Y"))

    assert pairs(found) == [("A", "B", KEY, BOTH, True)]
    assert found.free == ("C",)
    assert found.undecided == ()


@pytest.mark.rule("CKPT-INSTANCES")
def test_different_keys() -> None:
    """With different key names there is no conflict, as the page says."""
    found = analysis(resource("A", r"Software\X"), resource("B", r"Software\X2"))

    assert found == Analysis((), (), ("A", "B"))


@pytest.mark.rule("CKPT-INSTANCES")
def test_nested_roots() -> None:
    """Of nested roots the deeper one is the key in conflict, whoever has it."""
    found = analysis(resource("A", r"Software\X\Y"), resource("B", KEY))

    assert pairs(found) == [("A", "B", r"Software\X\Y", BOTH, True)]


@pytest.mark.rule("CKPT-INSTANCES")
def test_case_differences() -> None:
    """Keys that differ in case only are the same key."""
    assert len(analysis(resource("A", r"SOFTWARE\x"), resource("B", KEY)).conflicts) == 1


@pytest.mark.rule("CKPT-INSTANCES")
def test_32bit_alias() -> None:
    """A key of the 32-bit view is in conflict with its native name, and not with its namesake."""
    narrow = resource("A", KEY, view="32")

    assert pairs(analysis(narrow, resource("B", r"Software\WOW6432Node\X\Y"))) == [
        ("A", "B", r"Software\WOW6432Node\X\Y", BOTH, True)
    ]
    assert analysis(narrow, resource("B", KEY)).conflicts == ()


@pytest.mark.rule("CKPT-INSTANCES")
def test_containers() -> None:
    """Key containers of the same name are in conflict; names that only begin alike are not."""
    one, other = r"1\Provider\Key", r"1\PROVIDER\key"
    longer = rf"{one}\2"
    found = analysis(
        resource("A", crypto=(one,)),
        resource("B", crypto=(other,)),
        resource("C", crypto=(longer,)),
    )

    assert pairs(found) == [("A", "B", one, BOTH, True)]
    assert found.free == ("C",)


@pytest.mark.rule("CKPT-INSTANCES")
def test_same_group() -> None:
    """Resources of one group always share a node, so their conflict crosses none."""
    found = analysis(resource("A", KEY, group="G"), resource("B", KEY, group="g"))

    assert pairs(found) == [("A", "B", KEY, BOTH, False)]


@pytest.mark.rule("CKPT-INSTANCES")
def test_disjoint_possible_owners() -> None:
    """Without a common possible owner there is no conflict."""
    found = analysis(resource("A", KEY, owners=("N1",)), resource("B", KEY, owners=("n2",)))

    assert found == Analysis((), (), ("A", "B"))


@pytest.mark.rule("CKPT-INSTANCES")
def test_a_third_resource_keeps_groups_apart() -> None:
    """A resource that binds its group to one node keeps the whole group away from the others."""
    bound = resource("Disk", owners=("N1",), group="GA")
    found = analysis(
        resource("A", KEY, group="GA"), bound, resource("B", KEY, owners=("N2",), group="GB")
    )

    assert found.conflicts == ()


@pytest.mark.rule("CKPT-INSTANCES")
def test_where_the_group_is_now() -> None:
    """A group that is where it could not move to is in conflict there all the same."""
    bound = resource("Disk", owners=("N1",), group="GA")
    here = resource("A", KEY, group="GA")
    other = resource("B", KEY, owners=("N2",), group="GB")
    found = analysis(here, bound, other, owners={"GA": "N2"})

    assert pairs(found) == [("A", "B", KEY, ("N2",), True)]


@pytest.mark.rule("CKPT-INSTANCES")
def test_group_that_can_move_nowhere() -> None:
    """A group that no node can host, and that is nobody knows where, is left undecided."""
    bound = resource("Disk", owners=("N1",), group="GA")
    here = resource("A", KEY, owners=("N2",), group="GA")
    other = resource("B", KEY, owners=("N2",), group="GB")

    (undecided,) = analysis(here, bound, other).undecided

    assert undecided.reason == (
        'no node is a possible owner of every resource in the group "GA", and which node owns it '
        "is not known"
    )
    assert analysis(here, bound, other, owners={"GA": "N1"}).free == ("A", "Disk", "B")
    assert pairs(analysis(here, bound, other, owners={"GA": "N2"})) == [
        ("A", "B", KEY, ("N2",), True)
    ]


@pytest.mark.rule("CKPT-INSTANCES")
def test_one_resource_alone() -> None:
    """Overlapping roots of one resource are no conflict (A22)."""
    assert analysis(resource("A", KEY, r"Software\X\Y")).free == ("A",)


def test_unknown_possible_owners() -> None:
    """Where possible owners are not known, nothing is said, and the reason names the resource."""
    found = analysis(resource("A", KEY), resource("B", KEY, owners=None), resource("C", "Other"))

    assert found.conflicts == ()
    assert [(one.resources, one.key.text, one.reason) for one in found.undecided] == [
        (("A", "B"), KEY, 'the possible owners of "B" are not known')
    ]
    assert found.free == ("C",)


def test_unknown_possible_owners_in_the_group() -> None:
    """A resource of unknown possible owners leaves its whole group undecided, and is named."""
    silent = resource("Disk", owners=None, group="GA")
    found = analysis(resource("A", KEY, group="GA"), silent, resource("B", KEY))

    assert [one.reason for one in found.undecided] == [
        'the possible owners of "Disk" are not known'
    ]
    assert found.free == ("Disk",)


def test_unknown_possible_owners_that_do_not_matter() -> None:
    """What is known can suffice: with no node left in common there is no conflict."""
    silent = resource("Disk", owners=None, group="GA")
    bound = resource("A", KEY, owners=("N1",), group="GA")
    found = analysis(bound, silent, resource("B", KEY, owners=("N2",)))

    assert found == Analysis((), (), ("A", "Disk", "B"))


def test_a_reason_names_few() -> None:
    """A reason stays short, however many possible owners are missing."""
    silent = [resource(f"D{place}", owners=None, group="GA") for place in range(6)]
    found = analysis(resource("A", KEY, group="GA"), *silent, resource("B", KEY))

    assert found.undecided[0].reason == (
        'the possible owners of "D0" and of "D1" and of "D2" and of "D3" and 2 more are not known'
    )


def test_provider_left_out() -> None:
    """A container without a provider name may be that of any provider, which is not guessed."""
    silent, named, other = r"1\\Key", r"1\P\KEY", r"24\P\Key"
    found = analysis(
        resource("A", crypto=(silent,)),
        resource("B", crypto=(named,)),
        resource("C", crypto=(other,)),
    )

    assert [one.resources for one in found.undecided] == [("A", "B")]
    assert found.undecided[0].reason.endswith("(A20)")
    assert found.conflicts == ()
    assert found.free == ("C",)


def test_default_provider_named() -> None:
    """Of the default provider the names conflict; of another, who names it matters (A20)."""
    silent, named, other = (rf"1\{name}\Key" for name in ("", DEFAULT_PROVIDERS[1], "P"))
    found = analysis(
        resource("A", crypto=(silent,)),
        resource("B", crypto=(named,)),
        resource("C", crypto=(other,)),
        resource("D", crypto=(named, silent)),
    )

    assert [one.resources for one in found.conflicts] == [("A", "B"), ("A", "D"), ("B", "D")]
    assert [one.resources for one in found.undecided] == [("A", "C"), ("C", "D")]


def test_platform() -> None:
    """On x86 the views are one, so a key in the 32-bit view conflicts with the same key."""
    pair = resource("A", KEY), resource("B", KEY, view="32")
    groups = tuple(Group(one.group) for one in pair)
    x64 = Cluster("clusckpt-cluster/1", BOTH, groups, pair)
    x86 = msgspec.structs.replace(x64, platform="x86")
    (found,) = find_conflicts(x86).conflicts

    assert found.key.text == KEY
    assert find_witness(x86, found).key == KEY
    assert find_conflicts(x64).conflicts == ()


def test_provider_left_out_on_different_nodes() -> None:
    """Which container is meant does not matter for resources that no node can both host."""
    one = resource("A", owners=("N1",), crypto=(r"1\\Key",))
    other = resource("B", owners=("N2",), crypto=(r"1\P\Key",))

    assert analysis(one, other) == Analysis((), (), ("A", "B"))


def test_components() -> None:
    """One key on five instances is one component; conflicts elsewhere are another."""
    crowd = [resource(f"R{place}", KEY) for place in range(5)]
    found = analysis(*crowd, resource("S", r"Software\S"), resource("T", r"Software\S\T"))

    assert [(part.resources, len(part.conflicts)) for part in found.components] == [
        (("R0", "R1", "R2", "R3", "R4"), 10),
        (("S", "T"), 1),
    ]


def test_order_of_the_file_does_not_matter() -> None:
    """The analysis is the same for the same resources in another order."""
    resources = [resource("b", KEY), resource("A", r"software\x\y"), resource("C", KEY)]

    assert analysis(*resources).components == analysis(*reversed(resources)).components
