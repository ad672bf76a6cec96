"""The analysis is exact: it flags a design if and only if the model can reach the loss.

Every state of small clusters is visited, by every order of online, offline, write and move, and
each is held against what the sound half of the collision theorem says.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from clusckpt.collisions import find_conflicts, roots_of
from clusckpt.names import Folded, fold, lies_under
from clusckpt.registry import RegistryKey, walk
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.start import initial_state
from clusckpt.state import CheckpointKind, ClusterState, Container
from clusckpt.steps import internal_events, step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Header

NODES = ("N1", "N2")
KEYS = (r"S\X", r"S\X\Y", r"S\Z")
OWNERS = (("N1",), ("N2",), ("N1", "N2"))


def design(resources: tuple[Resource, ...], owners: dict[str, str | None]) -> Cluster:
    """A cluster of two nodes."""
    groups = tuple(Group(name, owner) for name, owner in owners.items())
    return Cluster("clusckpt-cluster/1", NODES, groups, resources)


def resource(name: str, key: str, owners: tuple[str, ...], group: str) -> Resource:
    """A resource with one root."""
    return Resource(
        name,
        group,
        possible_owners=owners,
        registry_checkpoints=(RegistryCheckpoint(key),),
    )


def requests(cluster: Cluster, state: ClusterState) -> Iterator[AnyEvent]:
    """What people and applications may do; an application writes where it is online."""
    for one in cluster.resources:
        yield OnlineClusterResource(one.name)
        yield OfflineClusterResource(one.name)
        if state.resources[fold(one.name)].state is ResourceState.ONLINE:
            node = state.nodes[state.owner_of(fold(one.name))].name
            for key in dict.fromkeys(
                entry.text for r in cluster.resources for entry in roots_of(r)
            ):
                if any(entry.root.covers(_root(key)) for entry in roots_of(one)):
                    yield RegSetValueEx(node, key, "LeftBy", one.name)
    yield from (MoveClusterGroup(g.name, node) for g in cluster.groups for node in cluster.nodes)


def _root(key: str) -> "object":
    (entry,) = roots_of(resource("any", key, NODES, "any"))
    return entry.root


def losses(cluster: Cluster, *, thorough: bool) -> tuple[set[Folded], int]:
    """The resources that can lose data, and how many states were visited.

    If thorough, nodes may crash and the service may be seen at each of its own steps as well.
    """
    start = initial_state(Header("clusckpt-trace/1", cluster))
    known, waiting, lost = {start}, [start], set[Folded]()
    while waiting:
        state = waiting.pop()
        lost |= set(_losers(cluster, state))
        for event in _events(cluster, state, thorough=thorough):
            for outcome in step(state, event):
                seen = thorough or outcome.status is Status.ERROR_SUCCESS
                if seen and outcome.state not in known:
                    known.add(outcome.state)
                    waiting.append(outcome.state)
    return lost, len(known)


def _events(cluster: Cluster, state: ClusterState, *, thorough: bool) -> Iterator[AnyEvent]:
    yield from requests(cluster, state)
    if thorough:
        yield from map(NodeCrash, cluster.nodes)
        yield from map(NodeJoin, cluster.nodes)
        yield from internal_events(state, MSCS_PAGE_RULES)


def _losers(cluster: Cluster, state: ClusterState) -> Iterator[Folded]:
    """The resources that are online with something of another resource under a root or in a copy."""
    for one in cluster.resources:
        name = fold(one.name)
        if state.resources[name].state is ResourceState.ONLINE:
            registry = state.nodes[state.owner_of(name)].registry
            for entry in roots_of(one):
                copy = state.copies.get((name, entry.checkpoint), registry)
                trees = [key for path, key in walk(registry) if lies_under(entry.root.folded, path)]
                trees += [] if isinstance(copy, Container) else [key for _, key in walk(copy)]
                if any(_foreign(key, one.name) for key in trees):
                    yield name


def _foreign(key: RegistryKey, name: str) -> bool:
    own = (name + "\0").encode("utf-16-le")
    return any(value.content != own for value in key.values.values())


def flagged(cluster: Cluster) -> set[Folded]:
    """The resources that the analysis finds in a conflict."""
    return {fold(name) for one in find_conflicts(cluster).conflicts for name in one.resources}


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("together", [False, True], ids=["two groups", "one group"])
@pytest.mark.parametrize("keys", list(product(KEYS, KEYS)), ids=" ".join)
def test_flagged_if_and_only_if_lost(keys: tuple[str, str], together: bool) -> None:  # noqa: FBT001
    """Of two resources with any roots, hosts and owners, exactly the flagged ones can lose data."""
    groups = ("G", "G") if together else ("G", "H")
    for owners in product(OWNERS, OWNERS):
        for starts in product((None, *NODES), repeat=len(set(groups))):
            pair = zip("AB", keys, owners, groups, strict=True)
            cluster = design(
                tuple(resource(*one) for one in pair),
                dict(zip(dict.fromkeys(groups), starts, strict=True)),
            )

            assert losses(cluster, thorough=False)[0] == flagged(cluster), cluster


@pytest.mark.rule("CKPT-INSTANCES")
def test_disjoint_possible_owners_thoroughly() -> None:
    """With disjoint possible owners nothing is lost in any state, with crashes and pending states."""
    resources = (resource("A", r"S\X", ("N1",), "G"), resource("B", r"S\X\Y", ("N2",), "H"))
    cluster = design(resources, {"G": None, "H": None})
    lost, visited = losses(cluster, thorough=True)

    assert lost == flagged(cluster) == set()
    assert visited == 0


@pytest.mark.rule("CKPT-INSTANCES")
def test_different_keys_thoroughly() -> None:
    """With different keys nothing is lost in any state, wherever the resources run."""
    resources = (resource("A", r"S\X", NODES, "G"), resource("B", r"S\Z", NODES, "H"))
    cluster = design(resources, {"G": None, "H": None})
    lost, visited = losses(cluster, thorough=True)

    assert lost == flagged(cluster) == set()
    assert visited == 0


def test_kind_of_root() -> None:
    """The helper of this module makes registry roots."""
    (entry,) = roots_of(resource("A", r"S\X", NODES, "G"))

    assert entry.root.kind is CheckpointKind.REGISTRY
