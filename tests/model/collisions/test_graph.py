"""The graph of a design has its three relations, and overlaps are read off it without pairing."""

import pytest

from clusckpt.collisions import Relation, collision_graph, find_conflicts
from clusckpt.collisions.conflicts import MOST_OVERLAPS, TooManyOverlaps
from clusckpt.collisions.graph import NodeVertex, ResourceVertex, count_overlaps, overlaps
from clusckpt.collisions.roots import Root
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource


def resource(name: str, *keys: str, owners: tuple[str, ...] | None = ("N1", "N2")) -> Resource:
    """A resource in a group of its own."""
    roots = tuple(map(RegistryCheckpoint, keys))
    return Resource(name, f"G{name}", possible_owners=owners, registry_checkpoints=roots)


def design(*resources: Resource) -> Cluster:
    """A cluster of two nodes."""
    groups = tuple(Group(one.group) for one in resources)
    return Cluster("clusckpt-cluster/1", ("N1", "N2"), groups, resources)


def test_relations() -> None:
    """Each edge says what it means, between the vertices that it is about."""
    graph = collision_graph(design(resource("A", r"S\X", r"S\X\Y\Z"), resource("B", owners=None)))
    told = {
        (type(start).__name__, edge["relation"], type(end).__name__)
        for start, end, edge in graph.edges(data=True)
    }

    assert told == {
        (ResourceVertex.__name__, Relation.MAY_RUN_ON, NodeVertex.__name__),
        (ResourceVertex.__name__, Relation.CHECKPOINTS, Root.__name__),
        (Root.__name__, Relation.LIES_UNDER, Root.__name__),
    }
    assert [
        vertex.name
        for vertex, known in graph.nodes(data="hosts_known")
        if isinstance(vertex, ResourceVertex) and not known
    ] == ["B"]


def test_nearest_root_above() -> None:
    """A root lies under the nearest root above it, not under every one."""
    graph = collision_graph(design(resource("A", r"S\X", r"S\X\Y", r"S\X\Y\Z")))
    lies_under = [
        ("\\".join(start.folded), "\\".join(end.folded))
        for start, end, edge in graph.edges(data=True)
        if edge["relation"] is Relation.LIES_UNDER
        and isinstance(start, Root)
        and isinstance(end, Root)
    ]

    assert sorted(lies_under) == [(r"S\X\Y", r"S\X"), (r"S\X\Y\Z", r"S\X\Y")]


def test_overlaps() -> None:
    """Every pair of overlapping roots of two resources is given once, the upper root first."""
    graph = collision_graph(
        design(resource("A", r"S\X", r"S\X\Y"), resource("B", r"S\X\Y"), resource("C", r"S\Z"))
    )
    found = sorted((one.resource, one.text, other.resource) for one, other in overlaps(graph))

    assert found == [("A", r"S\X", "B"), ("A", r"S\X\Y", "B")]
    assert count_overlaps(graph) >= len(found)


def test_many_roots_without_pairing() -> None:
    """Forty thousand roots below one root and beside each other are compared with few others."""
    keys = [rf"Software\Vendor\{place:05}" for place in range(20_000)]
    resources = [resource("A", "Software", *keys), resource("B", r"System\X")]
    graph = collision_graph(design(*resources, resource("C", *(f"{key}x" for key in keys))))

    assert sum(1 for _ in overlaps(graph)) == 20_000


def test_too_many_overlaps() -> None:
    """More overlapping pairs than are looked at are counted and refused before any is made."""
    crowd = [resource(f"R{place}", r"Software\X") for place in range(500)]
    with pytest.raises(TooManyOverlaps) as refused:
        find_conflicts(design(*crowd))

    assert str(refused.value) == (
        f"124750 pairs of overlapping roots; at most {MOST_OVERLAPS} are looked at"
    )
