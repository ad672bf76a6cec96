"""The directory of certificates: untrusted, and read nowhere but inside itself."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from clusckpt_proofs.recheck.findings import Finding, Unusable, disagreement
from clusckpt_proofs.recheck.records import CERTIFICATES_FORMAT, MANIFEST, File, Manifest

LARGEST_MANIFEST = 64 * 1024 * 1024
LARGEST_FILE = 4 * 1024 * 1024
"""How many bytes are read at most; the engine writes about a fiftieth of that."""


def load(directory: Path) -> Manifest:
    """Read the manifest of a directory.

    Raises:
        Unusable: if there is none, or it is not in the format.
    """
    path = directory / MANIFEST
    if path.is_symlink() or not path.is_file():
        message = f"{directory} has no {MANIFEST}; `clusckpt prove --certificates` writes it"
        raise Unusable(message)
    if path.stat().st_size > LARGEST_MANIFEST:
        message = f"{path} is larger than {LARGEST_MANIFEST} bytes, so it is not read"
        raise Unusable(message)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{path} is not in {CERTIFICATES_FORMAT}: {error}"
        raise Unusable(message) from error


def file_faults(directory: Path, manifest: Manifest) -> Iterator[Finding]:
    """Every file that is missing, altered, listed twice, not listed, or used by no obligation."""
    listed = [file.path for file in manifest.files]
    used = {path for entry in manifest.obligations for path in entry.files}
    for path, times in sorted(Counter(listed).items()):
        if times > 1:
            yield disagreement(path, "the manifest lists the file more than once")
    for path in sorted(used - set(listed)):
        yield disagreement(path, "an obligation needs the file, and the manifest does not list it")
    for path in sorted(set(listed) - used):
        yield disagreement(path, "no obligation needs the file")
    for path in sorted(_present(directory) - {*listed, MANIFEST}):
        yield disagreement(path, "the file is there, and the manifest does not list it")
    for file in manifest.files:
        yield from _content_faults(directory, file)


def _content_faults(directory: Path, file: File) -> Iterator[Finding]:
    content = content_of(directory, file)
    if content is None:
        yield disagreement(file.path, "the file is missing, too large, or not a plain file")
    elif sha256(content).hexdigest() != file.sha256:
        yield disagreement(file.path, "the file is not the one that the manifest lists (SHA-256)")


def content_of(directory: Path, file: File) -> bytes | None:
    """The bytes of a file, or None where there is no plain file inside the directory."""
    path = directory / file.path
    inside = path.resolve().is_relative_to(directory.resolve())
    if not inside or path.is_symlink() or not path.is_file():
        return None
    return path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None


def _present(directory: Path) -> set[str]:
    """Every name under the directory that is not a plain folder; links are not followed."""
    found = (path for path in directory.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(directory).as_posix() for path in found}
