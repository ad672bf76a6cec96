"""Lines are read one at a time, with their numbers, and only if they are text."""

import io
from pathlib import Path

import pytest

from clusckpt.files import text_lines as module
from clusckpt.files.errors import UnusableInput
from clusckpt.files.text_lines import LINE_LIMIT, text_lines


def lines_of(path: Path, raw: bytes) -> list[tuple[int, str]]:
    """Write bytes to a file and read its lines."""
    path.write_bytes(raw)
    with text_lines(path) as numbered:
        return list(numbered)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_and_numbers(tmp_path: Path, encoding: str) -> None:
    """Lines come without their breaks, counted from 1, in each accepted encoding."""
    lines = lines_of(tmp_path / "a", "ä\r\n\nb\u2028c\n".encode(encoding))

    assert lines == [(1, "ä"), (2, ""), (3, "b\u2028c")]


def test_last_line_without_a_break(tmp_path: Path) -> None:
    """The last line needs no break."""
    assert lines_of(tmp_path / "a", b"a\nb") == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a\nb\xff\nc", ":2: got bytes that are not text in the encoding of the file"),
        (b"\xff\xfea\0\n\0\0\xd8\n\0", ":2: got bytes that are not text in the encoding of the"),
        (b"a\nb\0\n", ":2: got a NUL character"),
        ("ab".encode("utf-16")[:-1], ": got a file that ends inside a UTF-16 character"),
    ],
)
def test_not_text(tmp_path: Path, raw: bytes, message: str) -> None:
    """The line that is no text is named."""
    with pytest.raises(UnusableInput) as refused:
        lines_of(tmp_path / "a", raw)

    assert str(refused.value).startswith(f"{tmp_path / 'a'}{message}")


def test_lines_before_a_bad_one_are_given(tmp_path: Path) -> None:
    """What stands before a bad line can be read."""
    path = tmp_path / "a"
    path.write_bytes(b"good\nb\xff\n")
    with text_lines(path) as numbered:
        first = next(numbered)
        with pytest.raises(UnusableInput):
            next(numbered)

    assert first == (1, "good")


def test_line_length_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One character more than the limit is refused, and the limit itself is not."""
    monkeypatch.setattr(module, "LINE_LIMIT", 4)
    accepted = lines_of(tmp_path / "a", b"1234\r\n1234")
    with pytest.raises(UnusableInput, match=":2: got a line of more than 4 characters"):
        lines_of(tmp_path / "a", b"1\n12345\n")

    assert accepted == [(1, "1234"), (2, "1234")]
    assert LINE_LIMIT == 16777216


def test_endless_line_is_refused_at_once() -> None:
    """A device that never ends a line is refused after the limit, not read for ever."""
    with (
        text_lines("/dev/zero") as numbered,
        pytest.raises(UnusableInput, match=":1: got a line of more than 16777216 characters"),
    ):
        next(numbered)


class FailingStream(io.BytesIO):
    """A file on a disk that fails after the first piece."""

    def read1(self, size: int | None = -1) -> bytes:
        """Give the first piece, and fail after it."""
        if self.tell() > 0:
            raise OSError(5, "Input/output error")
        return super().read1(min(size or 0, 8))

    def peek(self, _size: int = 0) -> bytes:
        """Give the first bytes without moving on."""
        return self.getvalue()[:2]


def test_disk_that_fails_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the operating system is reported on whichever line it comes."""
    monkeypatch.setattr(module, "opened", lambda _path: FailingStream(b"12345\n78" * 9))
    with text_lines("a") as numbered:
        first = next(numbered)
        with pytest.raises(UnusableInput) as refused:
            next(numbered)

    assert first == (1, "12345")
    assert str(refused.value) == (
        "a: got a file that cannot be read (Input/output error); "
        "allowed: a file that exists and can be read; "
        "next: check the name of the file and the permission to read it"
    )


def test_disk_that_fails_at_once() -> None:
    """A file that opens but cannot be read is refused before its first line."""
    with (
        pytest.raises(UnusableInput, match="got a file that cannot be read"),
        text_lines("/proc/self/mem"),
    ):
        pass


def test_directory(tmp_path: Path) -> None:
    """A directory is refused like in any other reader."""
    with pytest.raises(UnusableInput, match="got a directory"), text_lines(tmp_path):
        pass
