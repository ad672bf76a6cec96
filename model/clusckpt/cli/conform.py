"""`clusckpt conform`: does an implementation follow the rules?"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from hypothesis.configuration import set_hypothesis_home_dir
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.options import OutputOption, chosen_reading, opened
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
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import rule

STATUS = {VerdictKind.CONFORMS: 0, VerdictKind.VIOLATES: 1, VerdictKind.UNDECIDED: 3}
NEWLY_BROKEN = 1


class ReportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


Command = Annotated[
    list[str] | None,
    typer.Argument(help="The adapter and its arguments, after --.", show_default=False),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="Test the reference model itself under this reading."),
]
ConsoleOption = Annotated[
    Path | None,
    typer.Option(
        "--console", help="Ask a person, who makes the calls by hand; this file keeps the answers."
    ),
]
ReadingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        help=(
            "Judge by this reading; give it again for more, and only what none of them explains "
            f"is a violation: {', '.join(READINGS)}, or the path of a TOML file."
        ),
        show_default="the four about Windows",
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rules", help="Look for violations of this rule only; give it again for more."),
]
BudgetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--budget",
        help="So many programs (200) or seconds (60s); both may be given.",
        show_default="100 programs",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same programs.")]
DatabaseOption = Annotated[
    Path | None,
    typer.Option("--database", help="Keep failing programs here; the next run begins with them."),
]
ArtifactsOption = Annotated[
    Path | None,
    typer.Option("--artifacts", help="Write each failing program here, as a trace and a script."),
]
TimeoutOption = Annotated[
    float,
    typer.Option("--timeout", min=0.1, max=3600, help="Seconds that each answer may take."),
]
KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Go on to look for violations of other rules.")
]
DiffOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--diff", help="Compare two JSON reports, OLD and NEW, rule by rule."),
]
FormatOption = Annotated[ReportFormat, typer.Option("--format", help="How the report is written.")]


def conform(  # noqa: PLR0913, PLR0917 - each is an option, and typer passes them by name
    command: Command = None,
    model: ModelOption = None,
    console: ConsoleOption = None,
    reading: ReadingsOption = None,
    rules: RulesOption = None,
    budgets: BudgetOption = None,
    seed: SeedOption = 0,
    timeout: TimeoutOption = 60.0,
    database: DatabaseOption = None,
    artifacts: ArtifactsOption = None,
    diff: DiffOption = None,
    form: FormatOption = ReportFormat.TEXT,
    output: OutputOption = None,
    *,
    keep_going: KeepGoingOption = False,
) -> None:
    """Run generated programs on an implementation and report the first rule that it breaks.

    COMMAND is an adapter that speaks clusckpt-adapter/1 on its standard input and output. The
    program that breaks a rule is shrunk to the shortest one and told step by step, with what came
    (got), what was allowed, and the sentence that says so (because). The status is 0 if it
    conforms within the budget, 1 if it violates a rule, 2 if the adapter does not start or an
    option is wrong, 3 if it was undecided or the adapter faulted.

    To begin with: clusckpt conform -- python my_adapter.py

    For a minute, by one reading, with what was found as files:
    clusckpt conform --reading mscs-page --budget 60s --artifacts found -- ./adapter --verbose

    The model itself: clusckpt conform --model windows-observed --reading mscs-page

    Two reports: clusckpt conform --diff old.json new.json
    """
    if diff is not None:
        raise typer.Exit(_compared(*diff, output))
    plan = Plan(
        readings=tuple(map(chosen_reading, reading)) if reading else WINDOWS_READINGS,
        budget=_budget(budgets or []),
        seed=seed,
        rules=frozenset(rule(one).id for one in rules or []),
        database=database,
        keep_going=keep_going,
    )
    _check_one(command, model, console)
    party = _party(command or [], model, console, timeout, seed)
    result = _tested(party, plan)
    if artifacts is not None:
        write_artifacts(result, artifacts)
    _write(result, form, output)
    raise typer.Exit(STATUS[result.verdict])


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


def _party(
    command: Sequence[str], model: str | None, console: Path | None, timeout: float, seed: int
) -> Party:
    if model is not None:
        return ModelParty(chosen_reading(model), seed=seed)
    if console is not None:
        return ConsoleParty(Dialogue(sys.stdin, sys.stderr, console))
    return ProcessParty(command, timeout_s=timeout)


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


def _compared(old: Path, new: Path, output: Path | None) -> int:
    found = difference(load_report(old), load_report(new))
    with opened(output) as console:
        for line in told(found):
            console.out(line, highlight=False)
    return NEWLY_BROKEN if found.newly_broken else 0
