"""Small clusters to start programs with: names that meet, trees that differ between nodes."""

from hypothesis import strategies as st

from clusckpt.conformance.program import Names
from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.values import WrittenTree

NODES = ("N1", "N2", "N3")
GROUPS = ("G1", "G2", "G3")
RESOURCES = ("R1", "R2", "R3")

ROOTS = ("Software\\App", "Software\\App\\Sub", "software\\app", "Software\\Other")
"""A root, one nested in it, the same in another case, and one apart."""

KEYS = (*ROOTS[:2], ROOTS[3], "Software\\Wow6432Node\\App")
"""The keys that are written; the last is the root in the 32-bit view."""

CONTAINERS = ("1\\\\Box", "24\\Provider\\Key")
VALUE_NAMES = ("v", "w")
VALUES: tuple[int | str, ...] = (1, 2, "x")

first_roots = st.sampled_from(
    [ROOTS[:1], ROOTS[:1], ROOTS[:2], ROOTS[1:2], ROOTS[3:], (ROOTS[0], ROOTS[3]), ()]
)
"""The roots that a resource has at the start; the likeliest is the one that all others touch."""

held_keys = st.sampled_from([KEYS[:1], KEYS[:2], KEYS[:3], KEYS[1:2], ()])
first_containers = st.lists(st.sampled_from(CONTAINERS), unique=True, max_size=1)


@st.composite
def trees(draw: st.DrawFn) -> WrittenTree:
    """The registry of a node: some of the keys, each with the value `v`."""
    return {key: {"v": draw(st.sampled_from(VALUES))} for key in draw(held_keys)}


@st.composite
def starts(draw: st.DrawFn) -> tuple[ResetParams, Names]:
    """A cluster of two or three nodes and one to three resources, and the names to use on it."""
    nodes = NODES[: draw(st.integers(2, 3))]
    resources = RESOURCES[: draw(st.integers(1, 3))]
    groups = GROUPS[: draw(st.integers(1, len(resources)))]
    entries = _resources(draw, nodes, groups, resources)
    owned = tuple(
        Group(name, owner=nodes[0] if at == 0 else draw(st.sampled_from(nodes)))
        for at, name in enumerate(groups)
    )
    cluster = Cluster(CLUSTER_FORMAT, nodes, owned, entries)
    registry = {node: tree for node in nodes if (tree := draw(trees()))}
    held = {nodes[0]: dict.fromkeys(draw(first_containers), "first")}
    start = ResetParams(cluster, registry, held if held[nodes[0]] else {})
    return start, Names(nodes, groups, resources, ROOTS, KEYS, CONTAINERS)


def _resources(
    draw: st.DrawFn, nodes: tuple[str, ...], groups: tuple[str, ...], names: tuple[str, ...]
) -> tuple[Resource, ...]:
    """A resource may depend on the one before it in its group; the first may be bound to a node.

    Only the first group starts on the first node for certain, so only its resources are bound.
    """
    made: list[Resource] = []
    for at, name in enumerate(names):
        group = groups[min(at, len(groups) - 1)]
        above = made[-1].name if made and made[-1].group == group else None
        bound = draw(st.sampled_from([None, None, None, nodes[:1]])) if at == 0 else None
        roots = tuple(RegistryCheckpoint(key) for key in draw(first_roots))
        depends = above is not None and draw(st.sampled_from([False, True]))
        made.append(
            Resource(
                name,
                group,
                possible_owners=bound,
                dependencies=(above,) if above is not None and depends else (),
                registry_checkpoints=roots,
            )
        )
    return tuple(made)
