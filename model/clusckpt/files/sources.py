"""Where something stood: a location inside a document, and the file it belongs to.

A check finds a `Fault` at a `Location` and knows nothing about files; a `Source` turns the two
into the message with the file and the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from clusckpt.files.errors import UnusableInput
from clusckpt.files.wording import cut

Location = tuple[str | int, ...]
"""The steps from the top of a document to a value: field names, and places in lists from 0."""


class Fault(NamedTuple):
    """What is wrong with one value: what came, what is allowed, what to do next."""

    came: str
    allowed: str
    advice: str


Found = tuple[Location, Fault]
"""A fault and where it is."""


class Source(Protocol):
    """What a document was read from."""

    def refusal(self, location: Location, fault: Fault) -> UnusableInput:
        """Give the exception for a fault at a location."""
        ...


@dataclass(frozen=True, slots=True)
class FileLine:
    """A source of which all is on one line, or of which no lines are known.

    `prefix` is where the document stands inside a larger one on that line.
    """

    path: str
    line: int | None = None
    prefix: Location = ()

    def refusal(self, location: Location, fault: Fault) -> UnusableInput:
        """Give the exception for a fault at a location."""
        return refusal_at(self.path, self.line, self.prefix + location, fault)


def refusal_at(path: str, line: int | None, location: Location, fault: Fault) -> UnusableInput:
    """Put a fault, its location and its line together."""
    came = f"{fault.came} at {spelled(location)}" if location else fault.came
    return UnusableInput(path, line, came, fault.allowed, fault.advice)


def spelled(location: Location) -> str:
    """Spell a location as people write it.

    >>> spelled(("resources", 2, "name"))
    'resources[2].name'
    >>> spelled(("registry", "N1", "Software"))
    'registry.N1.Software'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{cut(step)}" for step in location)
    return "".join(steps).removeprefix(".")


def value_at(content: object, location: Location) -> object:
    """Find the value at a location; None if there is none.

    >>> value_at({"nodes": ["N1", "N2"]}, ("nodes", 1))
    'N2'
    """
    for step in location:
        if isinstance(content, dict) and isinstance(step, str):
            content = content.get(step)
        elif isinstance(content, Sequence) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return None
    return content
