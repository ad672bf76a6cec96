"""The state in which a trace or a witness starts, made from its header."""

from collections.abc import Mapping
from dataclasses import replace

from rpds import HashTrieMap

from clusckpt.containers import container_id
from clusckpt.names import Folded, fold, parse_path
from clusckpt.registry import EMPTY_KEY, canonical, tree_from_written
from clusckpt.rules.capture import local_copy
from clusckpt.state import (
    Checkpoint,
    CheckpointKind,
    CheckpointName,
    ClusterState,
    Container,
    Group,
    Node,
    Resource,
)
from clusckpt_spec.formats import cluster as written
from clusckpt_spec.formats.trace import Header


def initial_state(header: Header) -> ClusterState:
    """The cluster of a header: every node up, every resource offline, copies as at the add.

    A checkpoint whose root the owner does not have has no copy yet.

    Args:
        header: the first line of a trace; its names must refer to each other as they should,
            which is checked when a file is read.

    Raises:
        InvalidPath: for a key that no path can name.
        ValueError: for a value that does not fit its type.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
    >>> state = initial_state(Header(TRACE_FORMAT, cluster))
    >>> state.nodes["N1"].up, state.resources["SQL"].state.name
    (True, 'OFFLINE')
    """
    cluster = header.cluster
    everywhere = frozenset(fold(node) for node in cluster.nodes)
    nodes = {fold(node): _node(header, node) for node in cluster.nodes}
    platform = cluster.platform
    resources = {fold(one.name): _resource(one, everywhere, platform) for one in cluster.resources}
    groups = {
        fold(one.name): Group(
            one.name,
            _owner(one, cluster.nodes, resources),
            tuple(fold(node) for node in one.preferred_owners),
        )
        for one in cluster.groups
    }
    maps = HashTrieMap(nodes), HashTrieMap(groups), HashTrieMap(resources)
    state = ClusterState(*maps, platform=platform)
    copies = {
        (name, checkpoint.name): copy
        for name, resource in resources.items()
        for checkpoint in resource.checkpoints.values()
        if (copy := local_copy(state, state.owner_of(name), checkpoint)) is not None
    }
    return replace(state, copies=HashTrieMap(copies))


def registry_checkpoint(
    entry: written.RegistryCheckpoint, platform: written.Platform = "x64"
) -> Checkpoint:
    r"""The list entry that a cluster file describes.

    Raises:
        InvalidPath: for a key that no path can name.

    >>> registry_checkpoint(written.RegistryCheckpoint("Software\\Acme", "32")).root
    ('Software', 'Wow6432Node', 'Acme')
    """
    root = canonical(parse_path(entry.key), entry.view, platform=platform)
    name = CheckpointName(CheckpointKind.REGISTRY, fold(entry.key))
    return Checkpoint(name, entry.key, root, entry.view)


def crypto_checkpoint(given: str) -> Checkpoint:
    r"""The list entry for a container `Type\Name\Key`.

    >>> crypto_checkpoint("1\\\\Box").name.kind.name
    'CRYPTO'
    """
    return Checkpoint(CheckpointName(CheckpointKind.CRYPTO, fold(given)), given)


def _node(header: Header, name: str) -> Node:
    trees = {fold(node): tree for node, tree in header.registry.items()}
    kept = {fold(node): entries for node, entries in header.containers.items()}
    registry = tree_from_written(trees[fold(name)]) if fold(name) in trees else EMPTY_KEY
    texts = kept.get(fold(name), {})
    containers = {container_id(text): Container(keys) for text, keys in texts.items()}
    return Node(name, up=True, registry=registry, containers=HashTrieMap(containers))


def _resource(
    one: written.Resource, everywhere: frozenset[Folded], platform: written.Platform
) -> Resource:
    checkpoints = [registry_checkpoint(entry, platform) for entry in one.registry_checkpoints]
    checkpoints += [crypto_checkpoint(given) for given in one.crypto_checkpoints]
    owners = one.possible_owners
    return Resource(
        name=one.name,
        group=fold(one.group),
        possible_owners=everywhere if owners is None else frozenset(map(fold, owners)),
        id=one.id,
        dependencies=frozenset(map(fold, one.dependencies)),
        checkpoints=HashTrieMap({entry.name: entry for entry in checkpoints}),
    )


def _owner(
    group: written.Group, nodes: tuple[str, ...], resources: Mapping[Folded, Resource]
) -> Folded:
    """The owner that is written, or the first node that can host every resource of the group."""
    if group.owner is not None:
        return fold(group.owner)
    members = [entry for entry in resources.values() if entry.group == fold(group.name)]
    hosts = [fold(node) for node in nodes]
    fit = [node for node in hosts if all(node in one.possible_owners for one in members)]
    return (fit or hosts)[0]
