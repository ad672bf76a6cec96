"""The space-time diagram of a trace: what is drawn, without saying where.

A diagram has one lane for each node and one for the quorum, and one row for each step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clusckpt.names import Folded
from clusckpt.oracle import Violation
from clusckpt.reports.moves import MoveKind
from clusckpt.reports.picture import Place, Root
from clusckpt.reports.scope import Scope
from clusckpt.reports.values import Value

Cells = Mapping[Place, str]
"""What is shown at each place: a word, or the label of a value."""


@dataclass(frozen=True, slots=True)
class DrawnMove:
    """A capture (node to quorum), a restore (quorum to node), or data lost at a place."""

    kind: MoveKind
    root: Root
    node: Folded
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trace, and the cells after it.

    Args:
        number: counted from 1.
        line: the number of the line in the file.
        sentence: the event.
        answer: what it returned, or nothing.
        observed: what was seen, one sentence a thing.
        cells: what is certain after it, at a violation as it was seen; None where the oracle
            stopped before.
        wrong: the places that were seen otherwise, with what the rules allow there.
        moves: the data that moved.
        violation: the rule that is broken here, if one is.
    """

    number: int
    line: int
    sentence: str
    answer: str
    observed: tuple[str, ...]
    cells: Cells | None = None
    wrong: Cells = field(default_factory=dict)
    moves: tuple[DrawnMove, ...] = ()
    violation: Violation | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A followed trace under one reading.

    Args:
        reading: its name.
        scope: the nodes and resources that are drawn.
        names: the nodes and resources, as they are written.
        roots: the checkpoints that are drawn, as they were added.
        values: the contents, by label.
        start: the cells before the first step that is drawn.
        steps: those that are drawn.
        steps_left_out: how many are not.
        roots_left_out: how many checkpoints are not.
    """

    reading: str
    scope: Scope
    names: Mapping[Folded, str]
    roots: Mapping[Root, str]
    values: tuple[Value, ...]
    start: Cells
    steps: tuple[Step, ...]
    steps_left_out: int = 0
    roots_left_out: int = 0
