"""Lines are read one at a time, with their numbers, and only if they are text."""

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


def test_directory(tmp_path: Path) -> None:
    """A directory is refused like in any other reader."""
    with pytest.raises(UnusableInput, match="got a directory"), text_lines(tmp_path):
        pass
