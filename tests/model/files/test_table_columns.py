"""Columns start where the dashed line says, and lines that do not line up have no cells."""

import pytest

from clusckpt.files.table_columns import Columns, is_dashed

HEADER = "Resource      Name          Type  Key"
DASHED = "--------      ----          ----  ---"
COLUMNS = Columns.of(HEADER, DASHED)


@pytest.mark.parametrize("line", [DASHED, "--  --", "  ----  ---  "])
def test_dashed(line: str) -> None:
    """Two or more groups of dashes make a dashed line."""
    assert is_dashed(line)


@pytest.mark.parametrize("line", ["", "---", "- -", "---- x", "-" * 10_000_000, "-- " * 999 + "x"])
def test_not_dashed(line: str) -> None:
    """One group, single dashes and anything else beside the dashes do not."""
    assert not is_dashed(line)


def test_columns() -> None:
    """Names are taken from the header, places from the dashes."""
    assert Columns(("resource", "name", "type", "key"), (0, 14, 28, 34)) == COLUMNS


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "Cluster Name  Provider v1.0 1     Crypto",
            ("Cluster Name", "Provider v1.0", "1", "Crypto"),
        ),
        ("Größe         software\\x", ("Größe", "software\\x", "", "")),
        ("R             P             24    " + "k" * 99, ("R", "P", "24", "k" * 99)),
        ("R             P                1  K", ("R", "P", "1", "K")),
        ("", ("", "", "", "")),
    ],
)
def test_cells(line: str, cells: tuple[str, ...]) -> None:
    """A line that lines up has a cell for each column, and missing cells are empty."""
    assert COLUMNS.cells(line) == dict(zip(COLUMNS.names, cells, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "Cluster Name with more  software\\x",
        "R            software\\x",
        " R            software\\x",
        "R              software\\x",
    ],
)
def test_out_of_line(line: str) -> None:
    """Text across the start of a column, or away from it, is not cut into cells."""
    assert COLUMNS.cells(line) == "its columns do not line up with the dashed line"


def test_indented_table() -> None:
    """A table may be indented as a whole."""
    columns = Columns.of(f"    {HEADER}", f"    {DASHED}")

    assert columns.cells("    R             software\\x") == COLUMNS.cells(
        "R             software\\x"
    )
    assert columns.cells("  R             software\\x") == (
        "its columns do not line up with the dashed line"
    )


@pytest.mark.parametrize("line", ["R\tsoftware\\x", "R             a\x1b[0m", "R  \u202e"])
def test_characters_that_do_not_print(line: str) -> None:
    """Tabs and control characters make columns uncertain."""
    assert COLUMNS.cells(line) == "it holds a tab or another character that does not print"


@pytest.mark.parametrize("name", ["クラスター", "e\N{COMBINING ACUTE ACCENT}"])
def test_characters_of_another_width(name: str) -> None:
    """Characters that take no or two columns are refused, except in the last column."""
    assert COLUMNS.cells(f"{name:14}software\\x") == (
        "it holds characters of double or no width, so its columns are uncertain"
    )
    assert isinstance(COLUMNS.cells(f"R             P             1     {name}"), dict)
