r"""The quorum: a directory that every node reaches, with the database and the stored copies.

`cluster.json` is the cluster database. Each resource has a folder, and in it a numbered file for
each checkpoint, as KB278464 and the ClusRec help describe. A backup is a copy of it all.
"""

import hashlib
import shutil
from pathlib import Path
from typing import TypedDict

from . import files
from .names import fold
from .registry import Keys


class Entry(TypedDict):
    """A checkpoint on the list of a resource: the path as given, where it lies, and its file."""

    given: str
    root: str
    file: str


class Group(TypedDict):
    """A group, with the node that owns it; names of nodes are folded."""

    name: str
    owner: str
    preferred: list[str]


class Resource(TypedDict):
    """A resource; `wanted` is the persistent state: whether it is to be online."""

    name: str
    group: str
    folder: str
    possible_owners: list[str]
    dependencies: list[str]
    checkpoints: list[Entry]
    next_file: int
    state: str
    wanted: bool


class Database(TypedDict):
    """The cluster database; everything is by its folded name."""

    platform: str
    nodes: list[str]
    groups: dict[str, Group]
    resources: dict[str, Resource]
    next_folder: int


class Quorum:
    """The quorum directory."""

    def __init__(self, directory: Path) -> None:
        """Reach a quorum that is there, or is about to be written."""
        self.directory = directory
        self._backups = directory.with_name("backups")

    def database(self) -> Database:
        """The database as it is now."""
        found: Database = files.read(self.directory / "cluster.json")
        return found

    def keep(self, database: Database) -> None:
        """The database is this from now on."""
        files.write(self.directory / "cluster.json", database)

    def store(self, resource: Resource, entry: Entry, tree: Keys) -> None:
        """The stored copy of a checkpoint is this tree from now on."""
        file = self.file(resource, entry)
        file.parent.mkdir(exist_ok=True)
        files.write(file, tree)

    def stored(self, resource: Resource, entry: Entry) -> Keys | None:
        """The stored copy of a checkpoint, or None if there is no file.

        Raises:
            ValueError: the file is damaged.
            OSError: it cannot be read.
        """
        try:
            tree: Keys = files.read(self.file(resource, entry))
        except FileNotFoundError:
            return None
        return tree

    def drop(self, resource: Resource, entry: Entry) -> None:
        """The file of a checkpoint is deleted."""
        self.file(resource, entry).unlink(missing_ok=True)

    def drop_all(self, resource: Resource) -> None:
        """The folder of a resource is deleted, with every file in it."""
        shutil.rmtree(self.directory / resource["folder"], ignore_errors=True)

    def back_up(self, path: str) -> None:
        """Copy everything to a backup, in the place of one of the same path."""
        backup = self.backup(path)
        shutil.rmtree(backup, ignore_errors=True)
        half_written = shutil.ignore_patterns("*.new")
        shutil.copytree(self.directory, backup, ignore=half_written)

    def has_backup(self, path: str) -> bool:
        """Whether there is a backup of that path."""
        return self.backup(path).is_dir()

    def bring_back(self, path: str) -> None:
        """A backup takes the place of everything."""
        shutil.rmtree(self.directory)
        shutil.copytree(self.backup(path), self.directory)

    def file(self, resource: Resource, entry: Entry) -> Path:
        """The file of the copy of a checkpoint."""
        return self.directory / resource["folder"] / entry["file"]

    def backup(self, path: str) -> Path:
        """The folder of a backup: what a caller wrote names no file of this machine."""
        name = fold(path).encode("utf-8", "surrogatepass")
        return self._backups / hashlib.sha256(name).hexdigest()
