"""The abstraction: from states and moves of the model to states and actions of the system.

What it forgets: names beyond their number, the persistent state of a resource, which group a
resource is in (its owner is the owner of its group), why a key is blocked, and whether a change
must be captured later or only may.
"""

from collections.abc import Callable

from rpds import HashTrieMap

from clusckpt.blocking import blocked
from clusckpt.names import Folded, FoldedPath, fold
from clusckpt.registry import EMPTY_KEY, RegistryKey, find
from clusckpt.rules import Move
from clusckpt.state import (
    Backup,
    CheckpointKind,
    CheckpointName,
    ClusterState,
    Copies,
    Resource,
)
from clusckpt_proofs.agreement.carrier import BACKUP_PATH, Carrier
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.system.program import Concrete, Instance, Table

_STATUS = {
    ResourceState.OFFLINE: 0,
    ResourceState.ONLINE_PENDING: 1,
    ResourceState.ONLINE: 2,
    ResourceState.FAILED: 3,
    ResourceState.OFFLINE_PENDING: 5,
}
_DELETED = 4


class Abstraction:
    """The abstraction of one carrier."""

    def __init__(self, carrier: Carrier) -> None:
        """Number the carrier's names and contents as the transition system does."""
        self.carrier = carrier
        self._data = {content: number for number, content in enumerate(carrier.data)}
        self._resources = [fold(name) for name in carrier.resource_names]
        self._names = [CheckpointName(CheckpointKind.REGISTRY, fold(key)) for key in carrier.keys]

    def state(self, state: ClusterState) -> Concrete:
        """The state of the transition system that a state of the model stands for."""
        backup = state.backups.get(fold(BACKUP_PATH))
        backup = backup or Backup(HashTrieMap(), HashTrieMap())
        return self.carrier.program.concrete(
            up=tuple(state.nodes[node].up for node in self.carrier.folded_nodes),
            registry=tuple(
                self._tree(state.nodes[node].registry) for node in self.carrier.folded_nodes
            ),
            status=tuple(self._status(state.resources.get(name)) for name in self._resources),
            owner=tuple(self._owner(state, name) for name in self._resources),
            checkpoint=self._lists(state.resources),
            stored=self._stored(state.copies),
            copy=self._copies(state.copies),
            blocked=tuple(
                tuple(blocked(state.nodes[node], path) for path in self.carrier.paths)
                for node in self.carrier.folded_nodes
            ),
            restored=self._named(state, lambda resource: resource.restored),
            saved=self._named(state, lambda resource: resource.saved),
            dirty=self._named(state, lambda resource: resource.due | resource.doubtful),
            backed_up=fold(BACKUP_PATH) in state.backups,
            backup_exists=tuple(name in backup.resources for name in self._resources),
            backup_checkpoint=self._lists(backup.resources),
            backup_stored=self._stored(backup.copies),
            backup_copy=self._copies(backup.copies),
        )

    def instances(self, move: Move) -> list[Instance]:
        """The actions of the transition system that a move of the model is, in order.

        A group that changes hands is a move of each of its resources, deleted ones included.
        """
        if move.action not in _GROUP_MOVES:
            return [(move.action, tuple(self._number(one) for one in move.arguments))]
        group, node = move.arguments
        return [
            (move.action, (resource, self._number(node)))
            for resource in self.carrier.members(Folded(str(group)))
        ]

    def _number(self, argument: object) -> int:
        if isinstance(argument, CheckpointName):
            return self._names.index(argument)
        if isinstance(argument, RegistryKey):
            return self._data[argument]
        if isinstance(argument, tuple):
            return self.carrier.paths.index(argument)
        if argument in self.carrier.folded_nodes:
            return self.carrier.folded_nodes.index(Folded(str(argument)))
        return self._resources.index(Folded(str(argument)))

    def _tree(self, registry: RegistryKey) -> Table:
        return tuple(self._content(registry, path) for path in self.carrier.paths)

    def _content(self, tree: RegistryKey, path: FoldedPath) -> int:
        key = find(tree, path)
        return self._data[None if key is None else EMPTY_KEY.with_values_of(key)]

    def _status(self, resource: Resource | None) -> int:
        return _DELETED if resource is None else _STATUS[resource.state]

    def _owner(self, state: ClusterState, resource: Folded) -> int:
        group = self.carrier.groups[self._resources.index(resource)]
        return self.carrier.folded_nodes.index(state.groups[fold(group)].owner)

    def _lists(self, resources: "HashTrieMap[Folded, Resource]") -> Table:
        def listed(name: Folded, key: CheckpointName) -> bool:
            return name in resources and key in resources[name].checkpoints

        return tuple(tuple(listed(name, key) for key in self._names) for name in self._resources)

    def _stored(self, copies: Copies) -> Table:
        return tuple(
            tuple((name, key) in copies for key in self._names) for name in self._resources
        )

    def _copies(self, copies: Copies) -> Table:
        return tuple(
            tuple(
                tuple(self._copied(copies, name, root, path) for path in self.carrier.paths)
                for root in range(len(self._names))
            )
            for name in self._resources
        )

    def _copied(self, copies: Copies, name: Folded, root: int, path: FoldedPath) -> int:
        copy = copies.get((name, self._names[root]))
        top = self.carrier.paths[root]
        if not isinstance(copy, RegistryKey) or path[: len(top)] != top:
            return self._data[None]
        return self._content(copy, path[len(top) :])

    def _named(
        self, state: ClusterState, names: Callable[[Resource], frozenset[CheckpointName]]
    ) -> Table:
        """For every resource and root, whether the root is among the names."""
        there = (state.resources.get(name) for name in self._resources)
        named = [frozenset() if one is None else names(one) for one in there]
        return tuple(tuple(key in listed for key in self._names) for listed in named)


_GROUP_MOVES = frozenset({"move", "failover"})
