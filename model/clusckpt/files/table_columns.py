"""The columns of a Format-Table output: where they start, and the cells that a line has in them.

Only the dashed line under the header says where columns start, in any language. A line whose
text does not line up with it has no cells that could be trusted.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

_DASHED = re.compile(r" *+-{2,}+(?: ++-{2,}+)++ *+")
_DASHES = re.compile("-+")
_MAY_BE_RIGHT_ALIGNED = "type"


def is_dashed(line: str) -> bool:
    """Whether a line is the dashed line of a table with at least two columns.

    >>> is_dashed("--------    ----"), is_dashed("---")
    (True, False)
    """
    return _DASHED.fullmatch(line) is not None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: their names in small letters and where each starts."""

    names: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, header: str, dashed: str) -> Self:
        """Read the columns off a header and the dashed line under it.

        >>> Columns.of("Resource  Name", "--------  ----")
        Columns(names=('resource', 'name'), starts=(0, 10))
        """
        starts = tuple(match.start() for match in _DASHES.finditer(dashed))
        return cls(tuple(cell.strip(" ").lower() for cell in _cut(header, starts)), starts)

    def cells(self, line: str) -> dict[str, str] | str:
        """Cut a line into cells by the name of the column, or say why that is not possible."""
        if not line.isprintable():
            return "it holds a tab or another character that does not print"
        if not line.isascii() and any(map(_has_other_width, line[: self.starts[-1]])):
            return "it holds characters of double or no width, so its columns are uncertain"
        cut = dict(zip(self.names, _cut(line, self.starts), strict=True))
        if self._runs_over(line) or any(
            cell.startswith(" ") and cell.strip(" ") and name != _MAY_BE_RIGHT_ALIGNED
            for name, cell in cut.items()
        ):
            return "its columns do not line up with the dashed line"
        return {name: cell.strip(" ") for name, cell in cut.items()}

    def _runs_over(self, line: str) -> bool:
        """Whether there is text before the first column, or across the start of another."""
        before = line[: self.starts[0]]
        return bool(before.strip(" ")) or any(
            line[start - 1 : start].strip(" ") for start in self.starts[1:]
        )


def _cut(line: str, starts: tuple[int, ...]) -> list[str]:
    ends = (*starts[1:], max(len(line), starts[-1]))
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _has_other_width(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"} or unicodedata.combining(letter) > 0
