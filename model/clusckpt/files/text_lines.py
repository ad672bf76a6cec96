r"""The lines of a text file, one at a time: for files that may be larger than memory.

Only `\n` ends a line. Undecodable bytes are let through as lone surrogates, which correct text
never holds, and so are found on the very line they stand on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from clusckpt.files.errors import UnusableInput
from clusckpt.files.scalars import SURROGATE
from clusckpt.files.source_text import NUL_CAME, encoding_of, not_text, opened, unreadable

LINE_LIMIT = 16 * 1024 * 1024
"""The most characters on one line."""


@contextmanager
def text_lines(path: str | Path) -> Iterator[Iterator[tuple[int, str]]]:
    """Open a file and give its lines with their numbers, without the line breaks.

    Raises:
        UnusableInput: The file cannot be read, a line is too long, or one is not text.
    """
    with opened(path) as stream:
        try:
            encoding = encoding_of(stream.peek(2))
        except OSError as error:
            raise unreadable(path, error) from error
        errors = "surrogatepass" if encoding == "utf-16" else "surrogateescape"
        with TextIOWrapper(stream, encoding, errors, newline="\n") as text:
            yield _numbered(text, path)


def _numbered(text: TextIOWrapper, path: str | Path) -> Iterator[tuple[int, str]]:
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(LINE_LIMIT + len("\r\n"))
        except UnicodeDecodeError as error:
            raise not_text(path, None, "a file that ends inside a UTF-16 character") from error
        except OSError as error:
            raise unreadable(path, error) from error
        if not line:
            return
        yield number, _checked(line, path, number)


def _checked(line: str, path: str | Path, number: int) -> str:
    text = line.removesuffix("\n").removesuffix("\r")
    if len(text) > LINE_LIMIT:
        raise UnusableInput(
            str(path),
            number,
            f"a line of more than {LINE_LIMIT} characters",
            f"at most {LINE_LIMIT} characters (16 Mi) on one line",
            "check that the file is a trace: JSON Lines, one event on each line",
        )
    if not text.isascii() and SURROGATE.search(text):
        raise not_text(path, number, "bytes that are not text in the encoding of the file")
    if "\0" in text:
        raise not_text(path, number, NUL_CAME)
    return text
