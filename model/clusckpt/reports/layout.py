"""Layout: the lanes and columns of a diagram, from left to right, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from clusckpt.files.wording import escaped
from clusckpt.names import Folded
from clusckpt.reports.diagram import Diagram
from clusckpt.reports.picture import NOWHERE, Place, Root

TEXT_WIDTH: Final = 352
"""The width of the column in which the steps are told."""

COLUMN: Final = 92
PAD: Final = 8
GAP: Final = 12
HEADING: Final = 84

LINE_CHARACTERS: Final = 13
"""How many characters of a heading fit one line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a lane: of a resource's state, or of the contents of a root.

    `place` is what its cells show, `x` its middle, `heading` its name in short lines.
    """

    place: Place
    x: float
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of a node, or of the quorum."""

    node: Folded
    title: str
    x: float
    width: float
    columns: tuple[Column, ...]

    @property
    def middle(self) -> float:
        """The middle of the lane."""
        return self.x + self.width / 2


def lanes(diagram: Diagram) -> tuple[Lane, ...]:
    """The lanes of a diagram: its nodes in order, then the quorum.

    >>> from clusckpt.predictions.bundled import bundled_trace
    >>> from clusckpt.reports.drawing import drawn
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> trace = bundled_trace("rc11-login-mode-flips")
    >>> diagram = drawn(trace.header, trace.lines, MSCS_PAGE_RULES)
    >>> [lane.title for lane in lanes(diagram)]
    ['NODE1', 'NODE2', 'Quorum']
    """
    found: list[Lane] = []
    for node in diagram.scope.nodes:
        places = [
            place
            for resource in diagram.scope.resources
            if resource in diagram.names
            for place in (
                Place("state", resource),
                *(Place("tree", node, root) for root in _roots(diagram, resource)),
            )
        ]
        found.append(_lane(diagram, node, diagram.names[node], places, found))
    copies = [Place("copy", NOWHERE, root) for root in diagram.roots]
    return (*found, _lane(diagram, NOWHERE, "Quorum", copies, found))


def width(columns: Sequence[Lane]) -> float:
    """The width of the whole diagram.

    >>> width([Lane(NOWHERE, "Quorum", 352, 108, ())])
    472
    """
    return columns[-1].x + columns[-1].width + GAP


def root_numbers(diagram: Diagram) -> dict[Root, int]:
    """The number under which each root stands in headings and in the legend, from 1.

    >>> from clusckpt.predictions.bundled import bundled_trace
    >>> from clusckpt.reports.drawing import drawn
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> trace = bundled_trace("rc11-login-mode-flips")
    >>> diagram = drawn(trace.header, trace.lines, MSCS_PAGE_RULES)
    >>> list(root_numbers(diagram).values())
    [1]
    """
    return {root: number for number, root in enumerate(diagram.roots, start=1)}


def _roots(diagram: Diagram, resource: Folded) -> list[Root]:
    return [root for root in diagram.roots if root.resource == resource]


def _lane(
    diagram: Diagram, node: Folded, title: str, places: list[Place], left: list[Lane]
) -> Lane:
    x = left[-1].x + left[-1].width + GAP if left else TEXT_WIDTH
    columns = tuple(
        Column(place, x + PAD + COLUMN * (at + 0.5), _heading(diagram, place))
        for at, place in enumerate(places)
    )
    return Lane(node, title, x, max(len(columns), 1) * COLUMN + 2 * PAD, columns)


def _heading(diagram: Diagram, place: Place) -> tuple[str, ...]:
    if place.root is None:
        return tuple(_short(diagram.names[place.subject]))
    number = root_numbers(diagram)[place.root]
    given = escaped(diagram.roots[place.root]).rstrip("\\").rsplit("\\", 1)[-1]
    short = given if len(given) <= LINE_CHARACTERS else f"{given[: LINE_CHARACTERS - 1]}…"
    return f"root {number}", short


def _short(text: str) -> list[str]:
    return wrap(escaped(text), LINE_CHARACTERS, max_lines=3, placeholder="…")
