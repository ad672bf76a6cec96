"""`clusckpt check`: does a trace follow the rules?"""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from clusckpt.cli.options import (
    Format,
    FormatOption,
    OutputOption,
    ReadingOption,
    chosen_reading,
    opened,
    write_json,
)
from clusckpt.files.trace_file import open_trace
from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt.rules import Rulebook, rulebook
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import rule

STATUS = {VerdictKind.CONFORMS: 0, VerdictKind.VIOLATES: 1, VerdictKind.UNDECIDED: 3}

Traces = Annotated[
    list[Path], typer.Argument(help="Traces in clusckpt-trace/1 (JSON Lines).", show_default=False)
]


def check(
    traces: Traces,
    reading: ReadingOption = MSCS_PAGE.name,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Replay TRACES on the reference model and report the first violation of each.

    The report says what the trace has (got), what the rules would have allowed (allowed), and the
    rule that says so with its source (because).

    Example: clusckpt check trace.jsonl
    """
    rules = rulebook(chosen_reading(reading))
    reports = [(path, checked(path, rules)) for path in traces]
    with opened(output) as console:
        if form is Format.JSON:
            write_json(console, [described(path, report) for path, report in reports])
        else:
            for path, report in reports:
                show(console, path, report)
    raise typer.Exit(exit_status([report for _, report in reports]))


def checked(path: Path, rules: Rulebook) -> Report:
    """The verdict on one trace file.

    Raises:
        UnusableInput: if the file is not a trace.
    """
    with open_trace(path) as trace:
        return replay(trace.header, trace.lines, rules)


def exit_status(reports: list[Report]) -> int:
    """1 if any trace violates a rule, else 3 if any is undecided, else 0."""
    statuses = {STATUS[report.kind] for report in reports}
    return next((status for status in (1, 3) if status in statuses), 0)


def show(console: Console, path: Path, report: Report) -> None:
    """Write a verdict for people."""
    name = escape(str(path))
    if report.kind is VerdictKind.CONFORMS:
        extent = f"({report.explained} events, {report.reading})"
        console.print(f"[green]conforms[/green] {name} {extent}")
        return
    if report.violation is None:
        console.print(f"[yellow]undecided[/yellow] {name}: {escape(report.decisive)}")
        return
    violation = report.violation
    broken = rule(violation.rule)
    console.print(f"[red]violates {broken.id}[/red] {name}:{violation.line} ({report.reading})")
    console.print(f"  got      {violation.event}: {escape(violation.got)}")
    for number, allowed in enumerate(violation.allowed):
        console.print(f"  {'allowed' if number == 0 else 'or     '}  {escape(allowed)}")
    console.print(f"  because  {broken.title}: “{escape(broken.sentence)}”")
    console.print(f"           {escape(broken.source)}")
    console.print(f"  rule     clusckpt rules {broken.id}")


def described(path: Path, report: Report) -> dict[str, Any]:
    """A verdict for programs."""
    document: dict[str, Any] = {
        "trace": str(path),
        "reading": report.reading,
        "verdict": report.kind.value,
        "explained": report.explained,
    }
    if report.violation is not None:
        violation = report.violation
        document["violation"] = {
            "rule": violation.rule.value,
            "line": violation.line,
            "event": violation.event,
            "got": violation.got,
            "allowed": list(violation.allowed),
            "sentence": rule(violation.rule).sentence,
            "source": rule(violation.rule).source,
        }
    if report.decisive:
        document["decisive"] = report.decisive
    return document
