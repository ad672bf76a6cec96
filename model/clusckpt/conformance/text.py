"""A report for people: the verdict, the story of each violation, what was covered."""

from collections.abc import Iterator, Mapping

from clusckpt.conformance.report import ConformanceReport, FindingRecord


def text(document: ConformanceReport) -> tuple[str, ...]:
    """The lines of a report."""
    return (*_verdict(document), *_found(document), *_faults(document), *_coverage(document))


def _verdict(document: ConformanceReport) -> Iterator[str]:
    made = document.implementation
    name = " ".join(part for part in (made.name, made.version) if part)
    rate = document.executions / document.seconds if document.seconds else 0.0
    told = {"conforms": "conforms within this budget", "undecided": "undecided"}
    yield f"{told.get(document.verdict, document.verdict)}: {name}"
    yield (
        f"  {document.programs} programs, {document.executions} executions in "
        f"{document.seconds:.1f} s ({rate:.0f} a second), budget {document.budget}, "
        f"seed {document.seed}"
    )
    for one in document.readings:
        rule = f" {one.rule}" if one.rule else ""
        yield f"  under {one.reading}: {one.verdict}{rule}"
    yield f"  consistent with {', '.join(document.consistent) or 'none of these readings'}"
    if document.undecided:
        yield f"  {document.undecided} executions could not be decided"


def _found(document: ConformanceReport) -> Iterator[str]:
    for one in document.findings:
        yield from _finding(one, "no reading explains")
    for one in document.refutations:
        yield from _finding(one, f"{one.readings[0]} does not explain")


def _finding(one: FindingRecord, what: str) -> Iterator[str]:
    calls = len(one.trace) - 1
    yield ""
    yield f"violates {one.rule}: {what} this program of {calls} {_calls(calls)}"
    yield from one.story
    if not one.steady:
        yield "   The party answered otherwise when the program was run once more."


def _calls(number: int) -> str:
    return "call" if number == 1 else "calls"


def _faults(document: ConformanceReport) -> Iterator[str]:
    for one in document.faults:
        yield ""
        yield f"fault: {one.kind} at {one.method} ({one.times} times): {one.detail}"
        yield f"  next: {one.advice}"


def _coverage(document: ConformanceReport) -> Iterator[str]:
    tested = [one for one in document.rules if one.verdict != "not exercised"]
    yield ""
    yield f"exercised {len(tested)} of {len(document.rules)} rules"
    for one in tested:
        yield f"  {one.rule:28} {one.executions:5} executions"
    yield from _not_exercised(document)
    yield f"ambiguities of these rules: {', '.join(document.ambiguities) or 'none'}"
    yield f"actions: {', '.join(document.actions) or 'none'}"
    yield f"calls: {_counted(document.calls)}"
    if document.unsupported:
        yield f"not supported by the party, and left out: {_counted(document.unsupported)}"


def _counted(calls: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in calls.items())


def _not_exercised(document: ConformanceReport) -> Iterator[str]:
    """The rules that nothing tested, by the reason."""
    reasons: dict[str, list[str]] = {}
    for one in document.rules:
        if one.verdict == "not exercised":
            reasons.setdefault(one.reason, []).append(one.rule)
    for reason, rules in reasons.items():
        yield f"  not exercised: {reason}"
        yield f"    {', '.join(rules)}"
