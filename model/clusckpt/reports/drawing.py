"""Drawing: from a trace to its space-time diagram."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from clusckpt.names import Folded
from clusckpt.reports.diagram import Diagram, DrawnMove, Step
from clusckpt.reports.following import FollowedLine, followed
from clusckpt.reports.moves import moves, standing
from clusckpt.reports.observed import answer, observed, shortened
from clusckpt.reports.picture import (
    MOST_STATES,
    OPEN,
    Blank,
    Cell,
    Picture,
    Place,
    Root,
    picture,
)
from clusckpt.reports.scope import Scope, scope_of
from clusckpt.reports.sentences import told
from clusckpt.reports.values import Naming
from clusckpt.rules import Rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt_spec.formats.trace import Header, TraceLine

MOST_FOLLOWED: Final = 500
"""No more lines of a trace than this are followed to draw it."""

MOST_STEPS: Final = 200
"""No more steps than this are drawn; the first violation is among them."""

MOST_ROOTS: Final = 16
"""No more checkpoints than this are drawn."""

STEPS_AFTER: Final = 20
"""So many steps after the first violation are drawn, where not all can be."""


def drawn(header: Header, lines: Sequence[TraceLine], rules: Rulebook) -> Diagram:
    """The diagram of a trace under one reading.

    Args:
        header: the cluster at the start.
        lines: all lines, or as many as are to be followed.
        rules: the rulebook of the reading.

    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
    >>> lines = [TraceLine(2, OnlineClusterResource("SQL"), "ERROR_SUCCESS")]
    >>> [sorted(step.cells.values()) for step in drawn(Header(TRACE_FORMAT, cluster), lines,
    ...     MSCS_PAGE_RULES).steps]
    [['N1', 'Online', 'online', 'up']]
    """
    drawing = Drawing(header, scope_of(header, lines))
    start = drawing.cells(drawing.before)
    steps = [drawing.step(at, one) for at, one in enumerate(followed(header, lines, rules), 1)]
    first, last = _window(steps)
    return Diagram(
        rules.reading.name,
        drawing.scope,
        drawing.names,
        drawing.roots,
        drawing.naming.values,
        (steps[first - 1].cells or {}) if first else start,
        tuple(steps[first:last]),
        len(steps) - (last - first),
        drawing.roots_left_out,
    )


def _window(steps: Sequence[Step]) -> tuple[int, int]:
    """The first step that is drawn and the one after the last, counted from 0."""
    broken = next((at for at, step in enumerate(steps) if step.violation), 0)
    last = min(len(steps), max(MOST_STEPS, broken + STEPS_AFTER))
    return max(0, last - MOST_STEPS), last


class Drawing:
    """What is known while a trace is followed: the picture so far, names, roots and labels."""

    def __init__(self, header: Header, scope: Scope) -> None:
        """Begin with the cluster of a header."""
        state = initial_state(header)
        self.scope = scope
        self.naming = Naming()
        self.names: dict[Folded, str] = {name: name for name in scope.resources}
        self.names |= {name: node.name for name, node in state.nodes.items()}
        self.roots: dict[Root, str] = {}
        self.roots_left_out = 0
        self._meet([state])
        self.before: Picture = picture([state], scope)

    def step(self, number: int, one: FollowedLine) -> Step:
        """The step of a line; the picture after it is kept for the next one."""
        line = one.line
        plain = Step(number, line.number, shortened(told(line.event)), answer(line), observed(line))
        if not one.is_followed:
            return plain
        states = [candidate.state for candidate in one.possible]
        self._meet(states)
        after = picture(states, self.scope)
        step = replace(
            plain,
            cells=self.cells(after),
            wrong=self._wrong(after, one),
            moves=self._moves(after, one),
            violation=one.violation,
        )
        self.before = standing(self.before, after, line.event)
        return step

    def cells(self, seen: Picture) -> dict[Place, str]:
        """What is shown at each place: a word, or the label of the contents."""
        return {
            place: self._shown(place, cell)
            for place, cell in seen.items()
            if place.root is None or place.root in self.roots
        }

    def _shown(self, place: Place, cell: Cell) -> str:
        if isinstance(cell, Blank):
            return cell.text
        if isinstance(cell, str) or place.root is None:
            return str(cell)
        return self.naming.label(cell)

    def _wrong(self, after: Picture, one: FollowedLine) -> dict[Place, str]:
        """The places that were seen otherwise than the rules allow, with what they allow."""
        if one.violation is None:
            return {}
        allowed = picture([candidate.state for candidate in one.allowed], self.scope)
        wrong = {
            place: cell
            for place, cell in allowed.items()
            if OPEN not in (cell, after.get(place, OPEN)) and cell != after[place]
        }
        return self.cells(wrong)

    def _moves(self, after: Picture, one: FollowedLine) -> tuple[DrawnMove, ...]:
        """The moves of the roots that are drawn."""
        return tuple(
            DrawnMove(
                move.kind, move.root, move.node, self._shown(move.place, move.content), move.place
            )
            for move in moves(self.before, after, one.line.event, one.possible)
            if move.root in self.roots
        )

    def _meet(self, states: Sequence[ClusterState]) -> None:
        """Note the names and the checkpoints that come up."""
        left_out = set()
        for state in states[:MOST_STATES]:
            for name in self.scope.resources:
                resource = state.resources.get(name)
                if resource is None:
                    continue
                self.names[name] = resource.name
                for checkpoint in sorted(resource.checkpoints.values(), key=lambda one: one.name):
                    root = Root(name, checkpoint.name)
                    if root in self.roots or len(self.roots) < MOST_ROOTS:
                        self.roots.setdefault(root, checkpoint.given)
                    else:
                        left_out.add(root)
        self.roots_left_out = max(self.roots_left_out, len(left_out))
