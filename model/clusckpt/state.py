"""The state of the reference model: nodes, groups, resources, the quorum store, backups.

Everything is immutable and compared by content. A checkpoint has two halves: an entry in the
list of its resource (kept in the cluster database) and a stored copy (kept on the quorum).
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, Path, fold_path
from clusckpt.registry import RegistryKey
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.cluster import Platform, View

RESTING = (ResourceState.OFFLINE, ResourceState.FAILED)
"""The states in which a resource may be brought online, moved and deleted."""


UNDER_WAY = ("restored", "failed", "saved", "due", "doubtful", "uncaptured")
"""The fields of a resource that name checkpoints with which something is under way."""


class CheckpointKind(StrEnum):
    """The two kinds of checkpoint."""

    REGISTRY = "registry"
    CRYPTO = "crypto"


@dataclass(frozen=True, slots=True, order=True)
class CheckpointName:
    """What identifies a checkpoint within a resource: its kind and its folded name.

    `alternate` tells a root of the alternate registry from one of the native registry, under a
    reading that gives each a namespace of its own (A10); elsewhere it is False.
    """

    kind: CheckpointKind
    folded: Folded
    alternate: bool = False


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An entry of a resource's checkpoint list.

    `given` is the string as it was added, which GET returns; `root` is the registry key that it
    denotes on every node (empty for a crypto checkpoint, whose container is `given`). `view` is
    that of the control code that added it, `native` for the plain one; `place` counts the adds of
    the resource, under a reading that lists them in order (A15), and is 0 elsewhere.
    """

    name: CheckpointName
    given: str
    root: Path = ()
    view: View = "native"
    place: int = 0

    @property
    def folded_root(self) -> FoldedPath:
        """The root as it is compared."""
        return fold_path(self.root)


@dataclass(frozen=True, slots=True)
class Container:
    """A machine key container: what its keys are, and whether they can be exported."""

    keys: str
    exportable: bool = True


@dataclass(frozen=True, slots=True)
class NoTree:
    """The copy of a tree that was not there when its root was added (A6)."""


Copy = RegistryKey | Container | NoTree
"""A stored copy: the tree under a root, that there was none, or the keys of a container."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: whether it takes part in the cluster, its registry, its key containers.

    `opened` are the keys to which some process holds a handle; `denied` are the keys, and
    `locked` the containers, that the cluster service may not write.
    """

    name: str
    up: bool
    registry: RegistryKey
    containers: HashTrieMap[Folded, Container]
    opened: frozenset[FoldedPath] = frozenset()
    denied: frozenset[FoldedPath] = frozenset()
    locked: frozenset[Folded] = frozenset()


class Quorum(StrEnum):
    """What can be done with the quorum resource."""

    ONLINE = "online"
    FULL = "full"
    """It can be read, and nothing more can be stored on it."""
    LOST = "lost"
    """The cluster service runs nowhere until it is back."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group, the node that owns it, and the nodes it prefers, the most preferred first."""

    name: str
    owner: Folded
    preferred: tuple[Folded, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource with its checkpoints.

    `restored` names the checkpoints restored since it began to come online, `failed` those whose
    restore failed and keeps the good copy from then on (A28), and `saved` those saved since it
    began to go offline. Of the checkpoints that changed since they were captured, `due` names
    those that are still to be captured, and `doubtful` those that may or may not be. `uncaptured`
    names those that an add put on the list and nothing has captured so far (A4, A5). `left` is
    the node on which it was last offline, for products that treat that node differently.
    """

    name: str
    group: Folded
    possible_owners: frozenset[Folded]
    dependencies: frozenset[Folded] = frozenset()
    state: ResourceState = ResourceState.OFFLINE
    persistent_online: bool = False
    checkpoints: HashTrieMap[CheckpointName, Checkpoint] = field(default_factory=HashTrieMap)
    restored: frozenset[CheckpointName] = frozenset()
    failed: frozenset[CheckpointName] = frozenset()
    saved: frozenset[CheckpointName] = frozenset()
    due: frozenset[CheckpointName] = frozenset()
    doubtful: frozenset[CheckpointName] = frozenset()
    uncaptured: frozenset[CheckpointName] = frozenset()
    id: str = ""
    left: Folded | None = None


Copies: TypeAlias = "HashTrieMap[tuple[Folded, CheckpointName], Copy]"
"""The quorum store: the stored copy of each checkpoint of each resource."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup of the cluster database holds."""

    resources: HashTrieMap[Folded, Resource]
    copies: Copies


@dataclass(frozen=True, slots=True)
class ClusterState:
    """The whole cluster at one moment; objects by their folded names."""

    nodes: HashTrieMap[Folded, Node]
    groups: HashTrieMap[Folded, Group]
    resources: HashTrieMap[Folded, Resource]
    copies: Copies = field(default_factory=HashTrieMap)
    backups: HashTrieMap[str, Backup] = field(default_factory=HashTrieMap)
    quorum: Quorum = Quorum.ONLINE
    platform: Platform = "x64"

    @property
    def is_served(self) -> bool:
        """Whether a node is active: without one, nobody answers a request about the cluster."""
        return any(node.up for node in self.nodes.values())

    def owner_of(self, resource: Folded) -> Folded:
        """The node that owns the group of a resource."""
        return self.groups[self.resources[resource].group].owner

    def members(self, group: Folded) -> list[Folded]:
        """The resources of a group, in order of name."""
        return sorted(name for name, entry in self.resources.items() if entry.group == group)

    def hosted_on(self, node: Folded) -> Iterator[tuple[Folded, Resource]]:
        """The resources whose group a node owns, in order of name."""
        for name in sorted(self.resources):
            if self.owner_of(name) == node:
                yield name, self.resources[name]

    def with_node(self, name: Folded, node: Node) -> ClusterState:
        """The state with a node changed."""
        return replace(self, nodes=self.nodes.insert(name, node))

    def with_resource(self, name: Folded, resource: Resource) -> ClusterState:
        """The state with a resource changed."""
        return replace(self, resources=self.resources.insert(name, resource))

    def with_registry(self, node: Folded, registry: RegistryKey) -> ClusterState:
        """The state with another registry on a node."""
        return self.with_node(node, replace(self.nodes[node], registry=registry))
