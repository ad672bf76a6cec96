"""Carriers: clusters small enough to compare the two readings of the rules on every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from clusckpt.names import Folded, FoldedPath, fold, fold_path, lies_under, parse_path
from clusckpt.registry import EMPTY_KEY, RegistryKey, value_of
from clusckpt.rules import Rulebook, rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats import events
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.readings import (
    KB174070,
    LIVE_PAIR,
    MS_CMRP,
    MSCS_PAGE,
    VCS_REGREP,
    WINDOWS_OBSERVED,
    Reading,
)
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Program
from clusckpt_spec.system.sorts import Scope

BACKUP_PATH = "B"
"""Where the one backup of a carrier goes; the transition system knows only one."""

VALUE_NAME = "v"

DATABASE = frozenset({"BackupClusterDatabase", "RestoreClusterDatabase"})
NODES = frozenset({"NodeCrash", "NodeJoin", "FailoverClusterGroup"})
HANDLES = frozenset({"RegOpenKeyEx", "RegCloseKey"})
COPIES = frozenset({"LoseStoredCopy", "RecreateCheckpoints"})
CREATION = frozenset({"CreateClusterResource"})
ENDS = frozenset({"FailClusterResource", "DllTerminate"})


@dataclass(frozen=True)
class Carrier:
    """A cluster of so many nodes and resources with these keys, one resource in each group.

    `contents` counts what a key can hold beside being absent: empty, and values from 1 on.
    `impossible` pairs resource and node numbers that do not go together; `left_out` names the
    events that this carrier does without, to stay small. With `one_group`, all resources are in
    one group and each depends on the one before; the transition system knows neither groups nor
    dependencies, so it then allows more than the model does.
    """

    name: str
    nodes: int
    resources: int
    keys: tuple[str, ...]
    contents: int
    reading: Reading = MSCS_PAGE
    impossible: frozenset[tuple[int, int]] = frozenset()
    left_out: frozenset[str] = frozenset()
    one_group: bool = False

    @property
    def node_names(self) -> list[str]:
        """The names of the nodes."""
        return [f"N{number + 1}" for number in range(self.nodes)]

    @property
    def resource_names(self) -> list[str]:
        """The names of the resources."""
        return [f"R{number + 1}" for number in range(self.resources)]

    @cached_property
    def groups(self) -> list[str]:
        """The group of each resource: that of resource R1 is GR1."""
        return ["G" if self.one_group else f"G{name}" for name in self.resource_names]

    @property
    def only_forward(self) -> bool:
        """Whether the system allows more than the model does, so that one direction is compared.

        It knows no groups, and other nodes get a tree at any time, not just when it is captured.
        """
        return self.one_group or self.reading.product.restore_when == "continuous"

    def members(self, group: Folded) -> list[int]:
        """The numbers of the resources of a group."""
        return [number for number, name in enumerate(self.groups) if fold(name) == group]

    @cached_property
    def folded_nodes(self) -> list[Folded]:
        """The nodes as they are compared."""
        return [fold(name) for name in self.node_names]

    @cached_property
    def paths(self) -> list[FoldedPath]:
        """The keys as they are compared."""
        return [fold_path(parse_path(key)) for key in self.keys]

    @cached_property
    def data(self) -> list[RegistryKey | None]:
        """What a key can hold, by the number that the transition system gives it."""
        values = range(1, self.contents)
        filled = [EMPTY_KEY.with_value(value_of(VALUE_NAME, number)) for number in values]
        return [None, EMPTY_KEY, *filled]

    @cached_property
    def rules(self) -> Rulebook:
        """The rulebook of the carrier's reading."""
        return rulebook(self.reading)

    @cached_property
    def program(self) -> Program:
        """The transition system on this carrier, without history."""
        scope = Scope(self.nodes, self.resources, len(self.keys), self.contents + 1)
        possible = tuple(
            tuple((resource, node) not in self.impossible for node in range(self.nodes))
            for resource in range(self.resources)
        )
        rigid = {
            "under": tuple(tuple(lies_under(p, k) for k in self.paths) for p in self.paths),
            "possible": possible,
            "claims": ((True,) * len(self.keys),) * self.resources,
            "covers": ((True,) * len(self.keys),) * self.resources,
            "alone": (False,) * self.resources,
            "absent": 0,
            "empty": 1,
        }
        return Program(CHECKPOINTS, self.reading, scope, rigid)

    @cached_property
    def header(self) -> Header:
        """The cluster at the start: empty registries, every resource offline on N1."""
        groups = tuple(Group(name, owner="N1") for name in sorted(set(self.groups)))
        names = self.resource_names
        resources = tuple(
            Resource(
                name,
                group=self.groups[number],
                possible_owners=self._possible(number),
                dependencies=(names[number - 1],) if self.one_group and number else (),
            )
            for number, name in enumerate(names)
        )
        cluster = Cluster(CLUSTER_FORMAT, tuple(self.node_names), groups, resources)
        return Header(TRACE_FORMAT, cluster, title=self.name)

    @cached_property
    def start(self) -> ClusterState:
        """The model's state at the start."""
        return initial_state(self.header)

    @cached_property
    def events(self) -> tuple[AnyEvent, ...]:
        """Every event of the carrier's alphabet."""
        every = (*self._writes(), *self._requests(), *self._node_events(), *self._internal())
        return tuple(event for event in every if type(event).__name__ not in self.left_out)

    def _possible(self, resource: int) -> tuple[str, ...]:
        numbered = enumerate(self.node_names)
        return tuple(name for node, name in numbered if (resource, node) not in self.impossible)

    def _writes(self) -> Iterator[AnyEvent]:
        for node, key in product(self.node_names, self.keys):
            yield events.RegCreateKeyEx(node, key)
            yield events.RegDeleteTree(node, key)
            yield events.RegOpenKeyEx(node, key)
            yield events.RegCloseKey(node, key)
            if self.contents > 1:
                yield events.RegDeleteValue(node, key, VALUE_NAME)
            for number in range(1, self.contents):
                yield events.RegSetValueEx(node, key, VALUE_NAME, number)

    def _requests(self) -> Iterator[AnyEvent]:
        codes = (ControlCode.ADD_REGISTRY_CHECKPOINT, ControlCode.DELETE_REGISTRY_CHECKPOINT)
        for resource, group in zip(self.resource_names, self.groups, strict=True):
            for code, key in product(codes, self.keys):
                yield events.ClusterResourceControl(resource, code.value, key)
            yield events.OnlineClusterResource(resource)
            yield events.OfflineClusterResource(resource)
            yield events.FailClusterResource(resource)
            yield events.DeleteClusterResource(resource)
            yield events.CreateClusterResource(resource, group)
            yield events.RecreateCheckpoints(resource)
            for key in self.keys:
                yield events.LoseStoredCopy(resource, key)
            for node in self.node_names:
                yield events.MoveClusterGroup(group, node)

    def _node_events(self) -> Iterator[AnyEvent]:
        yield events.BackupClusterDatabase(BACKUP_PATH)
        for node in self.node_names:
            yield events.NodeCrash(node)
            yield events.NodeJoin(node)
            yield events.RestoreClusterDatabase(BACKUP_PATH, node)

    def _internal(self) -> Iterator[AnyEvent]:
        for resource, group in zip(self.resource_names, self.groups, strict=True):
            yield events.BringOnline(resource)
            yield events.DllOnline(resource)
            yield events.DllOffline(resource)
            yield events.DllTerminate(resource)
            for key in self.keys:
                yield events.RestoreCheckpoint(resource, key)
                yield events.CaptureCheckpoint(resource, key)
            for node in self.node_names:
                yield events.FailoverClusterGroup(group, node)


_SMALL = HANDLES | COPIES | CREATION
"""What a carrier that is about something else does without."""

_LIFE = DATABASE | NODES | _SMALL

CARRIERS: tuple[Carrier, ...] = (
    Carrier("one node, backup", 1, 1, ("A",), 2, left_out=_SMALL),
    Carrier("two nodes, one key", 2, 1, ("A",), 2, left_out=DATABASE | _SMALL),
    Carrier(
        "one possible owner",
        2,
        1,
        ("A",),
        1,
        impossible=frozenset({(0, 1)}),
        left_out=_SMALL | ENDS,
    ),
    Carrier("nested roots", 1, 1, ("A", "A\\B"), 1, left_out=DATABASE | _SMALL),
    Carrier("nested roots on two nodes", 2, 1, ("A", "A\\B"), 1, left_out=_LIFE),
    Carrier("nested roots, saved", 1, 1, ("A", "A\\B"), 2, KB174070, left_out=_LIFE),
    Carrier("shared root", 1, 2, ("A",), 2, left_out=_LIFE),
    Carrier("nested roots of two resources", 1, 2, ("A", "A\\B"), 1, left_out=_LIFE | ENDS),
    Carrier("open handles", 1, 1, ("A", "A\\B"), 1, left_out=_LIFE - HANDLES),
    Carrier("lost copies", 2, 1, ("A",), 2, left_out=_LIFE - COPIES - CREATION),
    Carrier("one group", 2, 2, ("A",), 1, left_out=_LIFE, one_group=True),
    Carrier("ms-cmrp, one key", 2, 1, ("A",), 2, MS_CMRP, left_out=DATABASE | _SMALL),
    Carrier("ms-cmrp, hindrances", 1, 1, ("A",), 2, MS_CMRP, left_out=DATABASE | NODES),
    Carrier("ms-cmrp, shared root", 1, 2, ("A",), 1, MS_CMRP, left_out=_LIFE),
    Carrier("observed, one key", 2, 1, ("A",), 2, WINDOWS_OBSERVED, left_out=DATABASE | _SMALL),
    Carrier("observed, hindrances", 1, 1, ("A",), 2, WINDOWS_OBSERVED, left_out=DATABASE | NODES),
    Carrier("observed, nested roots", 1, 1, ("A", "A\\B"), 1, WINDOWS_OBSERVED, left_out=_LIFE),
    Carrier("observed, shared root", 1, 2, ("A",), 1, WINDOWS_OBSERVED, left_out=_LIFE),
    Carrier("observed, backup", 1, 1, ("A",), 1, WINDOWS_OBSERVED, left_out=_SMALL),
    Carrier("vcs-regrep", 2, 1, ("A",), 1, VCS_REGREP, left_out=_LIFE - HANDLES),
    Carrier("live-pair", 2, 1, ("A",), 2, LIVE_PAIR, left_out=_LIFE),
)
"""The carriers on which agreement is checked in every test run."""
