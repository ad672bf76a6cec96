"""What is flagged, what can be lost, what was executed: for one design under one reading."""

from dataclasses import dataclass
from functools import cached_property

from clusckpt.collisions import find_conflicts
from clusckpt.collisions.opening import left_by, opening
from clusckpt.collisions.roles import Roles, cast
from clusckpt.collisions.schedule import schedule
from clusckpt.collisions.watching import seen
from clusckpt.rules import Part, Rulebook, rulebook
from clusckpt.start import initial_state
from clusckpt.state import CheckpointKind, ClusterState
from clusckpt.steps import step
from clusckpt_proofs.exactness.designs import NODES, RESOURCES, Design
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import CaptureDelayPasses
from clusckpt_spec.readings import KB174070, MS_CMRP, MSCS_PAGE, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Concrete, Instance, Program, Table
from clusckpt_spec.system.sorts import ONLINE, Scope
from clusckpt_spec.system.translation import element_number

EXACT_READINGS: tuple[Reading, ...] = (MSCS_PAGE, KB174070, MS_CMRP, WINDOWS_OBSERVED)
"""The readings under which the analysis is exact: those of Windows.

A product that replicates to other nodes only (`live-pair`) loses nothing on a shared node that
neither resource can leave, and one that does not restore where a resource was last
(`vcs-regrep`) needs a node more; there a flag says that data can be lost, not that two nodes do.
"""

_LIFE = frozenset(
    {
        "capture",
        "begin_online",
        "restore",
        "complete_online",
        "begin_offline",
        "save",
        "complete_offline",
        "fail",
        "move",
        "crash",
        "failover",
        "join",
    }
)
"""What happens to resources that have their checkpoints: no administrator changes anything."""

_EMPTY = 1
_LATER = CaptureDelayPasses()


@dataclass(frozen=True)
class Compared:
    """The three accounts of a design: resources by name, and how many states were visited."""

    design: Design
    reading: str
    flagged: frozenset[str]
    lost: frozenset[str]
    executed: frozenset[str]
    states: int

    @property
    def agrees(self) -> bool:
        """Whether exactly the flagged resources can lose data, in each account."""
        return self.flagged == self.lost == self.executed


def compared(design: Design, reading: Reading) -> Compared:
    """Hold the analysis, the transition system and the reference model against each other."""
    reached = _Reached(design, reading)
    return Compared(
        design,
        reading.name,
        flagged(design),
        frozenset(RESOURCES[number] for number in reached.losers),
        executed(design, reading),
        len(reached.states),
    )


def flagged(design: Design) -> frozenset[str]:
    """The resources that the analysis finds in a conflict."""
    conflicts = find_conflicts(design.cluster).conflicts
    return frozenset(name for one in conflicts for name in one.resources)


def executed(design: Design, reading: Reading) -> frozenset[str]:
    """The resources of which the reference model executes a loss, in the schedule of a conflict."""
    cluster, rules = design.cluster, rulebook(reading)
    lost: set[str] = set()
    for conflict in find_conflicts(cluster).conflicts:
        roles = cast(cluster, conflict)
        if any(_is_lost(state, roles) for state in _ends(cluster, roles, rules)):
            lost |= {roles.replaced.resource, roles.replacing.resource}
    return frozenset(lost)


def _ends(cluster: Cluster, roles: Roles, rules: Rulebook) -> set[ClusterState]:
    """The states that the schedule can end in, if every event succeeds and captures come in time.

    What of a change may count or not leaves several.
    """
    states = {initial_state(opening(cluster, roles))}
    for event in schedule(roles):
        followed = {one for state in states for one in step(state, event, rules)}
        done = {one.state for one in followed if one.status is Status.ERROR_SUCCESS}
        states = {one.state for state in done for one in step(state, _LATER, rules)}
    return states


def _is_lost(state: ClusterState, roles: Roles) -> bool:
    """Whether the one resource is online on the node, and finds there what the other one left."""
    now = seen(state, roles)
    kind = roles.key.root.kind
    part = Part.REGISTRY if kind is CheckpointKind.REGISTRY else Part.CONTAINER
    found = now[part, roles.node] == left_by(roles.replacing)
    return found and now[Part.STATE, roles.replaced.resource] == state_label(ResourceState.ONLINE)


class _Reached:
    """Every state that the transition system reaches, and who lost data on the way."""

    def __init__(self, design: Design, reading: Reading) -> None:
        self.design, self.reading = design, reading
        self.states: set[Concrete] = set()
        self.losers: set[int] = set()
        self._visit()

    @cached_property
    def program(self) -> Program:
        """The transition system on the design: every root of it is in a list from the start."""
        keys = range(self.design.forest.size)
        under = tuple(tuple(self.design.forest.under(p, k) for k in keys) for p in keys)
        claims = tuple(tuple(key in roots for key in keys) for roots in self.design.roots)
        rigid = {
            "under": under,
            "possible": tuple(
                tuple(node in hosts for node in range(len(NODES))) for hosts in self.design.hosts
            ),
            "claims": claims,
            "covers": tuple(
                tuple(any(given[p] and under[p][k] for p in keys) for k in keys) for given in claims
            ),
            "alone": (False,) * len(RESOURCES),
            "absent": 0,
            "empty": _EMPTY,
        }
        scope = Scope(node=len(NODES), resource=len(RESOURCES), key=len(keys), data=2)
        return Program(CHECKPOINTS, self.reading, scope, rigid)

    @cached_property
    def instances(self) -> list[Instance]:
        """What may happen."""
        return [one for one in self.program.instances if one[0] in _LIFE]

    def _start(self) -> Concrete:
        """Every key is there on both nodes, and every resource is offline with its copies."""
        program, claims = self.program, self.program.rigid["claims"]
        tables: dict[str, Table] = {
            entry.name: program.uniform(entry.name, False if entry.range == "bool" else 0)
            for entry in program.symbols
        }
        tables |= {
            "up": (True,) * len(NODES),
            "registry": program.uniform("registry", _EMPTY),
            "owner": tuple(hosts[0] for hosts in self.design.hosts),
            "checkpoint": claims,
            "stored": claims,
            "copy": tuple(
                tuple(
                    tuple(_EMPTY if given[p] and below else 0 for below in self._under(p))
                    for p in range(len(given))
                )
                for given in claims
            ),
        }
        return program.concrete(**tables)

    def _under(self, root: int) -> tuple[bool, ...]:
        row: tuple[bool, ...] = self.program.rigid["under"][root]
        return row

    def _visit(self) -> None:
        waiting = [self._start()]
        self.states.update(waiting)
        while waiting:
            state = waiting.pop()
            for instance in self.instances:
                after = self.program.step(state, instance)
                if after is None:
                    continue
                if instance[0] == "restore":
                    self.losers.update(self._losers(state, *instance[1]))
                if after not in self.states:
                    self.states.add(after)
                    waiting.append(after)

    def _losers(self, state: Concrete, restored: int, root: int) -> list[int]:
        """Who is online where another's root is restored over a tree of its own."""
        names = [entry.name for entry in self.program.symbols]
        status, owner = (state[names.index(name)] for name in ("status", "owner"))
        return [
            number
            for number in range(len(RESOURCES))
            if number != restored
            and status[number] == element_number(ONLINE)
            and owner[number] == owner[restored]
            and any(self._overlap(root, own) for own in self.design.roots[number])
        ]

    def _overlap(self, one: int, other: int) -> bool:
        under = self.design.forest.under
        return under(one, other) or under(other, one)
