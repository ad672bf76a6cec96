"""How `clusckpt prove --explain` is written: what an obligation says, and its run as a table."""

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.table import Table


class Row(Protocol):
    """A step of a run, as `clusckpt_proofs.explanation` has it."""

    @property
    def what(self) -> str: ...  # noqa: D102 - as there
    @property
    def facts(self) -> Sequence[str]: ...  # noqa: D102 - as there


class Explanation(Protocol):
    """An obligation explained, as `clusckpt_proofs.explanation` has it, which is imported late."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as there
    @property
    def result(self) -> str: ...  # noqa: D102 - as there
    @property
    def rules(self) -> Sequence[str]: ...  # noqa: D102 - as there
    @property
    def says(self) -> Sequence[str]: ...  # noqa: D102 - as there
    @property
    def rows(self) -> Sequence[Row]: ...  # noqa: D102 - as there
    @property
    def ending(self) -> str: ...  # noqa: D102 - as there


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Write what an obligation says, and its run as a table of steps."""
    console.print(f"{explanation.result}  {explanation.name}", markup=False)
    for line in (*explanation.rules, "", *explanation.says):
        console.print(line, markup=False)
    if not explanation.rows:
        return
    table = Table("step", "what holds, or changed")
    for row in explanation.rows:
        table.add_row(escape(row.what), escape("\n".join(row.facts)), end_section=True)
    console.print(table)
    console.print(explanation.ending, markup=False)
