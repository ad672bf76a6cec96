r"""The registry of one node: the keys below HKEY_LOCAL_MACHINE, with their values, in a file.

The keys are kept by their whole folded path, so a tree is every key that lies under its root. A
tree that is taken out keeps only what follows its root: "" is the root itself, `\SUB` a subkey.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypedDict

from . import files, status
from .names import SEPARATOR, fold, is_key, length, lies_under

MOST_LEVELS_AT_ONCE: Final = 32
LONGEST_VALUE_NAME: Final = 16_383

Content = str | int | dict[str, str]
"""What a value holds: text, a whole number, or bytes in hexadecimal with their type."""


class Value(TypedDict):
    """A value, with its name as it was written."""

    name: str
    content: Content


class Key(TypedDict):
    """A key, with its name as it was written and its values by folded name."""

    name: str
    values: dict[str, Value]


Keys = dict[str, Key]
Seen = dict[str, Content | None] | None
"""The values of a key that were asked for (null: no such value), or null: no such key."""


def written(tree: dict[str, dict[str, Content]]) -> Keys:
    r"""The keys of a tree as the protocol writes it, with the keys above them.

    >>> sorted(written({"Software\\Acme": {"v": "1"}}))
    ['SOFTWARE', 'SOFTWARE\\ACME']
    """
    keys: Keys = {}
    for key, values in tree.items():
        create(keys, key)
        named = {fold(name): Value(name=name, content=value) for name, value in values.items()}
        keys[fold(key)]["values"].update(named)
    return keys


def levels(key: str) -> Iterator[str]:
    r"""A key and those above it, the highest first.

    >>> list(levels("A\\B"))
    ['A', 'A\\B']
    """
    parts = key.split(SEPARATOR)
    return (SEPARATOR.join(parts[:end]) for end in range(1, len(parts) + 1))


def create(keys: Keys, key: str) -> int:
    r"""Create a key and those above it; how many were missing.

    >>> keys: Keys = {}
    >>> create(keys, "A\\B"), create(keys, "a\\C")
    (2, 1)
    """
    missing = [one for one in levels(key) if fold(one) not in keys]
    for one in missing:
        keys[fold(one)] = Key(name=one.rpartition(SEPARATOR)[2], values={})
    return len(missing)


def seen(key: Key | None, names: Iterable[str]) -> Seen:
    """What an observer finds who looks for values of a key by their names.

    >>> seen(Key(name="A", values={}), ["v"]), seen(None, ["v"])
    ({'v': None}, None)
    """
    if key is None:
        return None
    values = key["values"]
    return {name: values[fold(name)]["content"] if fold(name) in values else None for name in names}


class Registry:
    """The registry in a file; every change is there before the call answers, and is counted.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     registry = Registry(Path(folder, "registry.json"))
    ...     registry.set_value("A", "v", 1), registry.delete_value("a", "V")
    ...     registry.delete_tree("B"), registry.tree("A")
    (0, 0)
    (2, {'': {'name': 'A', 'values': {}}})
    """

    def __init__(self, file: Path) -> None:
        """Open the registry, which is empty if there is no file."""
        self._file = file
        self.keys: Keys = files.read(file) if file.exists() else {}
        self.changes = 0

    def create_key(self, key: str) -> int:
        """RegCreateKeyEx."""
        missing = [one for one in levels(key) if fold(one) not in self.keys]
        if not is_key(key) or len(missing) > MOST_LEVELS_AT_ONCE:
            return status.INVALID_PARAMETER
        create(self.keys, key)
        return self._kept() if missing else status.SUCCESS

    def set_value(self, key: str, name: str, content: Content) -> int:
        """RegSetValueEx, which creates a missing key; a value that is there changes nothing."""
        if not is_key(key) or length(name) > LONGEST_VALUE_NAME:
            return status.INVALID_PARAMETER
        missing = create(self.keys, key)
        values, value = self.keys[fold(key)]["values"], Value(name=name, content=content)
        if not missing and values.get(fold(name)) == value:
            return status.SUCCESS
        values[fold(name)] = value
        return self._kept()

    def delete_value(self, key: str, name: str) -> int:
        """RegDeleteValue."""
        there = self.keys.get(fold(key))
        if there is None or there["values"].pop(fold(name), None) is None:
            return status.FILE_NOT_FOUND
        return self._kept()

    def delete_tree(self, key: str) -> int:
        """RegDeleteTree: the key goes with everything under it."""
        if fold(key) not in self.keys:
            return status.FILE_NOT_FOUND
        self._drop(fold(key))
        return self._kept()

    def tree(self, root: str) -> Keys | None:
        """The tree under a root, or None if there is no such key."""
        above = fold(root)
        if above not in self.keys:
            return None
        return {key[len(above) :]: self.keys[key] for key in self.keys if lies_under(above, key)}

    def replace_tree(self, root: str, tree: Keys) -> None:
        """Put a tree in the place of whatever is under a root; it is not merged."""
        self._drop(fold(root))
        create(self.keys, root)
        self.keys.update({fold(root) + below: key for below, key in tree.items()})
        self._kept()

    def _drop(self, root: str) -> None:
        self.keys = {key: kept for key, kept in self.keys.items() if not lies_under(root, key)}

    def _kept(self) -> int:
        self.changes += 1
        files.write(self._file, self.keys)
        return status.SUCCESS
