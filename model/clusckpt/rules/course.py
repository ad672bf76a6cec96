"""Courses: a state on its way through the elementary steps of one event.

Each elementary step notes its move under the name that the transition system gives it, so that
the two readings of the rules can be held against each other step by step, and each part of the
state that a rule changed, so that a report can say which rule put it there.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from clusckpt.names import Folded, FoldedPath
from clusckpt.registry import RegistryKey
from clusckpt.state import CheckpointName, ClusterState
from clusckpt_spec.register.ids import RuleID


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An event that the cluster service wrote to the event log: its number, and about what.

    `about` is the root or the container as it was added.
    """

    id: int
    resource: Folded
    about: str


MoveArgument = Folded | FoldedPath | CheckpointName | RegistryKey

Where = FoldedPath | CheckpointName | Folded | None
"""A place within an object: a key, a checkpoint, a container, or the object as a whole."""


@dataclass(frozen=True, slots=True)
class Move:
    """An elementary step: the action of the transition system and what it is about."""

    action: str
    arguments: tuple[MoveArgument, ...] = ()


class Part(StrEnum):
    """The parts of a state that an observation can speak of."""

    STATE = "state"
    OWNER = "owner"
    REGISTRY = "registry"
    CONTAINER = "container"
    COPY = "copy"
    LIST = "list"
    LOG = "log"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the state that a rule determined.

    `subject` names the object (a resource, a group or a node) and `where` the key, the
    checkpoint or the container in it.
    """

    part: Part
    subject: Folded
    rule: RuleID
    where: Where = None


@dataclass(frozen=True, slots=True)
class Course:
    """A state, with the moves that led to it and what the rules changed on the way."""

    state: ClusterState
    moves: tuple[Move, ...] = ()
    changes: tuple[Change, ...] = ()
    logged: frozenset[LogEntry] = frozenset()

    def to(self, state: ClusterState, *changes: Change, move: Move | None = None) -> "Course":
        """The course after a further step."""
        moves = self.moves if move is None else (*self.moves, move)
        return replace(self, state=state, moves=moves, changes=(*self.changes, *changes))

    def log(self, entry: LogEntry) -> "Course":
        """The course on which the cluster service has logged an event as well."""
        return replace(self, logged=self.logged | {entry})
