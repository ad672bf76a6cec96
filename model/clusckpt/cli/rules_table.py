"""`clusckpt rules --table`: what tests each rule under each reading, and why if nothing does."""

from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import Any

from rich.console import Console
from rich.markup import escape

from clusckpt.rule_table import Cell, Column, table
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RuleID

UNEXPLAINED = "?"
"""Stands where a column is empty and nothing says why; there must be none."""


def show_table(console: Console, rules: Iterable[RuleID]) -> None:
    """Write a line per rule: of every reading three counts, or the letter of a reason."""
    chosen = set(rules)
    cells = [cell for cell in table() if cell.rule in chosen]
    letters = _lettered(cells)
    width = max(len(rule) for rule in chosen)
    columns = {name: max(len(name), 9) for name in READINGS}
    heading = "  ".join(f"{name:{size}}" for name, size in columns.items())
    console.print(f"{'':{width}}  {heading}".rstrip())
    for rule in (one for one in RuleID if one in chosen):
        row = {cell.reading: cell for cell in cells if cell.rule is rule}
        counts = "  ".join(
            f"{_counts(row[name], letters):{size}}" for name, size in columns.items()
        )
        console.print(f"{rule:{width}}  {counts}".rstrip())
    console.print(f"\nof each reading: {', '.join(Column)}; a letter where there is none, because")
    for reason, letter in letters.items():
        console.print(f"  {letter}  {escape(reason)}")


def described_table(rules: Iterable[RuleID]) -> list[dict[str, Any]]:
    """Every cell for programs, with names instead of counts."""
    chosen = set(rules)
    return [
        {
            "rule": cell.rule.value,
            "reading": cell.reading,
            **{column.value: list(cell.entries[column]) for column in Column},
            "against": list(cell.against),
            "empty": {column.value: reason for column, reason in cell.reasons.items()},
        }
        for cell in table()
        if cell.rule in chosen
    ]


def _lettered(cells: Sequence[Cell]) -> dict[str, str]:
    """A letter for every reason, in the order in which the reasons come."""
    reasons = dict.fromkeys(reason for cell in cells for reason in cell.reasons.values())
    return dict(zip(reasons, ascii_lowercase, strict=False))


def _counts(cell: Cell, letters: dict[str, str]) -> str:
    return " ".join(f"{_count(cell, column, letters):>2}" for column in Column)


def _count(cell: Cell, column: Column, letters: dict[str, str]) -> str:
    entries = cell.entries[column]
    if entries:
        return str(len(entries))
    return letters.get(cell.reasons.get(column, ""), UNEXPLAINED)
