"""The verdict on every bundled trace under every shipped reading, and the rules it tests."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from clusckpt.oracle.judgement import judge
from clusckpt.oracle.tested import rules_tested
from clusckpt.oracle.verdict import Report, VerdictKind
from clusckpt.predictions.bundled import bundled_names, bundled_trace, data_file
from clusckpt.rules import rulebook
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RuleID

PREDICTIONS_FILE: Final = "predictions.json"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one reading says of one bundled trace.

    `tests` are the rules that would be blamed, had something come out otherwise; `line` and
    `violated` say where and against which rule, if the reading does not explain the trace.
    """

    trace: str
    incident: str | None
    reading: str
    verdict: VerdictKind
    tests: frozenset[RuleID]
    line: int | None = None
    violated: RuleID | None = None


def predicted() -> dict[str, Any]:
    """The table as the committed file has it, made anew by following every trace."""
    return {name: _row(bundled_trace(name)) for name in bundled_names()}


@cache
def predictions() -> tuple[Prediction, ...]:
    """The committed table."""
    document = json.loads(data_file(PREDICTIONS_FILE).read_text(encoding="utf-8"))
    return tuple(_read(document))


def _row(trace: Trace) -> dict[str, Any]:
    header = trace.header
    reports = judge(header, trace.lines, tuple(READINGS.values())).reports
    told = {"incident": header.incident} if header.incident is not None else {}
    return told | {
        "title": header.title,
        "source": header.source,
        "outcome": header.outcome,
        "readings": {
            name: _cell(report, rules_tested(trace, rulebook(READINGS[name])))
            for name, report in reports.items()
        },
    }


def _cell(report: Report, tests: frozenset[RuleID]) -> dict[str, Any]:
    cell: dict[str, Any] = {"verdict": report.kind.value}
    if report.violation is not None:
        cell |= {"line": report.violation.line, "rule": report.violation.rule.value}
    return cell | {"tests": sorted(rule.value for rule in tests)}


def _read(document: Mapping[str, Any]) -> Iterator[Prediction]:
    for trace, row in document.items():
        for reading, cell in row["readings"].items():
            yield Prediction(
                trace=trace,
                incident=row.get("incident"),
                reading=reading,
                verdict=VerdictKind(cell["verdict"]),
                tests=frozenset(map(RuleID, cell["tests"])),
                line=cell.get("line"),
                violated=RuleID(cell["rule"]) if "rule" in cell else None,
            )
