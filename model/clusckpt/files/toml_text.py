"""A small document in TOML, bounded before it is parsed.

The standard parser has no bounds of its own: dotted keys cost it time by the square of their
length, and brackets a level of Python calls each. So a document is short, and so are its lines.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from clusckpt.files.errors import UnusableInput
from clusckpt.files.source_text import read_source_text
from clusckpt.files.sources import Fault, Location, refusal_at
from clusckpt.files.syntax import DEPTH_LIMIT
from clusckpt.files.wording import cut

TEXT_LIMIT = 64 * 1024
"""The most characters of one TOML document."""

LINE_LIMIT = 2000
"""The most characters of one of its lines."""

_ALLOWED = "TOML 1.0"
_MEND = "correct the text at that place; a name stands once, and text stands in quotes"
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_TABLE = re.compile(r"\s*\[\s*(?P<name>[\w-]+)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"""\s*["']?(?P<name>[\w-]+)["']?\s*[=.]""")
_LONG_TEXT = re.compile(r'"""|' + "'''")


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """What a TOML file says, with the text that it says it in."""

    path: str
    text: str
    content: dict[str, object]

    def line_of(self, location: Location) -> int | None:
        r"""Find the line of a field, or of the table that it is in; None if it cannot be told.

        >>> parse_toml('a = 1\n[b]\nc = 2\n', "a.toml").line_of(("b", "c"))
        3
        """
        # The parser keeps no lines; inside texts of several lines anything may look like a field.
        if _LONG_TEXT.search(self.text):
            return None
        table, best = "", None
        for number, line in enumerate(self.text.splitlines(), start=1):
            if heading := _TABLE.fullmatch(line):
                table = heading["name"]
                if location[:1] == (table,):
                    best = number
            elif (key := _KEY.match(line)) and location:
                where = (table, key["name"]) if table else (key["name"],)
                if where == location[: len(where)]:
                    return number
        return best

    def refusal(self, location: Location, fault: Fault) -> UnusableInput:
        """Give the exception for a fault at a location."""
        return refusal_at(self.path, self.line_of(location), location, fault)


def load_toml(path: str | Path) -> TomlDocument:
    """Read a file with one TOML document.

    Raises:
        UnusableInput: The file cannot be read, or holds something that is not allowed.
    """
    return parse_toml(read_source_text(path), str(path))


def parse_toml(text: str, path: str) -> TomlDocument:
    """Read one TOML document from text; `path` is for messages.

    Raises:
        UnusableInput: The text is too long, or it is not TOML.
    """
    _refuse_size(text, path)
    try:
        return TomlDocument(path, text, tomllib.loads(text))
    except ValueError as error:
        raise _not_toml(error, path) from error
    except RecursionError as error:
        raise _too_deep(path) from error


def _refuse_size(text: str, path: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise UnusableInput(
            path,
            None,
            f"a TOML document of {len(text)} characters",
            f"at most {TEXT_LIMIT} characters",
            "check that the file is what you meant to read",
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LINE_LIMIT:
            raise UnusableInput(
                path,
                number,
                f"a line of {len(line)} characters",
                f"at most {LINE_LIMIT} characters in a line of TOML",
                'break long text over several lines, between """ and """',
            )


def _not_toml(error: ValueError, path: str) -> UnusableInput:
    message = str(error)
    place = _PLACE.search(message)
    if place is None:
        return UnusableInput(path, None, f"text that is not TOML ({cut(message)})", _ALLOWED, _MEND)
    line = int(place["line"]) if place["line"] else None
    column = f", column {place['column']}" if place["column"] else ""
    came = f"text that is not TOML ({cut(message[: place.start()])}{column})"
    return UnusableInput(path, line, came, _ALLOWED, _MEND)


def _too_deep(path: str) -> UnusableInput:
    return UnusableInput(
        path,
        None,
        "lists and tables nested too deep to be read",
        f"at most {DEPTH_LIMIT} levels; the format needs 3",
        "check that the file is what you meant to read",
    )
