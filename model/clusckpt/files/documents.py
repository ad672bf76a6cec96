"""A document of lists, objects and plain values, read from JSON or YAML.

The contents decide which of the two it is, never the name of the file: text that starts with
`{` or `[` is JSON.
"""

from dataclasses import dataclass
from pathlib import Path

from clusckpt.files.errors import UnusableInput
from clusckpt.files.json_text import json_steps, parse_json
from clusckpt.files.lines import line_at
from clusckpt.files.source_text import read_source_text
from clusckpt.files.sources import Fault, Location, refusal_at
from clusckpt.files.yaml_text import parse_yaml, yaml_steps


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, with the text that it says it in."""

    path: str
    text: str
    content: object

    def line_of(self, location: Location) -> int | None:
        r"""Find the line of a location, or of the nearest place above it that exists.

        >>> parse_document("nodes:\n- N1\n- N2\n", "a.yaml").line_of(("nodes", 1))
        3
        """
        give_steps = json_steps if is_json(self.text) else yaml_steps
        return line_at(give_steps(self.text, self.path), location)

    def refusal(self, location: Location, fault: Fault) -> UnusableInput:
        """Give the exception for a fault at a location."""
        return refusal_at(self.path, self.line_of(location), location, fault)


def is_json(text: str) -> bool:
    """Whether text is read as JSON: its first character other than a blank decides."""
    return text.lstrip()[:1] in {"{", "["}


def load_document(path: str | Path) -> Document:
    """Read a file with one JSON or YAML document.

    Raises:
        UnusableInput: The file cannot be read, or holds something that is not allowed.
    """
    return parse_document(read_source_text(path), str(path))


def parse_document(text: str, path: str) -> Document:
    """Read one JSON or YAML document from text; `path` is for messages.

    Raises:
        UnusableInput: The text holds something that is not allowed.
    """
    content = parse_json(text, path) if is_json(text) else parse_yaml(text, path)
    return Document(path, text, content)
