"""The analysis is exact: it flags a resource if and only if the model can reach the loss.

Every state of small clusters is visited, by every order of online, offline, write and move, and
each is held against what the sound half of the collision theorem says.
"""

from collections.abc import Iterator
from itertools import product

import msgspec
import pytest

from clusckpt.collisions import Root, find_conflicts, roots_of
from clusckpt.names import Folded, fold, lies_under
from clusckpt.registry import RegistryKey, walk
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import internal_events, step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View
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

ONE, OTHER, BOTH = ("N1",), ("N2",), ("N1", "N2")
HOSTS = ((ONE, ONE), (ONE, OTHER), (ONE, BOTH), (BOTH, ONE), (BOTH, BOTH))
STARTS = (None, "N1", "N2")


def design(resources: tuple[Resource, ...], **owners: str | None) -> Cluster:
    """A cluster of two nodes."""
    groups = tuple(Group(name, owner) for name, owner in owners.items())
    return Cluster("clusckpt-cluster/1", BOTH, groups, resources)


def resource(name: str, group: str, owners: tuple[str, ...], *keys: str) -> Resource:
    """A resource with registry roots."""
    roots = tuple(map(RegistryCheckpoint, keys))
    return Resource(name, group, possible_owners=owners, registry_checkpoints=roots)


def events(cluster: Cluster, state: ClusterState, *, thorough: bool) -> Iterator[AnyEvent]:
    """What people and applications may do; an application writes where it is online.

    If thorough, nodes may crash, and the service may be seen at each of its own steps.
    """
    for one in cluster.resources:
        yield OnlineClusterResource(one.name)
        yield OfflineClusterResource(one.name)
        if state.resources[fold(one.name)].state is ResourceState.ONLINE:
            node = state.nodes[state.owner_of(fold(one.name))].name
            yield from (RegSetValueEx(node, key, "LeftBy", one.name) for key in keys(cluster, one))
    yield from (MoveClusterGroup(g.name, node) for g in cluster.groups for node in cluster.nodes)
    if thorough:
        yield from map(NodeCrash, cluster.nodes)
        yield from map(NodeJoin, cluster.nodes)
        yield from internal_events(state, MSCS_PAGE_RULES)


def keys(cluster: Cluster, by: Resource) -> Iterator[str]:
    """The deepest roots of any resource that lie under a root of one: where it stores its data."""
    own = [entry.root for entry in roots_of(by)]
    every = {entry.root: entry.text for one in cluster.resources for entry in roots_of(one)}
    for root, text in every.items():
        if any(one.covers(root) for one in own) and not any(_above(root, one) for one in every):
            yield text


def _above(root: Root, other: Root) -> bool:
    return root != other and root.covers(other)


def losses(cluster: Cluster, *, thorough: bool = False) -> tuple[set[Folded], int]:
    """The resources that can lose data, and how many states were visited."""
    start = initial_state(Header("clusckpt-trace/1", cluster))
    known, waiting, lost = {start}, [start], set[Folded]()
    while waiting:
        state = waiting.pop()
        lost |= set(losers(cluster, state))
        for event in events(cluster, state, thorough=thorough):
            for outcome in step(state, event):
                considered = thorough or outcome.status is Status.ERROR_SUCCESS
                if considered and outcome.state not in known:
                    known.add(outcome.state)
                    waiting.append(outcome.state)
    return lost, len(known)


def losers(cluster: Cluster, state: ClusterState) -> Iterator[Folded]:
    """The resources that are online with another one's data under a root or in a stored copy."""
    for one in cluster.resources:
        name = fold(one.name)
        if state.resources[name].state is not ResourceState.ONLINE:
            continue
        registry = state.nodes[state.owner_of(name)].registry
        for entry in roots_of(one):
            trees = [key for path, key in walk(registry) if lies_under(entry.root.folded, path)]
            copy = state.copies.get((name, entry.checkpoint))
            trees += [key for _, key in walk(copy)] if isinstance(copy, RegistryKey) else []
            if any(_foreign(key, one.name) for key in trees):
                yield name


def _foreign(key: RegistryKey, name: str) -> bool:
    own = f"{name}\0".encode("utf-16-le")
    return any(value.content != own for value in key.values.values())


def flagged(cluster: Cluster) -> set[Folded]:
    """The resources that the analysis finds in a conflict; everything must be decided."""
    analysis = find_conflicts(cluster)

    assert analysis.undecided == ()
    return {fold(name) for one in analysis.conflicts for name in one.resources}


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("roots", [(r"S\X", r"S\X"), (r"S\X", r"S\X\Y"), (r"S\X", r"S\Z")])
@pytest.mark.parametrize(
    "owners",
    [{"G": None, "H": None}, {"G": "N1", "H": "N2"}, {"G": "N2", "H": "N2"}],
    ids=["owners not said", "apart", "together"],
)
def test_two_groups(roots: tuple[str, str], owners: dict[str, str | None]) -> None:
    """In two groups, exactly the flagged resources lose data, whichever nodes can host them."""
    for one, other in HOSTS:
        cluster = design(
            (resource("A", "G", one, roots[0]), resource("B", "H", other, roots[1])), **owners
        )

        assert losses(cluster)[0] == flagged(cluster), cluster


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("roots", [(r"S\X", r"S\X"), (r"S\X\Y", r"S\X"), (r"S\X", r"S\Z")])
@pytest.mark.parametrize("owner", STARTS)
def test_one_group(roots: tuple[str, str], owner: str | None) -> None:
    """In one group, exactly the flagged resources lose data, wherever the group is."""
    for one, other in HOSTS:
        if owner is None and not set(one) & set(other):
            continue
        cluster = design(
            (resource("A", "G", one, roots[0]), resource("B", "G", other, roots[1])), G=owner
        )

        assert losses(cluster)[0] == flagged(cluster), cluster


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize(("bound", "owner"), list(product((ONE, BOTH), STARTS)))
def test_bound_by_a_third(bound: tuple[str, ...], owner: str | None) -> None:
    """A third resource of the group, without a checkpoint, decides where the group can go."""
    cluster = design(
        (
            resource("A", "G", BOTH, r"S\X"),
            resource("Disk", "G", bound),
            resource("B", "H", OTHER, r"S\X"),
        ),
        G=owner,
        H=None,
    )

    assert losses(cluster)[0] == flagged(cluster)


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("disk", HOSTS)
def test_dependency_that_cannot_follow(disk: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """Where what a resource depends on cannot be online, it loses nothing, and is not flagged."""
    (one, other) = disk
    needing = msgspec.structs.replace(resource("A", "G", BOTH, r"S\X"), dependencies=("Disk",))
    members = needing, resource("Disk", "G", one)
    cluster = design((*members, resource("B", "H", other, r"S\X")), G="N2", H=None)

    assert losses(cluster)[0] == flagged(cluster)


@pytest.mark.rule("CKPT-INSTANCES")
def test_nested_roots_of_one_resource() -> None:
    """Nested roots of one resource lose nothing to each other, and all to another resource."""
    nested = resource("A", "G", BOTH, r"S\X", r"S\X\Y")

    for other in (r"S\X\Y", r"S\Z"):
        cluster = design((nested, resource("B", "H", BOTH, other)), G=None, H=None)

        assert losses(cluster)[0] == flagged(cluster), cluster


SERVICES = r"System\{}\Services\X"
Named = tuple[str, View]


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((r"Software\Wow6432Node\X", "native"), (r"Software\X", "32"), True),
        ((r"Software\X", "64"), (r"Software\X", "32"), False),
        ((r"Software\Policies\X", "native"), (r"Software\policies", "32"), True),
        ((r"Software\Classes\CLSID\X", "native"), (r"Software\Classes\CLSID\X", "32"), False),
        (
            (SERVICES.format("ControlSet001"), "32"),
            (SERVICES.format("currentcontrolset"), "64"),
            True,
        ),
        (
            (SERVICES.format("ControlSet002"), "32"),
            (SERVICES.format("CurrentControlSet"), "64"),
            False,
        ),
    ],
)
def test_other_names_of_a_key(one: Named, other: Named, meet: bool) -> None:  # noqa: FBT001
    """Two names of one key are flagged, two keys are not, and the model loses data accordingly."""
    named = zip("AB", "GH", (one, other), strict=True)
    resources = [
        msgspec.structs.replace(
            resource(name, group, BOTH), registry_checkpoints=(RegistryCheckpoint(*root),)
        )
        for name, group, root in named
    ]
    cluster = design(tuple(resources), G=None, H=None)

    assert losses(cluster)[0] == flagged(cluster) == ({"A", "B"} if meet else set())


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize(
    ("hosts", "roots", "lost", "visited"),
    [
        ((ONE, OTHER), (r"S\X", r"S\X\Y"), set(), 225),
        ((BOTH, ONE), (r"S\X", r"S\Z"), set(), 924),
        ((BOTH, ONE), (r"S\X", r"S\X\Y"), {"A", "B"}, 1890),
    ],
    ids=["disjoint possible owners", "different keys", "conflict"],
)
def test_thoroughly(
    hosts: tuple[tuple[str, ...], tuple[str, ...]],
    roots: tuple[str, str],
    lost: set[str],
    visited: int,
) -> None:
    """With crashes, and every step of the service seen, exactly the flagged ones lose data."""
    pair = zip("AB", "GH", hosts, roots, strict=True)
    cluster = design(tuple(resource(*one) for one in pair), G=None, H=None)

    assert flagged(cluster) == lost
    assert losses(cluster, thorough=True) == (lost, visited)
