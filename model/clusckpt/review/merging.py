"""One design from a cluster and the tables of checkpoints that PowerShell printed for it.

A table knows resources and checkpoints, nothing else. A resource that only a table names gets a
group of its own and no possible owners, so what depends on them stays undecided.
"""

from dataclasses import dataclass

import msgspec

from clusckpt.files.checkpoint_table import CheckpointTable
from clusckpt.files.key_syntax import crypto_fault, key_fault
from clusckpt.files.table_rows import TableRow
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource

ListedKey = tuple[Folded, Folded]
"""A resource and a key of it that only a table lists, so that its view is not known (A12)."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of a file that could not be read, and why."""

    path: str
    line: int
    text: str
    reason: str


class Merging:
    """A design that tables are being added to; without a cluster its nodes are not known."""

    def __init__(self, cluster: Cluster | None) -> None:
        """Start with a cluster, or with nothing."""
        self._cluster = cluster or Cluster("clusckpt-cluster/1", (), (), ())
        self._growing = {fold(one.name): _Growing.of(one) for one in self._cluster.resources}
        self._groups = {fold(group.name) for group in self._cluster.groups}
        self.unreadable: list[Unreadable] = []
        self.listed: set[ListedKey] = set()

    def add_table(self, path: str, table: CheckpointTable) -> None:
        """Add the checkpoints of a table; what cannot be read is kept with the reason."""
        refused = [Unreadable(path, one.line, one.text, one.reason) for one in table.unreadable]
        for row in table.rows:
            reason = row_fault(row)
            if reason is None:
                self._add_row(row)
            else:
                cells = (row.resource, row.name, row.provider_type, row.container)
                text = "  ".join(cell for cell in cells if cell)
                refused.append(Unreadable(path, row.line, text, reason))
        self.unreadable += sorted(refused, key=lambda one: one.line)

    def design(self) -> Cluster:
        """The design with everything that was added."""
        resources = tuple(one.grown() for one in self._growing.values())
        new = resources[len(self._cluster.resources) :]
        groups = (*self._cluster.groups, *(Group(one.group) for one in new))
        return msgspec.structs.replace(self._cluster, groups=groups, resources=resources)

    def _add_row(self, row: TableRow) -> None:
        name = fold(row.resource)
        if name not in self._growing:
            self._growing[name] = _Growing.of(Resource(row.resource, self._new_group(row.resource)))
        growing, given = self._growing[name], row.checkpoint or ""
        if row.kind == "crypto":
            growing.containers.setdefault(fold(given), given)
        elif fold(given) not in growing.keys:
            growing.keys[fold(given)] = RegistryCheckpoint(given)
            self.listed.add((name, fold(given)))

    def _new_group(self, resource: str) -> str:
        group = f"unknown group of {resource}"
        while fold(group) in self._groups:
            group = f"{group}'"
        self._groups.add(fold(group))
        return group


@dataclass(slots=True)
class _Growing:
    """A resource with its checkpoints by their folded names, to which more are added."""

    resource: Resource
    keys: dict[Folded, RegistryCheckpoint]
    containers: dict[Folded, str]

    @classmethod
    def of(cls, resource: Resource) -> "_Growing":
        keys = {fold(entry.key): entry for entry in resource.registry_checkpoints}
        return cls(resource, keys, {fold(given): given for given in resource.crypto_checkpoints})

    def grown(self) -> Resource:
        return msgspec.structs.replace(
            self.resource,
            registry_checkpoints=tuple(self.keys.values()),
            crypto_checkpoints=tuple(self.containers.values()),
        )


def row_fault(row: TableRow) -> str | None:
    """Why a complete row is no checkpoint; None if it is one."""
    given = row.checkpoint
    if given is None:
        return "the Type is blank, and without the provider type the container is not known"
    fault = key_fault(given) if row.kind == "registry" else crypto_fault(given)
    if fault is not None:
        return f"{fault.came}; allowed: {fault.allowed}"
    return None
