"""Judgements on traces, written for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from clusckpt.cli.judged import Judged, consistent_with_all
from clusckpt.oracle import JudgementKind, Report, Silence, Violation
from clusckpt_spec.ambiguities import AMBIGUITIES
from clusckpt_spec.register import rule


def show(console: Console, judged: Judged) -> None:
    """Write the verdict on one trace, then which readings it is consistent with."""
    show_verdict(console, judged)
    _show_assumed(console, judged.judgement.telling)
    if len(judged.judgement.reports) > 1:
        _show_readings(console, judged)
    if judged.weighed:
        _show_evidence(console, judged)


def show_verdict(console: Console, judged: Judged) -> None:
    """Write the verdict on one trace."""
    judgement, name = judged.judgement, escape(judged.path)
    deciding = judgement.telling
    extent = f"{deciding.explained} {'event' if deciding.explained == 1 else 'events'}"
    match judgement.kind:
        case JudgementKind.CONFORMS:
            by = f", {deciding.reading}" if len(judgement.deciding) == 1 else ""
            console.print(f"[green]conforms[/green] {name} ({extent}{by})")
        case JudgementKind.ALLOWED_ONLY_UNDER:
            those = [one for one in judgement.deciding if one in judgement.consistent]
            listed = escape(f"{{{', '.join(those)}}}")
            console.print(f"[yellow]allowed only under readings[/yellow] {listed} {name}")
        case JudgementKind.UNSPECIFIED:
            _show_silence(console, name, judgement.silences)
            _show_violation(console, name, deciding)
        case JudgementKind.UNDECIDED:
            console.print(f"[yellow]undecided[/yellow] {name}: {escape(deciding.decisive)}")
        case JudgementKind.VIOLATES:
            _show_violation(console, name, deciding)


def _show_assumed(console: Console, report: Report) -> None:
    for assumed in report.assumed:
        place = "before" if assumed.before else "after"
        told = ", ".join(map(repr, assumed.events))
        console.print(f"  assumed unlogged, right {place} line {assumed.line}: {escape(told)}")


def _show_silence(console: Console, name: str, silences: Sequence[Silence]) -> None:
    console.print(f"[yellow]unspecified[/yellow] {name}: the documents do not rule it out")
    for one in silences:
        record = AMBIGUITIES[one.ambiguity]
        chosen = f"{one.choice}, next to {one.reading}"
        console.print(
            f"  {one.ambiguity}  {escape(record.question)} Explained by: {escape(chosen)}"
        )
        console.print(f"       {escape(record.evidence)}")
    console.print("  no shipped reading makes that choice, and without it:")


def show_together(console: Console, judged: Sequence[Judged]) -> None:
    """Write which readings several traces, taken together, are consistent with."""
    if len(judged) > 1 and len(judged[0].judgement.reports) > 1:
        names = ", ".join(consistent_with_all(judged)) or "none of the readings"
        console.print(f"all {len(judged)} traces together are consistent with {escape(names)}")


def _show_violation(console: Console, name: str, report: Report) -> None:
    for violation in report.violations:
        _show_one(console, f"{name}:{violation.line} ({escape(report.reading)})", violation)
    if len(report.violations) > 1:
        console.print(
            f"  {len(report.violations)} violations; after each, what was seen is taken as it is"
        )
    console.print(f"  again    clusckpt check --reading {escape(report.reading)} {name}")
    console.print("  explain  the same with --slice FOLDER: the fewest lines that still contradict")


def _show_one(console: Console, where: str, violation: Violation) -> None:
    broken = rule(violation.rule)
    console.print(f"[red]violates {broken.id}[/red] {where}")
    console.print(f"  got      {violation.event}: {escape(violation.got)}")
    for number, allowed in enumerate(violation.allowed):
        console.print(f"  {'allowed' if number == 0 else 'or     '}  {escape(allowed)}")
    console.print(f"  because  {broken.title}: “{escape(broken.sentence)}”")
    console.print(f"           {escape(broken.source)}")
    console.print(f"  rule     clusckpt rules {broken.id}")


def _show_readings(console: Console, judged: Judged) -> None:
    judgement = judged.judgement
    names = ", ".join(judgement.consistent) or "none of the readings"
    console.print(f"  consistent with  {escape(names)}")
    for name, report in judgement.reports.items():
        if name not in judgement.consistent:
            console.print(f"  not with         {escape(name)}: {_reason(report)}")


def _reason(report: Report) -> str:
    violation: Violation | None = report.violation
    if violation is None:
        return "undecided"
    return escape(f"{violation.rule} at line {violation.line}")


def _show_evidence(console: Console, judged: Judged) -> None:
    if judged.next_to is None:
        console.print("  no evidence: no reading explains the trace")
        return
    if judged.inferred:
        console.print("  the outcome was inferred and not reported, so this is no evidence:")
    if not judged.evidence:
        console.print(f"  says nothing about any choice, next to {escape(judged.next_to)}")
    for found in judged.evidence:
        question = AMBIGUITIES[found.ambiguity].question
        console.print(f"  {found.ambiguity}  {escape(question)}")
        console.print(f"       supported  {', '.join(sorted(found.supported))}")
        console.print(f"       refuted    {', '.join(sorted(found.refuted))}")
