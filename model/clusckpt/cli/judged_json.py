"""Judgements on traces, written for programs."""

from typing import Any

import msgspec

from clusckpt.cli.judged import Judged
from clusckpt.oracle import Assumption, Evidence, Report, Violation
from clusckpt_spec.ambiguities import AMBIGUITIES
from clusckpt_spec.register import rule


def described(judged: Judged) -> dict[str, Any]:
    """The judgement on one trace.

    Judged by one reading, it is that reading's report; judged by several, `readings` has theirs.
    """
    judgement = judged.judgement
    document: dict[str, Any] = {"trace": judged.path}
    if len(judgement.reports) == 1:
        document |= _report(judgement.telling)
    else:
        document["verdict"] = judgement.kind.value
        document["consistent_with"] = list(judgement.consistent)
        document["silences"] = [
            {"reading": one.reading, "ambiguity": one.ambiguity.value, "choice": one.choice}
            for one in judgement.silences
        ]
        document["readings"] = [_report(report) for report in judgement.reports.values()]
    if judged.weighed:
        document["evidence"] = {
            "next_to": judged.next_to,
            "outcome": "inferred" if judged.inferred else "reported",
            "ambiguities": [_weighed(found) for found in judged.evidence],
        }
    return document


def _report(report: Report) -> dict[str, Any]:
    document: dict[str, Any] = {
        "reading": report.reading,
        "verdict": report.kind.value,
        "explained": report.explained,
    }
    if report.violations:
        document["violations"] = [_violation(one) for one in report.violations]
    if report.assumed:
        document["assumed"] = [_assumed(one) for one in report.assumed]
    if report.decisive:
        document["decisive"] = report.decisive
    return document


def _assumed(assumed: Assumption) -> dict[str, Any]:
    events = [msgspec.to_builtins(event) for event in assumed.events]
    return {"line": assumed.line, "before": assumed.before, "events": events}


def _violation(violation: Violation) -> dict[str, Any]:
    return {
        "rule": violation.rule.value,
        "line": violation.line,
        "event": violation.event,
        "got": violation.got,
        "allowed": list(violation.allowed),
        "sentence": rule(violation.rule).sentence,
        "source": rule(violation.rule).source,
    }


def _weighed(found: Evidence) -> dict[str, Any]:
    return {
        "ambiguity": found.ambiguity.value,
        "question": AMBIGUITIES[found.ambiguity].question,
        "supported": sorted(found.supported),
        "refuted": sorted(found.refuted),
    }
