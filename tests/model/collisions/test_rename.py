"""A suggested rename keeps the first resource's names and leads every other out of its way."""

import pytest

from clusckpt.collisions import (
    RenamedRoot,
    Suggestion,
    find_conflicts,
    renamed_cluster,
    suggest_renames,
)
from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.registry import LONGEST_KEY_NAME
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View

KEY = r"Software\X"


def resource(name: str, *keys: str | tuple[str, View], crypto: tuple[str, ...] = ()) -> Resource:
    """A resource in a group of its own on both nodes."""
    roots = tuple(
        RegistryCheckpoint(key) if isinstance(key, str) else RegistryCheckpoint(*key)
        for key in keys
    )
    return Resource(
        name,
        f"G{name}",
        possible_owners=("N1", "N2"),
        registry_checkpoints=roots,
        crypto_checkpoints=crypto,
    )


def suggested(*resources: Resource) -> list[Suggestion]:
    """The suggestions for a design; once followed they leave no fault and no conflict in it."""
    groups = tuple(Group(one.group) for one in resources)
    cluster = Cluster("clusckpt-cluster/1", ("N1", "N2"), groups, resources)
    found = suggest_renames(cluster, find_conflicts(cluster))
    renamed = renamed_cluster(cluster, found)
    if not any(one.refusal for one in found):
        assert find_conflicts(renamed).conflicts == ()
    assert list(cluster_faults(renamed)) == []
    return list(found)


def names(*resources: Resource) -> list[tuple[str, str, str]]:
    """What is renamed to what, for a design with one component."""
    (suggestion,) = suggested(*resources)
    return [(one.resource, one.before, one.after) for one in suggestion.renamed]


@pytest.mark.rule("CKPT-INSTANCES")
def test_last_component_gets_the_name() -> None:
    """The first keeps its key; each other one gets its own name appended to the last component."""
    found = suggested(resource("B", KEY), resource("A", KEY), resource("C", r"software\x"))

    assert found == [
        Suggestion(
            "A",
            (
                RenamedRoot("B", KEY, r"Software\X (B)"),
                RenamedRoot("C", r"software\x", r"software\x (C)"),
            ),
        )
    ]


def test_below_another_root() -> None:
    """Below another resource's root, the component of that root is the one that changes."""
    assert names(resource("A", KEY), resource("B", r"software\X\Y\Z")) == [
        ("B", r"software\X\Y\Z", r"software\X (B)\Y\Z")
    ]


def test_above_another_root() -> None:
    """Above another resource's root, the last component changes."""
    assert names(resource("A", r"Software\X\Y"), resource("B", KEY)) == [
        ("B", KEY, r"Software\X (B)")
    ]


def test_nested_roots_of_one_resource_stay_together() -> None:
    """The roots of one resource move under one new name."""
    assert names(resource("A", KEY), resource("B", KEY, r"Software\X\Y")) == [
        ("B", KEY, r"Software\X (B)"),
        ("B", r"Software\X\Y", r"Software\X (B)\Y"),
    ]


def test_32bit_view() -> None:
    """A key of the 32-bit view is renamed as it is written, and stays in that view."""
    (suggestion,) = suggested(
        resource("A", r"Software\Wow6432Node\X"), resource("B", (r"Software\X\Y", "32"))
    )

    assert suggestion.renamed == (RenamedRoot("B", r"Software\X\Y", r"Software\X (B)\Y", "32"),)


def test_out_of_a_shared_key() -> None:
    """A new name that leads out of a shared key is looked at where the 32-bit view has it."""
    found = names(
        resource("A", r"Software\Microsoft"),
        resource("B", (r"Software\Microsoft\RPC\X", "32")),
        resource("C", r"Software\Wow6432Node\Microsoft (B)"),
    )

    assert found == [("B", r"Software\Microsoft\RPC\X", r"Software\Microsoft (B 2)\RPC\X")]


def test_containers() -> None:
    """A container gets the name appended to its key."""
    assert names(resource("A", crypto=(r"1\P\K",)), resource("B", crypto=(r"1\P\k",))) == [
        ("B", r"1\P\k", r"1\P\k (B)")
    ]


def test_container_without_a_provider() -> None:
    """A new container name is one that exists under no provider of the type (A20)."""
    found = names(
        resource("A", crypto=(r"1\\K",)),
        resource("B", crypto=(r"1\\K",)),
        resource("C", crypto=(r"1\P\K (B)",)),
    )

    assert found == [("B", r"1\\K", r"1\\K (B 2)")]


def test_backslash_in_a_resource_name() -> None:
    """A backslash, which no key name can have, becomes a hyphen."""
    assert names(resource("A", KEY), resource("SQL\\B", KEY)) == [
        ("SQL\\B", KEY, r"Software\X (SQL-B)")
    ]


def test_name_that_is_taken() -> None:
    """A name at or under which something lies already is not given again."""
    assert names(
        resource("A", KEY), resource("B", KEY), resource("C", r"Software\X (b)\Y", r"Other\C")
    ) == [("B", KEY, r"Software\X (B 2)")]


def test_name_that_the_resource_has() -> None:
    """A resource does not get a name that another checkpoint of it has, in any view (A10)."""
    assert names(resource("A", KEY), resource("B", KEY, (r"Software\X (B)", "32"))) == [
        ("B", KEY, r"Software\X (B 2)")
    ]


def test_resources_with_alike_names() -> None:
    """Two resources whose names are the same once cleaned get different keys."""
    found = names(resource("A", KEY), resource("B-C", KEY), resource("B\\C", KEY))

    assert [after for _, _, after in found] == [r"Software\X (B-C)", r"Software\X (B-C 2)"]


def test_long_names() -> None:
    """A new component is never longer than a key name can be, and still nobody else's."""
    long = "L" * 250
    found = names(resource("A", rf"S\{long}"), resource("B" * 200, rf"S\{long}"))
    component = found[0][2].split("\\")[1]

    assert len(component) == LONGEST_KEY_NAME
    assert component.startswith("L" * 200)


def test_only_what_is_in_the_way() -> None:
    """A root that is in no conflict keeps its name, and so does one whose partners have gone."""
    found = names(
        resource("A", KEY),
        resource("B", KEY, r"Software\Shared", r"Software\Own"),
        resource("C", r"Software\Shared"),
    )

    assert found == [
        ("B", KEY, r"Software\X (B)"),
        ("B", r"Software\Shared", r"Software\Shared (B)"),
    ]


@pytest.mark.parametrize(
    ("upper", "where"),
    [
        ("Software", "Software"),
        (r"Software\Wow6432Node", r"Software\Wow6432Node"),
        (r"SYSTEM\CurrentControlSet\Services", r"SYSTEM\CurrentControlSet\Services"),
        (r"SYSTEM\ControlSet002\Services", r"SYSTEM\ControlSet002\Services"),
        (r"Software\Policies", r"Software\Policies"),
        (r"Software\Wow6432Node\Classes\CLSID", r"Software\Wow6432Node\Classes\CLSID"),
    ],
)
def test_key_of_the_system(upper: str, where: str) -> None:
    """Below a root that is a key of the system, no rename is suggested, and the reason is given."""
    (suggestion,) = suggested(resource("A", upper), resource("B", rf"{upper}\X"))

    assert suggestion == Suggestion(
        "A",
        (),
        rf"{upper}\X of B meets another root at {where}, which cannot have another name; "
        "give the resources roots further down first",
    )


def test_each_suggestion_stands_alone() -> None:
    """Following one suggestion repairs its component, whether or not others are followed."""
    resources = [resource(name, rf"Software\{name[0]}") for name in ("A1", "A2", "B1", "B2")]
    groups = tuple(Group(one.group) for one in resources)
    cluster = Cluster("clusckpt-cluster/1", ("N1", "N2"), groups, tuple(resources))
    first, second = suggest_renames(cluster, find_conflicts(cluster))

    assert [
        [part.resources for part in find_conflicts(renamed_cluster(cluster, [one])).components]
        for one in (first, second)
    ] == [[("B1", "B2")], [("A1", "A2")]]
