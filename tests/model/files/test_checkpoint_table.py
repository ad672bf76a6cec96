"""PowerShell tables are read completely or reported line by line, never guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files.checkpoint_table import (
    CheckpointTable,
    UnreadableLine,
    load_checkpoint_table,
    looks_like_checkpoint_table,
    read_checkpoint_table,
)
from clusckpt.files.errors import UnusableInput
from clusckpt.files.table_rows import TableRow

PUBLISHED = Path(__file__).parents[2] / "data" / "powershell-outputs.txt"
HEAD = "Resource  Name                Type  Key\n--------  ----                ----  ---\n"
REGISTRY = r"R         software\x"
CRYPTO = "R         Provider            1     Crypto"


def read(text: str) -> CheckpointTable:
    """Read the tables of a text."""
    return read_checkpoint_table(text, "a.txt")


def unreadable(text: str) -> list[tuple[int, str]]:
    """The numbers of the lines that could not be read, with the reasons."""
    return [(entry.line, entry.reason) for entry in read(text).unreadable]


def test_published_output() -> None:
    """Of Microsoft's own example both registry rows are read and the cut rows are reported."""
    table = load_checkpoint_table(PUBLISHED)

    assert table.rows == (
        TableRow("Cluster Name", "registry", r"software\clusname", "", "", 6),
        TableRow("cluster name", "registry", r"software\clusname", "", "", 16),
    )
    assert [(entry.line, entry.reason) for entry in table.unreadable] == [
        (5, 'the Name is cut off: "Microsoft Enhanced Cryptog..."'),
        (11, 'the Name is cut off: "Microsoft Enhanced Cryptog..."'),
        (21, 'the Name is cut off: "Microsoft Base Cryptograph..."'),
    ]


def test_one_character_ellipsis() -> None:
    """The output of newer PowerShell, which cuts with one character, is read the same."""
    published = PUBLISHED.read_text(encoding="utf-8")
    table = read(published.replace("...", "\N{HORIZONTAL ELLIPSIS}  "))

    assert [row.line for row in table.rows] == [6, 16]
    assert [entry.line for entry in table.unreadable] == [5, 11, 21]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_saved_output(tmp_path: Path, encoding: str) -> None:
    """The output is read in each encoding that PowerShell saves it in, with its line breaks."""
    path = tmp_path / "a.txt"
    path.write_bytes(f"\n{HEAD}{REGISTRY}\n{CRYPTO}\n\n\n".replace("\n", "\r\n").encode(encoding))
    table = load_checkpoint_table(path)

    assert [row.checkpoint for row in table.rows] == [r"software\x", r"1\Provider\Crypto"]
    assert table.unreadable == ()


def test_mixed_table() -> None:
    """Registry and crypto rows of one table are told apart by Type and Key."""
    table = read(f"{HEAD}{REGISTRY}\n{CRYPTO}\nR         Other                     Crypto")

    assert table.rows == (
        TableRow("R", "registry", r"software\x", "", "", 3),
        TableRow("R", "crypto", "Provider", "1", "Crypto", 4),
        TableRow("R", "crypto", "Other", "", "Crypto", 5),
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        r"PS C:\>Get-ClusterCheckpoint",
        r"PS C:\Users\Administrator> ",
        "PS> Get-ClusterCheckpoint",
        r"[server]: PS C:\>Get-ClusterCheckpoint",
        ">> -CryptoCheckpointKey x",
        "# a comment",
        "   # a comment",
    ],
)
def test_lines_without_contents(line: str) -> None:
    """Blank lines, prompts and comments are no contents, before and after a table."""
    table = read(f"{line}\n{HEAD}{REGISTRY}\n\n{line}\n{line}")

    assert len(table.rows) == 1
    assert table.unreadable == ()


def test_prompt_ends_a_table() -> None:
    """After a prompt, lines belong to no table until the next header."""
    assert unreadable(f"{HEAD}{REGISTRY}\nPS C:\\>x\n{REGISTRY}\n{HEAD}{REGISTRY}") == [
        (5, "it belongs to no table")
    ]


def test_comment_inside_a_table() -> None:
    """A comment between rows is skipped, unless it may as well be a row."""
    table = read(f"{HEAD}# only text that runs over columns\n#1 Disk   software\\x\n{REGISTRY}")

    assert [row.line for row in table.rows] == [5]
    assert [(entry.line, entry.reason) for entry in table.unreadable] == [
        (4, "it may be a comment or a row")
    ]


def test_tables_without_a_gap() -> None:
    """A header ends the table above it."""
    two = f"Resource    Name\n--------    ----\nQ           software\\y\n{HEAD}{CRYPTO}\n"
    table = read(two)

    assert [(row.resource, row.name) for row in table.rows] == [
        ("Q", r"software\y"),
        ("R", "Provider"),
    ]
    assert table.unreadable == ()


def test_localised_table() -> None:
    """A table in another language is recognised, and every line of it is reported."""
    text = f"Ressource  Name\n---------  ----\nR          software\\x\n\n{HEAD}{REGISTRY}"

    assert [row.line for row in read(text).rows] == [7]
    assert unreadable(text) == [
        (
            1,
            (
                'its columns are "ressource", "name", '
                "not Resource and Name, or Resource, Name, Type and Key"
            ),
        ),
        (3, "it belongs to a table whose columns are not known"),
    ]


def test_wrapped_rows() -> None:
    """If a line may continue the row above it, neither of the two is used."""
    text = (
        f"{HEAD}{REGISTRY}\nR         Microsoft Base      1     Crypto\n          Provider v1.0\n"
    )

    assert [row.line for row in read(text).rows] == [3]
    assert unreadable(text) == [
        (4, "the line below it may continue its cells"),
        (5, "it has no Resource; it may continue the line above"),
    ]


def test_unreadable_lines_keep_their_text() -> None:
    """A report can show the line as it stood."""
    text = f"WARNING: something\n{HEAD}{REGISTRY}"

    assert read(text).unreadable == (
        UnreadableLine(1, "WARNING: something", "it belongs to no table"),
    )


def test_dashed_line_without_a_header() -> None:
    """Dashes under nothing open no table."""
    assert unreadable(f"\n--------  ----\n{REGISTRY}\n\n{HEAD}") == [
        (2, "it is a dashed line without a header above it"),
        (3, "it belongs to no table"),
    ]


@pytest.mark.parametrize(
    "text", ["", "Resource  Name\n", "nodes: [N1]\n---\n", "--------  ----\n", "# x\n\n-- --\n"]
)
def test_text_without_a_table(text: str) -> None:
    """Text without a header over a dashed line is no checkpoint table."""
    with pytest.raises(UnusableInput) as refused:
        read(text)

    assert not looks_like_checkpoint_table(text)
    assert str(refused.value) == (
        "a.txt: got text without a table; "
        "allowed: the output of Get-ClusterCheckpoint, with its header and the dashed line "
        "under it; next: save the output of: "
        "Get-ClusterCheckpoint | Format-Table -AutoSize | Out-String -Width 4096"
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "got an empty file"),
        (HEAD.encode() + b"R\x00", "got a NUL character"),
        (HEAD.encode("utf-16-le"), "got a NUL character"),
        ("Größe  Name\n-----  ----\n".encode("cp1252"), "got bytes that are not UTF-8"),
        (b"[" * 100_000, "got text without a table"),
        (b"-" * 10_000_000, "got text without a table"),
    ],
)
def test_malformed(tmp_path: Path, raw: bytes, message: str) -> None:
    """Files that hold no table are refused by what they are."""
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput, match=message):
        load_checkpoint_table(path)


CELLS = st.text("ab\\. -#1ä", max_size=8).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=4), st.integers(3, 12))
def test_nothing_is_guessed(rows: list[tuple[str, ...]], width: int) -> None:
    """What Format-Table prints, cut or not, is read back exactly or not at all."""
    columns = ("Resource", "Name", "Type", "Key")
    width = max(width, 8)

    def printed(cells: tuple[str, ...]) -> str:
        cut = [c if len(c) <= width else f"{c[: width - 3]}..." for c in cells]
        return " ".join(f"{cell:{width}}" for cell in cut)

    dashes = printed(tuple("-" * len(name) for name in columns))
    table = read("\n".join([printed(columns), dashes, *map(printed, rows)]))

    for row in table.rows:
        assert (row.resource, row.name, row.provider_type, row.container) == rows[row.line - 3]
