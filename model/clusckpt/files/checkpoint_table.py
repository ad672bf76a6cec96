"""Reading what PowerShell prints for `Get-ClusterCheckpoint` and `Add-ClusterCheckpoint`.

One table mixes crypto rows (Name is the provider, Key the container) with registry rows (Name
is the key, Type and Key are empty). Format-Table cuts long cells and marks them with `...`; a
cut cell is never used: two different keys may look the same once they are cut. Source: the
FailoverClusters module reference, Get-ClusterCheckpoint and Add-ClusterCheckpoint.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from clusckpt.files.errors import UnusableInput
from clusckpt.files.source_text import read_source_text
from clusckpt.files.table_columns import Columns, is_dashed
from clusckpt.files.table_rows import (
    ALL_COLUMNS,
    REGISTRY_COLUMNS,
    TableRow,
    may_continue,
    read_row,
)
from clusckpt.files.wording import listed

PRINT_AGAIN = "Get-ClusterCheckpoint | Format-Table -AutoSize | Out-String -Width 4096"
"""The command whose output has no cut cells; reports advise it."""

_PROMPT = re.compile(r"(?:\[[^\]]*\]: ?)?PS(?: [A-Za-z]\w*:[^>]*)?>|>>")


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line with contents that could not be read, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckpointTable:
    """All tables of one file: the rows that could be read, and all that could not."""

    rows: tuple[TableRow, ...]
    unreadable: tuple[UnreadableLine, ...]


def looks_like_checkpoint_table(text: str) -> bool:
    r"""Whether text has a dashed line of at least two columns under a line of text.

    >>> looks_like_checkpoint_table("Ressource  Name\n---------  ----")
    True
    """
    return any(line.strip() and is_dashed(below) for line, below in pairwise(_lines(text)))


def load_checkpoint_table(path: str | Path) -> CheckpointTable:
    """Read the tables of a file.

    Raises:
        UnusableInput: The file cannot be read, or there is no table in it.
    """
    return read_checkpoint_table(read_source_text(path), str(path))


def read_checkpoint_table(text: str, path: str) -> CheckpointTable:
    r"""Read all tables of a text.

    Args:
        text: The output of PowerShell, with prompts, comments and blank lines or without.
        path: The file, for messages.

    Raises:
        UnusableInput: There is no table in the text.

    >>> table = "Resource  Name\n--------  ----\nR         Software\\Example"
    >>> read_checkpoint_table(table, "a.txt").rows[0].name
    'Software\\Example'
    """
    if not looks_like_checkpoint_table(text):
        raise UnusableInput(
            path,
            None,
            "text without a table",
            "the output of Get-ClusterCheckpoint, with its header and the dashed line under it",
            f"save the output of: {PRINT_AGAIN}",
        )
    reading = _Reading()
    lines = _lines(text)
    for number, (line, below) in enumerate(pairwise([*lines, ""]), 1):
        reading.take(number, line, below)
    unreadable = sorted(reading.unreadable, key=lambda entry: entry.line)
    return CheckpointTable(tuple(reading.rows), tuple(unreadable))


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and the table that the next line belongs to."""

    rows: list[TableRow] = field(default_factory=list)
    unreadable: list[UnreadableLine] = field(default_factory=list)
    columns: Columns | None = None
    dashed_next: bool = False
    above: str = ""

    def take(self, number: int, line: str, below: str) -> None:
        self._classify(number, line, below)
        self.above = line

    def _classify(self, number: int, line: str, below: str) -> None:
        awaited, self.dashed_next = self.dashed_next, False
        if not line.strip() or _PROMPT.match(line):
            self.columns = None
        elif is_dashed(line):
            if not awaited:
                self._refuse(number, line, "it is a dashed line without a header above it")
        elif is_dashed(below):
            self._open(number, line, below)
        elif self.columns is None:
            if not _is_comment(line):
                self._refuse(number, line, "it belongs to no table")
        elif not _is_known(self.columns):
            self._refuse(number, line, "it belongs to a table whose columns are not known")
        else:
            self._take_row(self.columns, number, line)

    def _open(self, number: int, header: str, dashed: str) -> None:
        self.columns = Columns.of(header, dashed)
        self.dashed_next = True
        if not _is_known(self.columns):
            names = listed(self.columns.names)
            wanted = "Resource and Name, or Resource, Name, Type and Key"
            self._refuse(number, header, f"its columns are {names}, not {wanted}")

    def _take_row(self, columns: Columns, number: int, line: str) -> None:
        row = read_row(columns, line, number)
        if _is_comment(line):
            if isinstance(row, TableRow):
                self._refuse(number, line, "it may be a comment or a row")
        elif isinstance(row, TableRow):
            self.rows.append(row)
        else:
            if may_continue(columns, line):
                self._withdraw_above(number)
            self._refuse(number, line, row)

    def _withdraw_above(self, number: int) -> None:
        """Take back the row above a line that may continue it: its cells may be incomplete."""
        if self.rows and self.rows[-1].line == number - 1:
            row = self.rows.pop()
            self._refuse(row.line, self.above, "the line below it may continue its cells")

    def _refuse(self, number: int, line: str, reason: str) -> None:
        self.unreadable.append(UnreadableLine(number, line, reason))


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _is_known(columns: Columns) -> bool:
    return columns.names in {REGISTRY_COLUMNS, ALL_COLUMNS}
