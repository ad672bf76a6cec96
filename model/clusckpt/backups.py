r"""Backups as files: which ones BackupClusterDatabase writes, and what a path may be.

Source: sdk-api, BackupClusterDatabase: `chk????.tmp`, `quolog.log`, one folder for each resource
with its checkpoint files, and `Clusbackup.dat`, a mark that the backup is complete.
"""

import re

from clusckpt.state import Backup, CheckpointKind, NoTree
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import Reading

_EXTENSIONS = {
    "cpt-and-cpr": {CheckpointKind.REGISTRY: "CPT", CheckpointKind.CRYPTO: "CPR"},
    "all-cpt": {CheckpointKind.REGISTRY: "CPT", CheckpointKind.CRYPTO: "CPT"},
    "all-cpr": {CheckpointKind.REGISTRY: "CPR", CheckpointKind.CRYPTO: "CPR"},
}
"""By the choice of A35, the extension of the files of each kind of checkpoint."""

_OWN_FILES = re.compile(
    r"chk[^\\/]{0,8}\.tmp|quolog\.log|clusbackup\.dat|[^\\/]+\.cp[tr]", re.IGNORECASE
)


def has_file_name(path: str) -> bool:
    r"""Whether a path for a backup ends with the name of one of its files.

    "ERROR_DIRECTORY": "the path must not have a file name in it". Whether another last part is a
    folder or a file, the path alone does not say.

    >>> has_file_name("D:\\Backup\\Clusbackup.dat"), has_file_name("D:\\Backup")
    (True, False)
    """
    return _OWN_FILES.fullmatch(re.split(r"[\\/]", path)[-1]) is not None


def manifest(backup: Backup, reading: Reading) -> frozenset[str]:
    r"""The files of a backup: patterns where the documents give no name, `?` for one character.

    The folder of a resource is named after its GUID, or its name where the GUID is not known.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.rules.removal import backed_up
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> sorted(manifest(backed_up(two_nodes()), MSCS_PAGE))
    ['Clusbackup.dat', 'chk????.tmp', 'quolog.log']
    """
    extensions = _EXTENSIONS[reading[AmbiguityID.A35]]
    files = {"chk????.tmp", "quolog.log", "Clusbackup.dat"}
    for name, resource in backup.resources.items():
        folder = resource.id or resource.name
        kept = [entry for entry in sorted(resource.checkpoints) if (name, entry) in backup.copies]
        for number, entry in enumerate(kept, start=1):
            if not isinstance(backup.copies[name, entry], NoTree):
                files.add(f"{folder}\\{number:08d}.{extensions[entry.kind]}")
    return frozenset(files)
