"""Values: the contents that a diagram shows, each under a short label of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from clusckpt.registry import RegistryKey, described_key
from clusckpt.state import Container, Copy, NoTree

MOST_TOLD: Final = 12
"""No more keys of a tree than this are told."""

MOST_CHARACTERS: Final = 400
"""No more characters of one key are told."""


@dataclass(frozen=True, slots=True)
class Value:
    """The contents of a root or of several, as `label` everywhere; `told` says what they are.

    `number` counts from 0 and chooses colour and pattern.
    """

    number: int
    label: str
    told: tuple[str, ...]


class Naming:
    """The labels of all contents in a diagram, in the order in which they come up."""

    def __init__(self) -> None:
        """Begin without any."""
        self._values: dict[Copy, Value] = {}

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value that has a label."""
        return tuple(self._values.values())

    def label(self, content: Copy) -> str:
        """The label of some contents: the same for the same, wherever they are."""
        if content not in self._values:
            number = len(self._values)
            self._values[content] = Value(number, letters(number), tuple(described(content)))
        return self._values[content].label


def letters(number: int) -> str:
    """The label of a number: A to Z, then AA.

    >>> [letters(number) for number in (0, 25, 26, 27)]
    ['A', 'Z', 'AA', 'AB']
    """
    rest, last = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[last]


def described(content: Copy) -> Iterator[str]:
    r"""What contents are, key by key.

    >>> from clusckpt.registry import tree_from_written
    >>> list(described(tree_from_written({"Acme": {"Port": 80}})))
    ['Acme: Port = 80']
    """
    if isinstance(content, NoTree):
        yield "the key was not there"
    elif isinstance(content, Container):
        yield f"keys {content.keys}" + ("" if content.exportable else " (cannot be exported)")
    else:
        told = list(_keys(content, "", MOST_TOLD + 1))
        yield from (told[:MOST_TOLD] or ["the key, without values"])
        if len(told) > MOST_TOLD:
            yield "and further keys"


def _keys(key: RegistryKey, path: str, most: int) -> list[str]:
    """The keys that hold values or nothing at all, at most so many."""
    found = []
    if key.values or (path and not key.subkeys):
        names = dict.fromkeys(sorted(value.name for value in key.values.values()))
        text = described_key(key, names)[:MOST_CHARACTERS]
        found.append(f"{path}: {text}" if path else text)
    for name, below in sorted(key.subkeys.values(), key=lambda one: one[0]):
        if len(found) < most:
            found += _keys(below, f"{path}\\{name}" if path else name, most - len(found))
    return found
