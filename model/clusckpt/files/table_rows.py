r"""One row of a checkpoint table: a registry or a crypto checkpoint, or the reason why neither.

A table of only Resource and Name shows no Type and Key, so a name in it may be a provider as
well as a key; only a backslash tells: keys below HKEY_LOCAL_MACHINE that a product checkpoints
have one, provider names have none.
"""

import re
from dataclasses import dataclass
from typing import Literal

from clusckpt.files.table_columns import Columns
from clusckpt.files.wording import quoted

REGISTRY_COLUMNS = ("resource", "name")
ALL_COLUMNS = ("resource", "name", "type", "key")

_ELLIPSES = ("...", "\N{HORIZONTAL ELLIPSIS}")
_DECIMAL = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One checkpoint as a table shows it, complete.

    `name` is the key of a registry checkpoint, or the provider of a crypto checkpoint;
    `provider_type` is empty where the table leaves it blank, which it does for some providers.
    """

    resource: str
    kind: Literal["registry", "crypto"]
    name: str
    provider_type: str
    container: str
    line: int

    @property
    def checkpoint(self) -> str | None:
        r"""The checkpoint as the control codes write it; None for a blank provider type.

        >>> TableRow("Cluster Name", "crypto", "Provider", "1", "Container", 4).checkpoint
        '1\\Provider\\Container'
        """
        if self.kind == "registry":
            return self.name
        if not self.provider_type:
            return None
        return f"{self.provider_type}\\{self.name}\\{self.container}"


def read_row(columns: Columns, text: str, line: int) -> TableRow | str:
    """Read one row of a table with known columns, or say why it cannot be read."""
    cells = columns.cells(text)
    if isinstance(cells, str):
        return cells
    reason = _incomplete(cells)
    if reason is not None:
        return reason
    if cells.get("type") or cells.get("key"):
        return _crypto_row(cells, line)
    if columns.names == REGISTRY_COLUMNS and "\\" not in cells["name"]:
        return "the Name may be a key or a provider; the table shows no Type and Key"
    return TableRow(cells["resource"], "registry", cells["name"], "", "", line)


def may_continue(columns: Columns, text: str) -> bool:
    """Whether a line lacks a Resource or a Name, so that it may continue the row above it."""
    cells = columns.cells(text)
    return isinstance(cells, dict) and not (cells["resource"] and cells["name"])


def _incomplete(cells: dict[str, str]) -> str | None:
    """Say which cell is cut off or missing; None if the row is complete."""
    for column, cell in cells.items():
        if _is_cut_off(cell):
            return f"the {column.title()} is cut off: {quoted(cell)}"
    for column in ("resource", "name"):
        if not cells[column]:
            return f"it has no {column.title()}; it may continue the line above"
    return None


def _crypto_row(cells: dict[str, str], line: int) -> TableRow | str:
    provider_type, container = cells["type"], cells["key"]
    if not container:
        return "it has a Type but no Key"
    if provider_type and not _DECIMAL.fullmatch(provider_type):
        return f"the Type is not a decimal provider type: {quoted(provider_type)}"
    return TableRow(cells["resource"], "crypto", cells["name"], provider_type, container, line)


def _is_cut_off(cell: str) -> bool:
    return cell.startswith(_ELLIPSES) or cell.endswith(_ELLIPSES) or _ELLIPSES[1] in cell
