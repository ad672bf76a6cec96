"""Kept programs: what broke a rule in an earlier run is the first thing that the next one tries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from clusckpt.conformance.program import Program
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_checks import event_faults, header_faults
from clusckpt_spec.register import RuleID

LARGEST_KEPT: Final = 2**20
"""A kept program has at most so many bytes."""


def keep(directory: Path, rule: RuleID, program: Program) -> None:
    """Keep the program that breaks a rule, in the place of an earlier one.

    Raises:
        UnusableInput: if the directory cannot be written to.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"{rule}.json").write_bytes(msgspec.json.encode(program))
    except OSError as error:
        raise _unusable(
            directory, f"a directory that cannot be written ({error.strerror})"
        ) from error


def kept(directory: Path) -> Iterator[Program]:
    """The programs that are kept in a directory, in the order of the rules.

    Raises:
        UnusableInput: if one of them is no program.
    """
    for rule in RuleID:
        path = directory / f"{rule}.json"
        if path.is_file():
            yield _program(path)


def _program(path: Path) -> Program:
    try:
        with path.open("rb") as stream:
            program = msgspec.json.decode(stream.read(LARGEST_KEPT), type=Program)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, f"no program ({error})") from error
    names = ClusterNames.of(program.start.cluster)
    found = [fault for _, fault in header_faults(program.header)]
    for event in program.events:
        found += [fault for _, fault in event_faults(event, names)]
        names.learn(event)
    if found:
        raise _unusable(path, found[0].came)
    return program


def _unusable(path: Path, came: str) -> UnusableInput:
    allowed = "a directory of programs that clusckpt conform has kept"
    return UnusableInput(str(path), None, came, allowed, "remove it, or choose another --database")
