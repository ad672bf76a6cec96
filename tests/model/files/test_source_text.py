"""Text is read from files in encodings that can be told, and nothing else is."""

from pathlib import Path

import pytest

from clusckpt.files import source_text
from clusckpt.files.errors import UnusableInput
from clusckpt.files.source_text import FILE_LIMIT, opened, read_source_text, unreadable

TEXT = "nodes: [Größe, N2]\r\n"
NOT_TEXT = (
    "allowed: text in UTF-8, or in UTF-16 with a byte order mark; "
    "next: save the file again as UTF-8 text (PowerShell: Out-File -Encoding utf8)"
)
NOT_READABLE = (
    "allowed: a file that exists and can be read; "
    "next: check the name of the file and the permission to read it"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_accepted_encodings(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without a byte order mark and UTF-16 with one give the same text."""
    path = tmp_path / "a.yaml"
    path.write_bytes(TEXT.encode(encoding))

    assert read_source_text(path) == TEXT


def test_utf_16_with_the_other_byte_order(tmp_path: Path) -> None:
    """The byte order mark decides in which order the bytes are read."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))

    assert read_source_text(path) == TEXT


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"nodes:\n- N1\n- Gr\xfc\xdfe\n", f":3: got bytes that are not UTF-8; {NOT_TEXT}"),
        ("a\nb".encode("utf-16")[:-1], f":2: got bytes that are not UTF-16; {NOT_TEXT}"),
        (
            "ab".encode("utf-16-le"),
            ":1: got a NUL character (binary contents, or UTF-16 without a byte order mark); "
            + NOT_TEXT,
        ),
        (
            b"a\n\x7fELF\x00\x00",
            ":2: got a NUL character (binary contents, or UTF-16 without a byte order mark); "
            + NOT_TEXT,
        ),
    ],
)
def test_not_text(tmp_path: Path, raw: bytes, message: str) -> None:
    """Bytes that are no text are refused with the line they stand on."""
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput) as refused:
        read_source_text(path)

    assert str(refused.value) == f"{path}{message}"


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\xff\xfe"])
def test_empty(tmp_path: Path, raw: bytes) -> None:
    """A file without contents is called empty."""
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput) as refused:
        read_source_text(path)

    assert str(refused.value) == (
        f"{path}: got an empty file; "
        "allowed: a cluster, a trace or the output of Get-ClusterCheckpoint; "
        "next: check that the export which wrote the file succeeded"
    )


def test_no_such_file(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(UnusableInput) as refused:
        read_source_text(tmp_path / "none")

    assert str(refused.value) == f"{tmp_path / 'none'}: got no such file; {NOT_READABLE}"


def test_directory(tmp_path: Path) -> None:
    """A directory is called one."""
    with pytest.raises(UnusableInput) as refused:
        read_source_text(tmp_path)

    assert str(refused.value) == f"{tmp_path}: got a directory; {NOT_READABLE}"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_name(name: str) -> None:
    """A name that no file can have is refused like any unreadable file."""
    with pytest.raises(UnusableInput, match="got a file that cannot be read"):
        opened(name)


def test_file_without_permission() -> None:
    """The reason of the operating system is passed on."""
    error = unreadable("a.yaml", PermissionError(13, "Permission denied"))

    assert str(error) == (
        f"a.yaml: got a file that cannot be read (Permission denied); {NOT_READABLE}"
    )


def test_file_that_opens_but_cannot_be_read() -> None:
    """An error of the operating system while reading is reported like one while opening."""
    with pytest.raises(UnusableInput, match="got a file that cannot be read"):
        read_source_text("/proc/self/mem")


def test_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more than the limit is refused, and the limit itself is not."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345678")
    monkeypatch.setattr(source_text, "FILE_LIMIT", 8)
    accepted = read_source_text(path)
    monkeypatch.setattr(source_text, "FILE_LIMIT", 7)
    with pytest.raises(UnusableInput, match="got a file of more than 7 bytes"):
        read_source_text(path)

    assert accepted == "12345678"
    assert FILE_LIMIT == 67108864
