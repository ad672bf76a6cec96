"""Lines, lists and tables of a review: folded, never cut, and plain whatever is in them."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clusckpt.files.wording import escaped

MOST_LINES = 50
"""The most lines of a list; what is left out is counted, and JSON has all of it."""


def section(
    title: str, lines: Iterable[str], advice: Iterable[str] = (), indent: int = 0
) -> Iterator[RenderableType]:
    """A list under a title, with advice after it; nothing if the list is empty."""
    told = list(lines)
    if not told:
        return
    if not indent:
        yield ""
    yield indented(plain(title, "bold"), indent)
    yield from (indented(plain(line), indent + 2) for line in told[:MOST_LINES])
    if len(told) > MOST_LINES:
        left_out = f"and {len(told) - MOST_LINES} more; --format json has them all"
        yield indented(plain(left_out), indent + 2)
    yield from (indented(plain(line, "dim"), indent + 2) for line in advice)


def table(*columns: str) -> Table:
    """A table whose cells fold."""
    drawn = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    return drawn


def indented(part: RenderableType, by: int = 2) -> Padding:
    """Something with a margin on its left."""
    return Padding(part, (0, 0, 0, by), expand=False)


def plain(text: str, style: str = "", *, lines: bool = False) -> Text:
    r"""Text in which nothing is markup and nothing is hidden; line breaks only if asked for.

    >>> str(plain("[red]\x1b[0m"))
    '[red]\\u001b[0m'
    """
    shown = "\n".join(map(escaped, text.split("\n"))) if lines else escaped(text)
    return Text(shown, style=style, overflow="fold")
