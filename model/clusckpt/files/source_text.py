"""Reading the text of a file: bounded, and only in encodings that say what they are.

Accepted are UTF-8 with or without a byte order mark, and UTF-16 with one (what `>` of Windows
PowerShell writes). Anything else is refused rather than read with wrong letters.
"""

from io import BufferedReader
from pathlib import Path

from clusckpt.files.errors import UnusableInput

FILE_LIMIT = 64 * 1024 * 1024
"""The most bytes that a file may have which is read as a whole."""

NUL_CAME = "a NUL character (binary contents, or UTF-16 without a byte order mark)"
TEXT_ALLOWED = "text in UTF-8, or in UTF-16 with a byte order mark"
SAVE_AGAIN = "save the file again as UTF-8 text (PowerShell: Out-File -Encoding utf8)"


def opened(path: str | Path) -> BufferedReader:
    """Open a file for reading.

    Raises:
        UnusableInput: There is no such file, or it cannot be read.
    """
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def unreadable(path: str | Path, error: OSError | ValueError) -> UnusableInput:
    """Give the exception for a file that the operating system does not let us read."""
    came = f"a file that cannot be read ({getattr(error, 'strerror', None) or error})"
    if isinstance(error, FileNotFoundError):
        came = "no such file"
    elif isinstance(error, IsADirectoryError):
        came = "a directory"
    return UnusableInput(
        str(path),
        None,
        came,
        "a file that exists and can be read",
        "check the name of the file and the permission to read it",
    )


def read_source_text(path: str | Path) -> str:
    """Read the whole text of a file.

    Raises:
        UnusableInput: The file cannot be read, is too large, is empty or is not text.
    """
    with opened(path) as stream:
        try:
            raw = stream.read(FILE_LIMIT + 1)
        except OSError as error:
            raise unreadable(path, error) from error
    if len(raw) > FILE_LIMIT:
        raise UnusableInput(
            str(path),
            None,
            f"a file of more than {FILE_LIMIT} bytes",
            f"at most {FILE_LIMIT} bytes (64 MiB)",
            "split the file; only a trace may be longer, because it is read line by line",
        )
    return _checked(_decoded(raw, path), path)


def encoding_of(head: bytes) -> str:
    r"""Name the encoding that the first bytes announce; the codec drops the byte order mark.

    >>> encoding_of(b"\xff\xfe{\x00"), encoding_of(b"{")
    ('utf-16', 'utf-8-sig')
    """
    return "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"


def not_text(path: str | Path, line: int | None, came: str) -> UnusableInput:
    """Give the exception for bytes or characters that no text file holds."""
    return UnusableInput(str(path), line, came, TEXT_ALLOWED, SAVE_AGAIN)


def empty(path: str | Path) -> UnusableInput:
    """Give the exception for a file without contents."""
    return UnusableInput(
        str(path),
        None,
        "an empty file",
        "a cluster, a trace or the output of Get-ClusterCheckpoint",
        "check that the export which wrote the file succeeded",
    )


def _decoded(raw: bytes, path: str | Path) -> str:
    encoding = encoding_of(raw)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, errors="replace")
        came = f"bytes that are not {'UTF-16' if encoding == 'utf-16' else 'UTF-8'}"
        raise not_text(path, before.count("\n") + 1, came) from error


def _checked(text: str, path: str | Path) -> str:
    at = text.find("\0")
    if at >= 0:
        raise not_text(path, text.count("\n", 0, at) + 1, NUL_CAME)
    if not text.strip():
        raise empty(path)
    return text
