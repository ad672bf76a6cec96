"""Backups as they were seen: the files that BackupClusterDatabase left at a path."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from clusckpt.backups import manifest
from clusckpt.names import fold
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.rules import Part
from clusckpt.state import ClusterState
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.readings import Reading


def backup_mismatches(
    state: ClusterState, seen: Observation, reading: Reading
) -> Iterator[Mismatch]:
    """Every backup whose files are not those that a candidate has at its path."""
    for path, files in seen.backup_files.items():
        backup = state.backups.get(fold(path))
        allowed = manifest(backup, reading) if backup is not None else frozenset()
        if not _same(files, allowed):
            what = f"files of the backup at {path}"
            yield Mismatch(Part.BACKUP, fold(path), None, what, _listed(files), _listed(allowed))


def _same(files: Iterable[str], allowed: frozenset[str]) -> bool:
    """Whether the files can be matched with the patterns, one to one, without regard to case."""
    left = sorted(fold(pattern) for pattern in allowed)
    for file in files:
        fitting = next((one for one in left if _fits(fold(file), one)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return not left


def _fits(file: str, pattern: str) -> bool:
    """Whether a name fits a pattern, in which only `?` stands for something else than itself."""
    return fnmatchcase(file, pattern.replace("[", "[[]").replace("*", "[*]"))


def _listed(files: Iterable[str]) -> str:
    return ", ".join(sorted(files)) or "none"
