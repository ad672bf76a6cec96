"""The state of the reference model: nodes, groups, resources, the quorum store, backups.

Everything is immutable and compared by content. A checkpoint has two halves: an entry in the
list of its resource (kept in the cluster database) and a stored copy (kept on the quorum).
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, Path, fold_path
from clusckpt.registry import RegistryKey
from clusckpt_spec.api.states import ResourceState

if TYPE_CHECKING:
    from collections.abc import Iterator

RESTING = (ResourceState.OFFLINE, ResourceState.FAILED)
"""The states in which a resource may be brought online, moved and deleted."""


class CheckpointKind(StrEnum):
    """The two kinds of checkpoint."""

    REGISTRY = "registry"
    CRYPTO = "crypto"


@dataclass(frozen=True, slots=True, order=True)
class CheckpointName:
    """What identifies a checkpoint within a resource: its kind and its folded name."""

    kind: CheckpointKind
    folded: Folded


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An entry of a resource's checkpoint list.

    `given` is the string as it was added, which GET returns; `root` is the registry key that it
    denotes on every node (empty for a crypto checkpoint, whose container is `given`).
    """

    name: CheckpointName
    given: str
    root: Path = ()

    @property
    def folded_root(self) -> FoldedPath:
        """The root as it is compared."""
        return fold_path(self.root)


@dataclass(frozen=True, slots=True)
class Container:
    """A machine key container: what its keys are, and whether they can be exported."""

    keys: str
    exportable: bool = True


Copy = RegistryKey | Container
"""A stored copy: the tree under a root, or the keys of a container."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: whether it takes part in the cluster, its registry, its key containers."""

    name: str
    up: bool
    registry: RegistryKey
    containers: HashTrieMap[Folded, Container]


@dataclass(frozen=True, slots=True)
class Group:
    """A group and the node that owns it."""

    name: str
    owner: Folded


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource; `restored` names the checkpoints restored since it began to come online."""

    name: str
    group: Folded
    possible_owners: frozenset[Folded]
    dependencies: frozenset[Folded] = frozenset()
    state: ResourceState = ResourceState.OFFLINE
    persistent_online: bool = False
    checkpoints: HashTrieMap[CheckpointName, Checkpoint] = field(default_factory=HashTrieMap)
    restored: frozenset[CheckpointName] = frozenset()


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
