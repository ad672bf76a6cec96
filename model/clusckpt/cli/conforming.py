"""What `clusckpt conform` does: it tests a party, writes the report, compares reports."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import typer
from hypothesis.configuration import set_hypothesis_home_dir
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.conform_options import Asked, ReportFormat
from clusckpt.cli.conform_vectors import write_vectors
from clusckpt.cli.options import chosen_reading, opened
from clusckpt.conformance.artifacts import write_artifacts
from clusckpt.conformance.budget import BadBudget, Budget, budget
from clusckpt.conformance.diff import difference, told
from clusckpt.conformance.junit import junit
from clusckpt.conformance.report import dump_report, load_report, report
from clusckpt.conformance.run import Plan, Result, run
from clusckpt.conformance.text import text
from clusckpt.files.errors import UnusableInput
from clusckpt.oracle import WINDOWS_READINGS, VerdictKind
from clusckpt.parties.console import ConsoleParty
from clusckpt.parties.dialogue import Dialogue
from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import Party, PartyFault
from clusckpt.parties.process import ProcessParty
from clusckpt_spec.formats.adapter import Capabilities
from clusckpt_spec.register import rule

STATUS: Final = {VerdictKind.CONFORMS: 0, VerdictKind.VIOLATES: 1, VerdictKind.UNDECIDED: 3}
NEWLY_BROKEN: Final = 1


def conformance(asked: Asked) -> int:
    """Test a party and write the report; the exit status.

    Raises:
        UnusableInput: if the adapter does not start, or a file cannot be used.
        UnknownRule: if there is no rule of a name.
        typer.BadParameter: if an option is wrong.
    """
    plan = _plan(asked)
    _check_one(asked.command, asked.model, asked.console)
    result = _tested(_party(asked), plan)
    if asked.artifacts is not None:
        write_artifacts(result, asked.artifacts)
        write_vectors(result, asked.artifacts)
    _write(result, asked.form, asked.output)
    return STATUS[result.verdict]


def compared(old: Path, new: Path, output: Path | None) -> int:
    """Write the difference between two reports; the exit status."""
    found = difference(load_report(old), load_report(new))
    with opened(output) as console:
        for line in told(found):
            console.out(line, highlight=False)
    return NEWLY_BROKEN if found.newly_broken else 0


def _check_one(*parties: object) -> None:
    """Hold that one party is named.

    Raises:
        typer.BadParameter: if none is, or more than one.
    """
    number = sum(bool(one) for one in parties)
    if number != 1:
        message = (
            f"got {number} of them; allowed: one of COMMAND, --model and --console; "
            "next: name the adapter after --, as in clusckpt conform -- python my_adapter.py"
        )
        raise typer.BadParameter(message, param_hint="COMMAND")


def _plan(asked: Asked) -> Plan:
    return Plan(
        readings=tuple(map(chosen_reading, asked.readings)) or WINDOWS_READINGS,
        budget=_budget(asked.budgets),
        seed=asked.seed,
        rules=frozenset(rule(one).id for one in asked.rules),
        database=asked.database,
        keep_going=asked.keep_going,
    )


def _party(asked: Asked) -> Party:
    if asked.model is not None:
        return ModelParty(chosen_reading(asked.model), seed=asked.seed)
    if asked.console is not None:
        return ConsoleParty(Dialogue(sys.stdin, sys.stderr, asked.console))
    return ProcessParty(asked.command, timeout_s=asked.timeout)


def _budget(texts: Sequence[str]) -> Budget:
    try:
        return budget(*texts)
    except BadBudget as error:
        raise typer.BadParameter(str(error), param_hint="--budget") from None


def _tested(party: Party, plan: Plan) -> Result:
    """The result of a run; the party is closed whatever happens."""
    try:
        capabilities = _initialized(party)
        with _files_of_hypothesis(), _progress(plan) as progress:
            return run(party, capabilities, plan, progress)
    finally:
        # What it has to say at its end changes no verdict, and the report is due.
        with suppress(PartyFault):
            party.close()


def _initialized(party: Party) -> Capabilities:
    try:
        return party.initialize()
    except PartyFault as error:
        fault = error.fault
        came = f"{fault.kind} at {fault.method}: {fault.detail}"
        allowed = "an adapter that answers initialize of clusckpt-adapter/1"
        place = "the adapter"
        raise UnusableInput(place, None, came, allowed, fault.advice) from error


@contextmanager
def _files_of_hypothesis() -> Iterator[None]:
    """Whatever Hypothesis keeps for itself goes to a directory that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="clusckpt-") as directory:
        set_hypothesis_home_dir(directory)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


@contextmanager
def _progress(plan: Plan) -> Iterator[Callable[[int], None]]:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("programs", total=plan.budget.programs)
        yield lambda done: bar.update(task, completed=done)


def _write(result: Result, form: ReportFormat, output: Path | None) -> None:
    document = report(result)
    with opened(output) as console:
        match form:
            case ReportFormat.JSON:
                console.out(dump_report(document), highlight=False, end="")
            case ReportFormat.JUNIT:
                console.out(junit(document), highlight=False, end="")
            case ReportFormat.TEXT:
                for line in text(document):
                    console.out(line, highlight=False)
