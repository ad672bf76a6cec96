"""Certificates: every obligation in a form that others can check without the engine.

A proof is the text of its refutation, which no solver may find satisfiable. What can happen is a
run, to be executed again; a counterexample that a solver found has the text that it satisfies
beside it. `clusckpt_proofs.recheck` checks all of it and imports nothing from here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec
import z3

from clusckpt_proofs.batches import Batch
from clusckpt_proofs.engine import PROVED_READINGS, Done, distributed
from clusckpt_proofs.obligation import Answer, Obligation, Result, Verdict
from clusckpt_proofs.recheck.records import (
    CERTIFICATES_FORMAT,
    MANIFEST,
    Certificate,
    Expected,
    File,
    Manifest,
    Solver,
)
from clusckpt_proofs.smtlib import Writer
from clusckpt_spec.readings import Reading

_PLACES: dict[Expected, str] = {
    "unsat": "unsat/{}.smt2",
    "sat": "sat/{}.smt2",
    "executes": "runs/{}.json",
}

_WRITER = Writer()
"""What this process has written."""


@dataclass(frozen=True)
class Certified:
    """A verdict, and the files that show it; none if it does not hold."""

    verdict: Verdict
    files: tuple[File, ...]

    @property
    def certificate(self) -> Certificate:
        """The entry of the manifest."""
        reading, specification, *_ = self.verdict.name.split("/")
        return Certificate(
            name=self.verdict.name,
            kind=self.verdict.kind.value,
            rules=tuple(entry.value for entry in self.verdict.rules),
            reading=reading,
            specification=specification,
            files=tuple(file.path for file in self.files),
        )


class NoEvidence(ValueError):
    """Raised for an obligation that holds and gives neither a refutation nor a run."""

    def __init__(self, name: str) -> None:
        """Take the name of the obligation."""
        super().__init__(f"{name} holds, but gives no refutation and no run to be certified")


def certify(
    directory: Path,
    readings: Sequence[Reading] = PROVED_READINGS,
    *,
    jobs: int = 1,
    done: Done = lambda *_: None,
) -> Iterator[Verdict]:
    """Discharge every obligation and write its certificate, yielding the verdicts in order.

    The manifest is written last, and only if everything holds: no directory without one passes.

    Raises:
        NoEvidence: for an obligation that holds and gives nothing to be checked again.
        OSError: if a file cannot be written, or the directory is there and not empty.
        WorkerCrashed: if a process ended before its work.
    """
    _make(directory)
    every: list[Certified] = []
    work = partial(_certified, directory)
    for one in distributed(work, readings, None, jobs=jobs, done=done):
        every.append(one)
        yield one.verdict
    if all(one.verdict.result is Result.HOLDS for one in every):
        (directory / MANIFEST).write_bytes(encoded(manifest(every, readings)))


def manifest(every: Sequence[Certified], readings: Sequence[Reading]) -> Manifest:
    """The manifest of certified obligations under some readings."""
    files = {file.path: file for one in every for file in one.files}
    return Manifest(
        format=CERTIFICATES_FORMAT,
        generator="clusckpt prove --certificates",
        solver=Solver(name="z3", version=z3.get_version_string()),
        readings=tuple(reading.name for reading in readings),
        files=tuple(files[path] for path in sorted(files)),
        obligations=tuple(one.certificate for one in every),
    )


def encoded(written: Manifest) -> bytes:
    """A manifest as JSON that can be read."""
    return msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n"


def _make(directory: Path) -> None:
    if directory.exists() and any(directory.iterdir()):
        message = "the directory for certificates is not empty"
        raise FileExistsError(None, message, str(directory))
    for place in _PLACES.values():
        (directory / place).parent.mkdir(parents=True, exist_ok=True)


def _certified(directory: Path, obligations: Sequence[Obligation]) -> list[Certified]:
    batch = Batch()
    found = []
    for obligation in obligations:
        verdict, answer = batch.answered(obligation)
        holds = verdict.result is Result.HOLDS
        files = tuple(_files(directory, obligation, answer)) if holds else ()
        found.append(Certified(verdict, files))
    return found


def _files(directory: Path, obligation: Obligation, answer: Answer) -> Iterator[File]:
    if obligation.refutation is None and answer.run is None:
        raise NoEvidence(obligation.name)
    if obligation.refutation is not None:
        refutation = _WRITER.text(obligation.refutation(), "unsat")
        yield _written(directory, "unsat", refutation.encode())
    if answer.satisfied:
        yield _written(directory, "sat", _WRITER.text(answer.satisfied, "sat").encode())
    if answer.run is not None:
        yield _written(directory, "executes", msgspec.json.encode(answer.run) + b"\n")


def _written(directory: Path, expected: Expected, content: bytes) -> File:
    """Write a file named after its content, unless it is there."""
    digest = sha256(content).hexdigest()
    path = _PLACES[expected].format(digest[:16])
    if not (directory / path).exists():
        (directory / path).write_bytes(content)
    return File(path=path, sha256=digest, expected=expected)
