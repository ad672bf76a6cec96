"""One file checked: by both solvers, or by executing it, and against the specification."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from clusckpt_proofs.recheck.commands import asserting, refusal
from clusckpt_proofs.recheck.directory import content_of
from clusckpt_proofs.recheck.expectation import called_for
from clusckpt_proofs.recheck.findings import Finding, Status, disagreement
from clusckpt_proofs.recheck.records import Certificate, File, Run
from clusckpt_proofs.recheck.satisfaction import equations
from clusckpt_proofs.recheck.showing import execution_fault
from clusckpt_proofs.recheck.solvers import SOLVERS
from clusckpt_proofs.recheck.statement import Comparison


@dataclass(frozen=True)
class Task:
    """A file to check, the run beside it if there is one, and the obligations that it serves."""

    directory: Path
    file: File
    beside: tuple[File, ...]
    serves: tuple[Certificate, ...]
    milliseconds: int


_COMPARISON = Comparison()


def checked(tasks: list[Task]) -> list[Finding]:
    """Everything that is found about some files."""
    return [finding for task in tasks for finding in _checked(task)]


def _checked(task: Task) -> Iterator[Finding]:
    content = content_of(task.directory, task.file)
    if content is None:
        return  # It is missing, which is said elsewhere.
    if task.file.expected == "executes":
        yield from _run_faults(task, content)
        return
    text = content.decode("ascii", "replace")
    refused = refusal(text)
    if refused is not None:
        yield disagreement(task.file.path, refused)
        return
    answers = list(_answer_faults(task, text))
    yield from answers
    if any(finding.status is Status.DISAGREES for finding in answers):
        return
    if task.file.expected == "unsat":
        yield from _text_faults(task, text)
    for file in task.beside:
        yield from _unsatisfying(task, text, file)


def _answer_faults(task: Task, text: str) -> Iterator[Finding]:
    """Every solver that does not say what is expected."""
    about = f", about {task.serves[0].name}" if task.serves else ""
    for name, answer_of in SOLVERS.items():
        answer = answer_of(text, task.milliseconds)
        if answer.startswith("unknown"):
            yield Finding(Status.UNKNOWN, task.file.path, f"{name} answers {answer}{about}")
        elif answer != task.file.expected:
            message = f"{name} answers {answer}, and {task.file.expected} is expected{about}"
            yield disagreement(task.file.path, message)


def _text_faults(task: Task, text: str) -> Iterator[Finding]:
    """Every obligation that the specification calls for, and that these are not the terms of."""
    for entry in task.serves:
        wanted = called_for(entry.reading).get(entry.name)
        if wanted is not None and (
            wanted.refutation is None or not _COMPARISON.states(text, wanted.refutation())
        ):
            yield disagreement(entry.name, f"{task.file.path} does not state its terms")


def _run_faults(task: Task, content: bytes) -> Iterator[Finding]:
    run = _run(content)
    if run is None:
        yield disagreement(task.file.path, "the file is not a run in the format")
        return
    fault = execution_fault(run)
    if fault is not None:
        yield disagreement(task.file.path, fault)
    for entry in task.serves:
        wanted = called_for(entry.reading).get(entry.name)
        of = (run.reading, run.specification) == (entry.reading, entry.specification)
        if not of or (wanted is not None and not (wanted.shows and wanted.shows(run))):
            yield disagreement(entry.name, f"{task.file.path} is a run that shows something else")


def _unsatisfying(task: Task, text: str, file: File) -> Iterator[Finding]:
    """Whether the run beside satisfiable terms is no example of them."""
    run = _run(content_of(task.directory, file) or b"")
    if run is None or execution_fault(run) is not None:
        return  # That is said of the run itself.
    answer = SOLVERS["z3"](asserting(text, equations(run, text)), task.milliseconds)
    if answer.startswith("unknown"):
        yield Finding(Status.UNKNOWN, file.path, f"z3 answers {answer} of it in {task.file.path}")
    elif answer != "sat":
        yield disagreement(file.path, f"the run is no example of the terms in {task.file.path}")


def _run(content: bytes) -> Run | None:
    try:
        return msgspec.json.decode(content, type=Run)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
