"""The judgements of the oracle as JUnit XML: one test case a trace, as build servers show it."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from clusckpt.oracle import Judgement, JudgementKind, Report
from clusckpt.reports.reasons import reasons
from clusckpt.reports.xml_text import clean

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'

OPEN_KINDS: Final = (JudgementKind.UNSPECIFIED, JudgementKind.UNDECIDED)
"""Verdicts that are neither good nor bad: somebody has to look."""


def junit(judged: Sequence[tuple[str, Judgement]]) -> str:
    """One test suite: a trace that violates a rule fails; one that cannot be judged is an error.

    Args:
        judged: the path of each trace and the judgement on it.

    >>> print(junit([]).splitlines()[-1])
    <testsuite name="clusckpt check" tests="0" failures="0" errors="0" skipped="0" />
    """
    kinds = [one.kind for _, one in judged]
    suite = ET.Element(
        "testsuite",
        name="clusckpt check",
        tests=str(len(kinds)),
        failures=str(kinds.count(JudgementKind.VIOLATES)),
        errors=str(sum(kind in OPEN_KINDS for kind in kinds)),
        skipped="0",
    )
    for path, one in judged:
        _add(suite, path, one)
    ET.indent(suite)
    return f"{DECLARATION}\n{ET.tostring(suite, encoding='unicode')}\n"


def _add(suite: ET.Element, path: str, judged: Judgement) -> None:
    case = ET.SubElement(suite, "testcase", classname="clusckpt check", name=clean(path))
    telling = judged.telling
    told = clean("\n".join(_violations(path, telling)))
    if judged.kind is JudgementKind.VIOLATES:
        first = telling.violations[0]
        message = f"{first.rule} at line {first.line} ({telling.reading}): {first.got}"
        failure = ET.SubElement(case, "failure", type=first.rule.value, message=clean(message))
        failure.text = told
    if judged.kind in OPEN_KINDS:
        kind, message = judged.kind.value, telling.decisive or "the documents do not rule it out"
        ET.SubElement(case, "error", type=kind, message=clean(message)).text = told
    ET.SubElement(case, "system-out").text = clean("\n".join(_readings(judged)))


def _violations(path: str, report: Report) -> Iterator[str]:
    for one in report.violations:
        yield f"{path}:{one.line} {one.event} violates {one.rule}"
        yield from reasons(one)


def _readings(judged: Judgement) -> Iterator[str]:
    for name, report in judged.reports.items():
        first = report.violation
        where = "" if first is None else f" {first.rule} at line {first.line}"
        yield f"{name}: {report.kind.value}{where}"
