"""Small clusters that tests begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import msgspec

from clusckpt.files.conversion import converted
from clusckpt.files.errors import UnusableInput
from clusckpt.files.sources import FileLine
from clusckpt.files.trace_checks import header_faults
from clusckpt.files.wording import did_you_mean, quoted
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.formats.values import WrittenTree

GROUP = "G"
"""The group of every resource for which none is named."""

PLACE = "checkpoint_cluster"


@dataclass(frozen=True, slots=True)
class SmallCluster:
    r"""A cluster to begin with; called with some of its fields, it gives one that differs in them.

    Every resource is offline, and its group is on the first node unless `owners` says otherwise.

    Args:
        nodes: their names.
        resources: by name, the roots of their registry checkpoints, under HKEY_LOCAL_MACHINE.
        groups: the group of a resource, if it is not `G`.
        owners: the node of a group, if it is not the first one.
        registry: by node, keys with their values; None: the first node has every root, each with
            the value `Port` = 1.
        containers: by node, key containers with what their keys are noted as.

    >>> cluster = SmallCluster()
    >>> cluster.nodes, cluster.header.registry
    (('N1', 'N2'), {'N1': {'Software\\Acme': {'Port': 1}}})
    >>> cluster(nodes=("A",), resources={"Web": ()}).header.cluster.resources[0].name
    'Web'
    """

    nodes: Sequence[str] = ("N1", "N2")
    resources: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"SQL": ("Software\\Acme",)}
    )
    groups: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    registry: Mapping[str, WrittenTree] | None = None
    containers: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def __call__(self, **changes: Any) -> "SmallCluster":  # noqa: ANN401 - as `replace` takes them
        """A cluster that differs in these fields.

        Raises:
            UnusableInput: if there is no field of that name.
        """
        known = [one.name for one in fields(self)]
        for name in changes:
            if name not in known:
                came, allowed = f"the unknown field {quoted(name)}", ", ".join(known)
                advice = did_you_mean(name, known, "leave it out")
                raise UnusableInput(PLACE, None, came, allowed, advice)
        return replace(self, **changes)

    @property
    def header(self) -> Header:
        """The header of a trace that begins with this cluster.

        Raises:
            UnusableInput: if its names do not fit together.
        """
        registry = self._every_root() if self.registry is None else dict(self.registry)
        cluster = Cluster(CLUSTER_FORMAT, tuple(self.nodes), self._groups(), self._resources())
        header = Header(TRACE_FORMAT, cluster, registry=registry, containers=dict(self.containers))
        return checked(header)

    def _groups(self) -> tuple[Group, ...]:
        named = {**{name: self.groups.get(name, GROUP) for name in self.resources}, **self.groups}
        groups = dict.fromkeys([*named.values(), *self.owners])
        return tuple(Group(one, owner=self.owners.get(one, _first(self.nodes))) for one in groups)

    def _resources(self) -> tuple[Resource, ...]:
        return tuple(
            Resource(name, self.groups.get(name, GROUP), registry_checkpoints=_roots(roots))
            for name, roots in self.resources.items()
        )

    def _every_root(self) -> dict[str, WrittenTree]:
        tree: WrittenTree = {root: {"Port": 1} for each in self.resources.values() for root in each}
        return {self.nodes[0]: tree} if self.nodes and tree else {}


def checked(header: Header) -> Header:
    """The header itself, if a trace can begin with it.

    Raises:
        UnusableInput: if it is not as the format says, or its names do not fit together.
    """
    source = FileLine(PLACE)
    converted(msgspec.to_builtins(header), Header, source)
    if found := next(header_faults(header), None):
        raise source.refusal(*found)
    return header


def _first(nodes: Sequence[str]) -> str | None:
    return nodes[0] if nodes else None


def _roots(roots: Sequence[str]) -> tuple[RegistryCheckpoint, ...]:
    if isinstance(roots, str):
        came, allowed = f"the text {quoted(roots)} for roots", "a tuple or a list of roots"
        raise UnusableInput(PLACE, None, came, allowed, f"write ({roots!r},)")
    return tuple(RegistryCheckpoint(root) for root in roots)
