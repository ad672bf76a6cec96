"""One design from a cluster and the tables of checkpoints that PowerShell printed for it.

A table knows resources and checkpoints, nothing else. A resource that only a table names gets a
group of its own and no possible owners, so what depends on them stays undecided.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from clusckpt.collisions.roots import MOST_LEVELS
from clusckpt.files.checkpoint_table import CheckpointTable
from clusckpt.files.key_syntax import crypto_fault, key_fault
from clusckpt.files.table_rows import TableRow
from clusckpt.names import SEPARATOR, Folded, fold
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


@dataclass(slots=True)
class Merging:
    """A design that tables are being added to."""

    cluster: Cluster | None = None
    unreadable: list[Unreadable] = field(default_factory=list)
    listed: set[ListedKey] = field(default_factory=set)
    added: dict[Folded, Resource] = field(default_factory=dict)

    def add_table(self, path: str, table: CheckpointTable) -> None:
        """Add the checkpoints of a table; what cannot be read is kept with the reason."""
        for line in table.unreadable:
            self.unreadable.append(Unreadable(path, line.line, line.text, line.reason))
        for row in table.rows:
            reason = row_fault(row)
            if reason is None:
                self._add_row(row)
            else:
                text = "  ".join(part for part in (row.resource, row.name, row.container) if part)
                self.unreadable.append(Unreadable(path, row.line, text, reason))

    def result(self) -> Cluster:
        """The design with everything that was added; without a cluster its nodes are not known."""
        base = self.cluster or Cluster("clusckpt-cluster/1", (), (), ())
        known = {fold(one.name) for one in base.resources}
        new = [one for folded, one in self.added.items() if folded not in known]
        groups = (*base.groups, *(Group(one.group) for one in new))
        resources = tuple(self.added.get(fold(one.name), one) for one in base.resources)
        return msgspec.structs.replace(base, groups=groups, resources=(*resources, *new))

    def _add_row(self, row: TableRow) -> None:
        resource = self._resource(row.resource)
        keys = {fold(entry.key) for entry in resource.registry_checkpoints}
        containers = {fold(given) for given in resource.crypto_checkpoints}
        given = row.checkpoint or ""
        if row.kind == "registry" and fold(given) not in keys:
            self.listed.add((fold(row.resource), fold(given)))
            resource = msgspec.structs.replace(
                resource,
                registry_checkpoints=(*resource.registry_checkpoints, RegistryCheckpoint(given)),
            )
        elif row.kind == "crypto" and fold(given) not in containers:
            resource = msgspec.structs.replace(
                resource, crypto_checkpoints=(*resource.crypto_checkpoints, given)
            )
        self.added[fold(row.resource)] = resource

    def _resource(self, name: str) -> Resource:
        """The resource of that name, in any case, or a new one of which nothing else is known."""
        if fold(name) in self.added:
            return self.added[fold(name)]
        existing = self.cluster.resources if self.cluster else ()
        found = next((one for one in existing if fold(one.name) == fold(name)), None)
        return found or Resource(name, self._new_group(name))

    def _new_group(self, name: str) -> str:
        taken = {fold(group.name) for group in (self.cluster.groups if self.cluster else ())}
        group = f"unknown group of {name}"
        while fold(group) in taken:
            group = f"{group}'"
        return group


def row_fault(row: TableRow) -> str | None:
    """Why a complete row is no checkpoint; None if it is one."""
    given = row.checkpoint
    if given is None:
        return "its Type is blank, and without the provider type the container is not known"
    fault = key_fault(given) if row.kind == "registry" else crypto_fault(given)
    if fault is not None:
        return f"it has {fault.came}, not {fault.allowed}"
    return level_fault([given]) if row.kind == "registry" else None


def level_fault(keys: Iterable[str]) -> str | None:
    """Why the first key that no registry can hold cannot be there; None if all can.

    >>> level_fault(["Software"]) is None
    True
    """
    for key in keys:
        levels = key.count(SEPARATOR) + 1
        if levels > MOST_LEVELS:
            return f"it has a key of {levels} levels; a registry has at most {MOST_LEVELS}"
    return None
