"""The abstraction: from states and moves of the model to states and actions of the system.

What it forgets: names beyond their number, the persistent state of a resource, and which group a
resource is in (its owner is the owner of its group).
"""

from rpds import HashTrieMap

from clusckpt.names import Folded, FoldedPath, fold
from clusckpt.registry import EMPTY_KEY, RegistryKey, find
from clusckpt.rules import Move
from clusckpt.state import (
    Backup,
    CheckpointKind,
    CheckpointName,
    ClusterState,
    Container,
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
            restored=tuple(
                tuple(self._is_restored(state.resources.get(name), key) for key in self._names)
                for name in self._resources
            ),
            backed_up=fold(BACKUP_PATH) in state.backups,
            backup_exists=tuple(name in backup.resources for name in self._resources),
            backup_checkpoint=self._lists(backup.resources),
            backup_stored=self._stored(backup.copies),
            backup_copy=self._copies(backup.copies),
        )

    def instance(self, move: Move) -> Instance:
        """The action of the transition system that a move of the model is."""
        return move.action, tuple(self._number(move, argument) for argument in move.arguments)

    def _number(self, move: Move, argument: object) -> int:
        if isinstance(argument, CheckpointName):
            return self._names.index(argument)
        if isinstance(argument, RegistryKey):
            return self._data[argument]
        if isinstance(argument, tuple):
            return self.carrier.paths.index(argument)
        if argument in self.carrier.folded_nodes:
            return self.carrier.folded_nodes.index(Folded(str(argument)))
        name = str(argument)
        return self._resources.index(Folded(name[1:] if move.action in _GROUP_MOVES else name))

    def _tree(self, registry: RegistryKey) -> Table:
        return tuple(self._content(registry, path) for path in self.carrier.paths)

    def _content(self, tree: RegistryKey, path: FoldedPath) -> int:
        key = find(tree, path)
        return self._data[None if key is None else EMPTY_KEY.with_values_of(key)]

    def _status(self, resource: Resource | None) -> int:
        return _DELETED if resource is None else _STATUS[resource.state]

    def _owner(self, state: ClusterState, resource: Folded) -> int:
        return self.carrier.folded_nodes.index(state.groups[fold(f"G{resource}")].owner)

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
        if copy is None or isinstance(copy, Container) or path[: len(top)] != top:
            return self._data[None]
        return self._content(copy, path[len(top) :])

    def _is_restored(self, resource: Resource | None, key: CheckpointName) -> bool:
        return resource is not None and key in resource.restored


_GROUP_MOVES = frozenset({"move", "failover"})
