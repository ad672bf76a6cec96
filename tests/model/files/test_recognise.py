"""The contents of a file say which format it has; its name does not matter."""

from pathlib import Path

import pytest

from clusckpt.files import source_text
from clusckpt.files.errors import UnusableInput
from clusckpt.files.recognise import recognise

PUBLISHED = Path(__file__).parents[2] / "data" / "powershell-outputs.txt"
CLUSTER = '{"format": "clusckpt-cluster/1", "nodes": ["N1"], "groups": [], "resources": []}'
HEADER = f'{{"format": "clusckpt-trace/1", "cluster": {CLUSTER}}}'
READABLE = (
    "a cluster (clusckpt-cluster/1, JSON or YAML), a trace (clusckpt-trace/1, JSON Lines), "
    "or the output of Get-ClusterCheckpoint"
)
NEXT = (
    "next: name a file in one of these formats; see clusckpt_spec/schemas/README.md for the format"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLUSTER, "cluster"),
        (CLUSTER.replace(",", ",\n"), "cluster"),
        ("nodes: [N1]\nformat: clusckpt-cluster/1\n", "cluster"),
        (HEADER, "trace"),
        (f'{HEADER}\n{{"call": "NodeCrash", "node": "N1"}}\n', "trace"),
        (f"{HEADER}\nbroken", "trace"),
        ("Resource  Name\n--------  ----\n", "checkpoint-table"),
        ("Ressource  Name\n---------  ----\n", "checkpoint-table"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_recognise(tmp_path: Path, text: str, expected: str, encoding: str) -> None:
    """Each format is recognised in each accepted encoding."""
    path = tmp_path / "export.dat"
    path.write_bytes(text.encode(encoding))

    assert recognise(path) == expected


def test_published_output() -> None:
    """Microsoft's own example is recognised."""
    assert recognise(PUBLISHED) == "checkpoint-table"


def test_trace_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trace that is too large to be read as a whole is recognised by its first line."""
    path = tmp_path / "a"
    path.write_text(f"{HEADER}\n" + "x" * 1000)
    monkeypatch.setattr(source_text, "FILE_LIMIT", 100)

    assert recognise(path) == "trace"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"nodes": ["N1"]}',
            (
                ":1: got a document without a field that names its format; "
                f"allowed: {READABLE}; {NEXT}"
            ),
        ),
        (
            "just some text",
            (
                ":1: got a document without a field that names its format; "
                f"allowed: {READABLE}; {NEXT}"
            ),
        ),
        (
            "Hello: this: is\n\tnot YAML",
            f": got text in none of the formats that can be read; allowed: {READABLE}; {NEXT}",
        ),
        (
            '{\n"format": "clusckpt-vectors/1"}',
            f':2: got the format "clusckpt-vectors/1" at format; allowed: {READABLE}; {NEXT}',
        ),
        (
            HEADER.replace(",", ",\n", 1),
            (
                ":1: got a trace header over several lines; "
                "allowed: one JSON object on each line; next: write each object on a single line"
            ),
        ),
        (
            "format: clusckpt-cluster/1\nnodes: [N1\n",
            (
                ":3: got text that is neither JSON nor YAML (did not find expected ',' or ']'); "
                "allowed: JSON, or YAML 1.1; "
                "next: correct the text at that place; put text with special characters in quotes"
            ),
        ),
        (
            HEADER.replace("{", '{"format": 1, ', 1) + "\n{}\n",
            (
                ':1: got the key "format" a second time in one object; allowed: each key once; '
                "next: remove one of the two"
            ),
        ),
        (
            "[" * 100_000,
            (
                ":1: got lists and objects nested deeper than 32 levels; "
                "allowed: at most 32 levels; the formats need fewer than 10; "
                "next: check that the file is what you meant to read"
            ),
        ),
        (
            "",
            (
                ": got an empty file; "
                "allowed: a cluster, a trace or the output of Get-ClusterCheckpoint; "
                "next: check that the export which wrote the file succeeded"
            ),
        ),
    ],
)
def test_unrecognised(tmp_path: Path, text: str, message: str) -> None:
    """A file in no readable format is refused with what can be read, or with what broke it."""
    path = tmp_path / "a"
    path.write_text(text)
    with pytest.raises(UnusableInput) as refused:
        recognise(path)

    assert str(refused.value) == f"{path}{message}"


def test_missing_file(tmp_path: Path) -> None:
    """A missing file is refused as missing."""
    with pytest.raises(UnusableInput, match="got no such file"):
        recognise(tmp_path / "none")
