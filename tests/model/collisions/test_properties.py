"""On random small clusters the analysis is the plain definition, and what it says can be done."""

from collections.abc import Iterator
from itertools import combinations, product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusckpt.collisions import (
    Root,
    conflict,
    find_conflicts,
    find_witness,
    renamed_cluster,
    roots_of,
    suggest_renames,
)
from clusckpt.collisions.schedule import MOST_EVENTS
from clusckpt.containers import DEFAULT_PROVIDERS
from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.trace_checks import header_faults
from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View

NODES = ("N1", "N2", "N3")
GROUPS = ("G", "H", "I")
KEYS = (
    r"Software\X",
    r"software\x\Y",
    r"Software\Wow6432Node\X",
    r"Software\Policies\X",
    r"System\CurrentControlSet\X",
    r"System\ControlSet001\x\Y",
)
VIEWS: tuple[View, ...] = ("native", "32")
CONTAINERS = (r"1\P\K", r"1\p\k", r"1\\K", rf"1\{DEFAULT_PROVIDERS[1]}\k", r"01\\K")
Names = tuple[str, str]


@st.composite
def clusters(draw: st.DrawFn, *, known: bool = False) -> Cluster:
    """A cluster of at most three nodes and four resources, with at most three nested keys."""
    nodes = NODES[: draw(st.integers(1, 3))]
    owners = st.lists(st.sampled_from(nodes), min_size=1, unique=True).map(tuple)
    entries = st.builds(RegistryCheckpoint, st.sampled_from(KEYS), st.sampled_from(VIEWS))
    resources: list[Resource] = []
    for name in "ABCD"[: draw(st.integers(1, 4))]:
        group = draw(st.sampled_from(GROUPS))
        keys = draw(st.lists(entries, max_size=3, unique_by=lambda entry: entry.key.lower()))
        containers = draw(st.lists(st.sampled_from(CONTAINERS), max_size=2, unique_by=str.lower))
        needed = [one.name for one in resources if one.group == group]
        chosen = st.lists(st.sampled_from(needed), unique=True) if needed else st.just([])
        resources.append(
            Resource(
                name,
                group,
                possible_owners=draw(owners if known else st.none() | owners),
                dependencies=tuple(draw(chosen)),
                registry_checkpoints=tuple(keys),
                crypto_checkpoints=tuple(containers),
            )
        )
    groups = [Group(name, draw(st.none() | st.sampled_from(nodes))) for name in GROUPS]
    return Cluster("clusckpt-cluster/1", nodes, tuple(groups), tuple(resources))


def completions(cluster: Cluster) -> Iterator[Cluster]:
    """The design with every way to fill in the possible owners that it leaves out."""
    silent = [one.name for one in cluster.resources if one.possible_owners is None]
    subsets = [
        owners
        for size in range(len(cluster.nodes) + 1)
        for owners in combinations(cluster.nodes, size)
    ]
    for chosen in product(subsets, repeat=len(silent)):
        owners = dict(zip(silent, chosen, strict=True))
        filled = (
            msgspec.structs.replace(one, possible_owners=owners[one.name])
            if one.name in owners
            else one
            for one in cluster.resources
        )
        yield msgspec.structs.replace(cluster, resources=tuple(filled))


def somewhere(cluster: Cluster) -> bool:
    """Whether the design says where each group is, or lets it be somewhere."""
    return all(
        group.owner is not None or any(_can_host(cluster, group, node) for node in cluster.nodes)
        for group in cluster.groups
    )


def _can_host(cluster: Cluster, group: Group, node: str) -> bool:
    members = [one for one in cluster.resources if one.group == group.name]
    return all(one.possible_owners is None or node in one.possible_owners for one in members)


def defined(cluster: Cluster) -> set[tuple[Names, Root, str]]:
    """Every conflict by the definition: each pair of resources, each root as key, each node."""
    keys = {entry.root for one in cluster.resources for entry in roots_of(one)}
    return {
        ((r.name, q.name), key, node)
        for r, q in combinations(cluster.resources, 2)
        for key in keys
        for node in cluster.nodes
        if conflict(cluster, r, q, key, node)
    }


def found(cluster: Cluster) -> set[tuple[Names, Root, str]]:
    """Every conflict by the analysis, for each root that both resources of it cover."""
    keys = {entry.root for one in cluster.resources for entry in roots_of(one)}
    return {
        (one.resources, key, node)
        for one in find_conflicts(cluster).conflicts
        for node in one.nodes
        for key in keys
        if one.key.root.covers(key)
    }


@pytest.mark.rule("CKPT-INSTANCES")
@given(clusters())
def test_conflicts_are_those_of_the_definition(cluster: Cluster) -> None:
    """The analysis has a conflict over a key on a node if and only if the definition has."""
    assert found(cluster) == defined(cluster)


@pytest.mark.rule("CKPT-INSTANCES")
@given(clusters().filter(somewhere))
@settings(max_examples=40)
def test_undecided_is_what_hangs_on_the_unknown(cluster: Cluster) -> None:
    """A pair is undecided exactly if some possible owners make it a conflict and others do not.

    Whether a container without a provider is the same as one with it is a question of its own.
    """
    every = [{pair for pair, _, _ in defined(one)} for one in completions(cluster)]
    analysis = find_conflicts(cluster)
    unknown = {one.resources for one in analysis.undecided if "(A20)" not in one.reason}
    certain = {one.resources for one in analysis.conflicts}

    assert certain == set.intersection(*every)
    assert unknown == set.union(*every) - certain


@given(clusters())
def test_each_resource_is_something(cluster: Cluster) -> None:
    """Every resource is free, or in a conflict or an undecided pair, and never both."""
    analysis = find_conflicts(cluster)
    pairs = (*analysis.conflicts, *analysis.undecided)
    touched = {name for pair in pairs for name in pair.resources}

    assert touched | set(analysis.free) == {one.name for one in cluster.resources}
    assert touched.isdisjoint(analysis.free)


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("rules", [MSCS_PAGE_RULES, KB174070_RULES], ids=["page", "kb174070"])
@given(cluster=clusters(known=True) | clusters())
@settings(max_examples=40)
def test_every_conflict_has_a_witness(cluster: Cluster, rules: Rulebook) -> None:
    """The witness of every conflict runs, is short, and is explained by the oracle."""
    for one in find_conflicts(cluster).conflicts:
        witness = find_witness(cluster, one, rules)
        trace = witness.trace()

        assert len(witness.steps) <= MOST_EVENTS
        assert {witness.replaced, witness.replacing} == set(one.resources)
        assert list(header_faults(trace.header)) == []
        assert replay(trace.header, trace.lines, rules).kind is VerdictKind.CONFORMS


@pytest.mark.rule("CKPT-INSTANCES")
@given(clusters())
def test_every_rename_repairs(cluster: Cluster) -> None:
    """Each suggestion, followed alone or with the others, leaves no conflict in its component."""
    analysis = find_conflicts(cluster)
    suggestions = suggest_renames(cluster, analysis)

    for chosen in (suggestions, *([one] for one in suggestions)):
        renamed = renamed_cluster(cluster, chosen)
        left = find_conflicts(renamed).conflicts
        repaired = [
            part
            for part, one in zip(analysis.components, suggestions, strict=True)
            if one in chosen and not one.refusal
        ]
        names = {name for part in repaired for name in part.resources}

        assert [one for one in left if names.intersection(one.resources)] == []
        assert list(cluster_faults(renamed)) == []
