"""A row is read completely, or the reason why not is given."""

import pytest

from clusckpt.files.table_columns import Columns
from clusckpt.files.table_rows import TableRow, may_continue, read_row

FOUR = Columns(("resource", "name", "type", "key"), (0, 10, 30, 35))
TWO = Columns(("resource", "name"), (0, 10))


def line_of(resource: str, name: str, provider_type: str = "", key: str = "") -> str:
    """Write a row as Format-Table pads it."""
    return f"{resource:10}{name:20}{provider_type:5}{key}"


def test_registry_row() -> None:
    """A row without Type and Key is a registry checkpoint."""
    row = read_row(FOUR, line_of("R", r"software\x"), 7)

    assert row == TableRow("R", "registry", r"software\x", "", "", 7)
    assert row.checkpoint == r"software\x"


def test_crypto_row() -> None:
    """A row with Type and Key is a crypto checkpoint, written as the control codes take it."""
    row = read_row(FOUR, line_of("R", "Provider", "1", "Crypto"), 7)

    assert row == TableRow("R", "crypto", "Provider", "1", "Crypto", 7)
    assert row.checkpoint == r"1\Provider\Crypto"


def test_blank_type() -> None:
    """A blank Type is kept blank, and no string is made up for such a row."""
    row = read_row(FOUR, line_of("R", "Provider", "", "Crypto"), 7)

    assert row == TableRow("R", "crypto", "Provider", "", "Crypto", 7)
    assert row.checkpoint is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (line_of("Cluste...", r"software\x"), 'the Resource is cut off: "Cluste..."'),
        (line_of("R", "Microsoft Enh..."), 'the Name is cut off: "Microsoft Enh..."'),
        (line_of("R", "Microsoft Enh…", "1", "K"), 'the Name is cut off: "Microsoft Enh…"'),
        (line_of("R", "...clusname"), 'the Name is cut off: "...clusname"'),
        (line_of("R", "Provider", "1...", "K"), 'the Type is cut off: "1..."'),
        (line_of("R", "Provider", "1", "b5a5..."), 'the Key is cut off: "b5a5..."'),
        (line_of("", r"software\x"), "it has no Resource; it may continue the line above"),
        (line_of("R", ""), "it has no Name; it may continue the line above"),
        (line_of("R", "Provider", "1"), "it has a Type but no Key"),
        (
            line_of("R", "Provider", "RSA", "K"),
            'the Type is not a decimal provider type: "RSA"',
        ),
        (line_of("R" * 12, r"software\x"), "its columns do not line up with the dashed line"),
    ],
)
def test_unreadable_rows(line: str, reason: str) -> None:
    """Whatever is cut off, missing or out of line is said, and nothing is guessed."""
    assert read_row(FOUR, line, 7) == reason


def test_dots_inside_a_cell() -> None:
    """Dots in the middle of a key are a part of it."""
    row = read_row(FOUR, line_of("R", r"software\a...b"), 7)

    assert isinstance(row, TableRow)
    assert row.name == r"software\a...b"


def test_table_of_two_columns() -> None:
    """Without Type and Key only a backslash tells a key from a provider."""
    row = read_row(TWO, r"R         software\x", 7)

    assert row == TableRow("R", "registry", r"software\x", "", "", 7)
    assert read_row(TWO, "R         Microsoft Base Cryptographic Provider v1.0", 7) == (
        "the Name may be a key or a provider; the table shows no Type and Key"
    )


def test_may_continue() -> None:
    """A line without Resource or without Name may continue the row above it."""
    assert may_continue(FOUR, line_of("", "Provider v1.0"))
    assert may_continue(FOUR, line_of("Name", ""))
    assert not may_continue(FOUR, line_of("R", r"software\x"))
    assert not may_continue(FOUR, line_of("R" * 12, r"software\x"))
