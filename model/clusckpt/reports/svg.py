"""The picture of a diagram: rows, bars, blocks and arrows, in pixels.

Time runs downward. A row holds what is so after its step; what moves is drawn at its top.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from clusckpt.reports.diagram import Cells, Diagram, DrawnMove, Step
from clusckpt.reports.layout import HEADING, Column, Lane, lanes, width
from clusckpt.reports.moves import MoveKind
from clusckpt.reports.picture import ABSENT, NOWHERE, UNCERTAIN, Place

LINE: Final = 16
"""The height of a line of text."""

TEXT_CHARACTERS: Final = 37
TEXT_LINES: Final = 5
BLOCK: Final = 32
ARROW: Final = 20

COLOURS: Final = 8
PATTERNS: Final = 5
"""A value has one of so many colours and, on its own count, one of so many patterns."""

STATE_CLASSES: Final = {
    "Online": "online",
    "Offline": "offline",
    "Failed": "failed",
    UNCERTAIN: "open",
}


@dataclass(frozen=True, slots=True)
class Block:
    """The contents of a root at a place after a step.

    `value` counts the contents from 0, and is None for what is open or not there; `joined` is
    where the block above ends if it has the same, else 0; `allowed` is what the rules allow where
    something else was seen; `lost` are the labels of contents that were lost here.
    """

    x: float
    y: float
    label: str
    value: int | None
    joined: float
    allowed: str = ""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """The state of a resource in the lane of the node that hosts it."""

    x: float
    label: str
    kind: str
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Data that moves: from `x1` to `x2` at height `y`, into the blocks at height `end`."""

    kind: str
    x1: float
    x2: float
    y: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word about a whole lane in one row: the node is down, the quorum is full."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture; `step` is None for the start."""

    y: float
    height: float
    text: tuple[str, ...]
    step: Step | None
    blocks: tuple[Block, ...] = ()
    bars: tuple[Bar, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture: its size, its lanes and its rows."""

    width: float
    height: float
    heading: float
    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Above:
    """What a row joins: the cells of the row above, and where its blocks and it end."""

    cells: Cells
    blocks_end: float = 0
    end: float = 0


def chart(diagram: Diagram) -> Chart:
    """The picture of a diagram, row by row.

    >>> from clusckpt.predictions.bundled import bundled_trace
    >>> from clusckpt.reports.drawing import drawn
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> trace = bundled_trace("rc11-login-mode-flips")
    >>> diagram = drawn(trace.header, trace.lines, MSCS_PAGE_RULES)
    >>> [row.text[0] for row in chart(diagram).rows][:2]
    ['At the start', 'SQL Server (I03) is asked to come']
    """
    columns = lanes(diagram)
    numbers = {value.label: value.number for value in diagram.values}
    start = _row(None, diagram.start, Above({}), columns, numbers)
    rows, above = [start], _below(start, diagram.start)
    for step in diagram.steps:
        row = _row(step, step.cells, above, columns, numbers)
        rows.append(row)
        above = _below(row, step.cells)
    return Chart(width(columns), above.end, HEADING, columns, tuple(rows))


def _below(row: Row, cells: Cells | None) -> Above:
    blocks_end = row.blocks[0].y + BLOCK if row.blocks else 0
    return Above(cells or {}, blocks_end, row.y + row.height)


def _row(
    step: Step | None,
    cells: Cells | None,
    above: Above,
    columns: Sequence[Lane],
    numbers: Mapping[str, int],
) -> Row:
    y, text = above.end, tuple(_text(step))
    drawn = () if step is None else step.moves
    crossing = [move for move in drawn if move.kind is not MoveKind.LOST]
    top = y + 14 + ARROW * len(crossing)
    notes = max((len(_lost_at(drawn, move.place)) for move in drawn), default=0)
    notes += bool(step and step.wrong)
    height = max(top - y + BLOCK + LINE * notes + 12, LINE * len(text) + 24)
    if cells is None:
        return Row(y, height, text, step)
    return Row(
        y,
        height,
        text,
        step,
        blocks=tuple(_blocks(cells, step, above, columns, (top, numbers))),
        bars=tuple(_bars(cells, step, columns)),
        arrows=tuple(_arrows(crossing, columns, y, top)),
        marks=tuple(_marks(cells, columns)),
    )


def _text(step: Step | None) -> Iterator[str]:
    if step is None:
        yield "At the start"
        return
    # A path may be broken after a backslash, and nowhere else if it need not be.
    loose = step.sentence.replace("\\", "\\ ")
    lines = wrap(loose, TEXT_CHARACTERS, max_lines=TEXT_LINES, placeholder=" …")
    yield from (line.replace("\\ ", "\\") for line in lines)
    if step.answer:
        yield f"→ {step.answer}"[:TEXT_CHARACTERS]
    if step.violation is not None:
        yield f"✖ violates {step.violation.rule}"


def _blocks(
    cells: Cells,
    step: Step | None,
    above: Above,
    columns: Sequence[Lane],
    known: tuple[float, Mapping[str, int]],
) -> Iterator[Block]:
    top, numbers = known
    for column in _columns(columns):
        place = column.place
        if place.root is None or place not in cells:
            continue
        label = cells[place]
        wrong = step.wrong if step else {}
        lost = () if step is None else _lost_at(step.moves, place)
        joined = above.blocks_end if label in numbers and above.cells.get(place) == label else 0
        yield Block(column.x, top, label, numbers.get(label), joined, _allowed(wrong, place), lost)


def _bars(cells: Cells, step: Step | None, columns: Sequence[Lane]) -> Iterator[Bar]:
    """The state of each resource where it is hosted; in every lane, if that is open."""
    wrong = step.wrong if step else {}
    for lane in columns:
        for column in lane.columns:
            place = column.place
            if place.root is not None or place not in cells:
                continue
            owner_place = Place("owner", place.subject)
            owner, label = cells[owner_place], cells[place]
            allowed = _allowed(wrong, place) or _allowed(wrong, owner_place)
            if owner == UNCERTAIN:
                yield Bar(column.x, UNCERTAIN, "open", allowed)
            elif owner == lane.node:
                yield Bar(column.x, label, STATE_CLASSES.get(label, "pending"), allowed)


def _marks(cells: Cells, columns: Sequence[Lane]) -> Iterator[Mark]:
    for lane in columns:
        is_quorum = lane.node == NOWHERE
        place = Place("quorum") if is_quorum else Place("node", lane.node)
        word = cells.get(place, UNCERTAIN)
        if word not in ("up", "online"):
            yield Mark(lane.x, lane.width, word if word != UNCERTAIN else "up or down?")


def _arrows(
    moved: Sequence[DrawnMove], columns: Sequence[Lane], y: float, top: float
) -> Iterator[Arrow]:
    middles = {column.place: column.x for column in _columns(columns)}
    for at, move in enumerate(moved):
        node = middles.get(Place("tree", move.node, move.root))
        quorum = middles.get(Place("copy", NOWHERE, move.root))
        if node is not None and quorum is not None:
            ends = (node, quorum) if move.kind is MoveKind.CAPTURE else (quorum, node)
            height = y + 20 + ARROW * at
            yield Arrow(move.kind.value, *ends, height, top, f"{move.kind.value} {move.label}")


def _columns(columns: Sequence[Lane]) -> Iterator[Column]:
    for lane in columns:
        yield from lane.columns


def _lost_at(moved: Sequence[DrawnMove], place: Place) -> tuple[str, ...]:
    lost = [move for move in moved if move.kind is MoveKind.LOST and move.place == place]
    return tuple(move.label for move in lost)


def _allowed(wrong: Cells, place: Place) -> str:
    allowed = wrong.get(place, "")
    return "nothing" if allowed == ABSENT else allowed
