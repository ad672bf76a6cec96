"""Slices written to a folder: `NAME.slice.jsonl` for the oracle, `NAME.vector.json` as a test."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import dump_trace
from clusckpt.rules import Rulebook
from clusckpt.slicing.slice import Slice
from clusckpt.slicing.vector import NoVector, regression_vector


@dataclass(frozen=True, slots=True)
class WrittenSlice:
    """Where a slice was written; `why_no_vector` says why there is no `vector`."""

    trace: Path
    vector: Path | None = None
    why_no_vector: str = ""


def write_slice(folder: Path, name: str, found: Slice, rules: Rulebook) -> WrittenSlice:
    """Write a slice, and the regression vector that is made from it.

    Args:
        folder: made if it is not there.
        name: what the files are called.
        found: the slice.
        rules: the rulebook of the reading that finds its violation.

    Raises:
        UnusableInput: if the folder cannot be written to.
    """
    trace, vector = folder / f"{name}.slice.jsonl", folder / f"{name}.vector.json"
    _write(trace, dump_trace(found.trace).encode())
    try:
        file = regression_vector(found, rules, name)
    except NoVector as reason:
        vector.unlink(missing_ok=True)
        return WrittenSlice(trace, None, str(reason))
    _write(vector, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
    return WrittenSlice(trace, vector)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UnusableInput(
            str(path),
            None,
            f"a file that cannot be written ({error.strerror or error})",
            "a path in a folder that exists or can be made, and can be written to",
            "choose another folder for --slice",
        ) from error
