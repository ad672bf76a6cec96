"""`clusckpt check`: does a trace follow the rules?"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from clusckpt.cli.judged import Judged
from clusckpt.cli.judged_json import described
from clusckpt.cli.judged_text import show, show_together
from clusckpt.cli.options import OutputOption, chosen_reading, opened, write_json
from clusckpt.cli.slices import SliceFolder, show_slices
from clusckpt.files.trace_file import load_trace, open_trace
from clusckpt.oracle import (
    WINDOWS_READINGS,
    Judgement,
    JudgementKind,
    evidence,
    judge,
    with_silences,
)
from clusckpt.oracle.silence import LONGEST_TRACE
from clusckpt.reports.drawing import MOST_FOLLOWED, drawn
from clusckpt.reports.junit import junit
from clusckpt.reports.page import Subject, page
from clusckpt.rules import rulebook
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import MSCS_PAGE, READINGS, WINDOWS_OBSERVED, Reading

STATUS = {
    JudgementKind.CONFORMS: 0,
    JudgementKind.ALLOWED_ONLY_UNDER: 0,
    JudgementKind.VIOLATES: 1,
    JudgementKind.UNSPECIFIED: 3,
    JudgementKind.UNDECIDED: 3,
}


class CheckFormat(StrEnum):
    """How the judgements are written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    HTML = "html"


FormatOption = Annotated[
    CheckFormat,
    typer.Option(
        "--format",
        help="How the answer is written; html is one file with a diagram of each trace.",
    ),
]
Traces = Annotated[
    list[Path], typer.Argument(help="Traces in clusckpt-trace/1 (JSON Lines).", show_default=False)
]
ChosenReading = Annotated[
    str | None,
    typer.Option(
        "--reading",
        help=f"Judge by one reading only: {', '.join(READINGS)}, or the path of a TOML file.",
        show_default="all that ship",
    ),
]
WithEvidence = Annotated[
    bool, typer.Option("--evidence", help="Say which choices each trace supports and refutes.")
]


def check(
    traces: Traces,
    reading: ChosenReading = None,
    form: FormatOption = CheckFormat.TEXT,
    output: OutputOption = None,
    *,
    with_evidence: WithEvidence = False,
    slices: SliceFolder = None,
) -> None:
    """Replay TRACES on the reference model and report the first violation of each.

    Without --reading every shipped reading judges. The status is 0 if at least one of those about
    Windows explains each trace; some traces are allowed only under some of them. The report says
    what the trace has (got), what the rules would have allowed (allowed), and the rule that says
    so with its source (because).

    Example: clusckpt check trace.jsonl --evidence
    Example: clusckpt check trace.jsonl --format html --output report.html
    """
    chosen = None if reading is None else chosen_reading(reading)
    judged = [checked(path, chosen, with_evidence=with_evidence) for path in traces]
    subjects = [_drawn(one, chosen, reading) for one in judged if form is CheckFormat.HTML]
    with opened(output) as console:
        match form:
            case CheckFormat.JSON:
                write_json(console, [described(one) for one in judged])
            case CheckFormat.JUNIT:
                suite = junit([(one.path, one.judgement) for one in judged])
                console.out(suite, highlight=False, end="")
            case CheckFormat.HTML:
                console.out(page(subjects), highlight=False, end="")
            case CheckFormat.TEXT:
                for one in judged:
                    show(console, one)
                show_together(console, judged)
    if slices is not None:
        show_slices(judged, slices, chosen, reading)
    raise typer.Exit(exit_status(judged))


def _drawn(judged: Judged, chosen: Reading | None, reading: str | None) -> Subject:
    """A judged trace as the page shows it: with its first lines, read once more to be drawn."""
    judgement = judged.judgement
    by = chosen or READINGS[judgement.telling.reading]
    with open_trace(judged.path) as again:
        lines = tuple(islice(again.lines, MOST_FOLLOWED))
        diagram = drawn(again.header, lines, rulebook(by))
        weighed = judged.evidence if judged.weighed else None
        return Subject(judged.path, again.header, judgement, diagram, reading, weighed)


def checked(path: Path, chosen: Reading | None = None, *, with_evidence: bool = False) -> Judged:
    """The judgement on one trace file, by one reading or by all that ship.

    Raises:
        UnusableInput: if the file is not a trace.
    """
    readings = tuple(READINGS.values()) if chosen is None else (chosen,)
    deciding = WINDOWS_READINGS if chosen is None else (chosen,)
    if not with_evidence:
        with open_trace(path) as opened_trace:
            judgement = judge(opened_trace.header, opened_trace.lines, readings, deciding)
            return Judged(str(path), judgement if chosen else _unless_silent(judgement, path))
    trace = load_trace(path)
    judgement = judge(trace.header, trace.lines, readings, deciding)
    if chosen is None:
        judgement = with_silences(judgement, trace, deciding)
    base = _explaining(readings, judgement.consistent)
    found = () if base is None else tuple(evidence(trace, base))
    next_to = None if base is None else base.name
    inferred = trace.header.outcome == "inferred"
    return Judged(str(path), judgement, found, next_to, inferred=inferred, weighed=True)


def _unless_silent(judgement: Judgement, path: Path) -> Judgement:
    """The judgement, which is on the documents' silence if a short trace violates for it."""
    if judgement.kind is not JudgementKind.VIOLATES:
        return judgement
    with open_trace(path) as again:
        lines = tuple(islice(again.lines, LONGEST_TRACE + 1))
        return with_silences(judgement, Trace(again.header, lines), WINDOWS_READINGS)


def exit_status(judged: Sequence[Judged]) -> int:
    """1 if any trace violates a rule, else 3 if any is undecided or unspecified, else 0."""
    statuses = {STATUS[one.judgement.kind] for one in judged}
    return next((status for status in (1, 3) if status in statuses), 0)


def _explaining(readings: Sequence[Reading], consistent: Sequence[str]) -> Reading | None:
    """The reading next to which choices are tried: what was observed first, then the page."""
    by_name = {reading.name: reading for reading in readings}
    preferred = [WINDOWS_OBSERVED.name, MSCS_PAGE.name, *consistent]
    return next((by_name[name] for name in preferred if name in consistent), None)
