"""`clusckpt-conformance/1`: what a conformance run has shown, as JSON."""

from pathlib import Path
from typing import Final, Literal

import msgspec

from clusckpt.conformance.coverage import rule_results
from clusckpt.conformance.run import Finding, Result
from clusckpt.conformance.story import story
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import dump_trace
from clusckpt.oracle import VerdictKind
from clusckpt_spec.formats.adapter import Implementation
from clusckpt_spec.register import RULES

CONFORMANCE_FORMAT: Final = "clusckpt-conformance/1"

LARGEST_REPORT: Final = 64 * 2**20
"""A report file has at most so many bytes."""

Verdict = Literal["conforms", "violates", "undecided"]


class RuleResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule: whether it was broken, how many executions put it to the test, why if none did."""

    rule: str
    verdict: Literal["conforms", "violates", "not exercised"]
    executions: int = 0
    reason: str = ""


class FindingRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A broken rule with its shortest program, told and as a trace, line by line."""

    rule: str
    readings: tuple[str, ...]
    got: str
    allowed: tuple[str, ...]
    story: tuple[str, ...]
    trace: tuple[str, ...]
    steady: bool = True


class ReadingResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The verdict under one reading, with the rule that is broken if one is."""

    reading: str
    verdict: Verdict
    rule: str = ""


class FaultRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fault of the party: what it was, at which call, how often, and what to do."""

    kind: str
    method: str
    detail: str
    advice: str
    times: int = 1


class ConformanceReport(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The whole report; `consistent` are the readings that explain everything that was seen.

    `calls` were answered, so many of each; `unsupported` were left out, because the party said
    that it does not support them.
    """

    format: Literal["clusckpt-conformance/1"]
    implementation: Implementation
    verdict: Verdict
    readings: tuple[ReadingResult, ...]
    consistent: tuple[str, ...]
    rules: tuple[RuleResult, ...]
    seed: int
    budget: str
    programs: int
    executions: int
    seconds: float
    findings: tuple[FindingRecord, ...] = ()
    refutations: tuple[FindingRecord, ...] = ()
    faults: tuple[FaultRecord, ...] = ()
    undecided: int = 0
    calls: dict[str, int] = {}
    unsupported: dict[str, int] = {}
    actions: tuple[str, ...] = ()
    ambiguities: tuple[str, ...] = ()


def report(result: Result) -> ConformanceReport:
    """The report on a run."""
    exercised = [rule for rule in RULES if result.tested[rule]]
    touched = {one for rule in exercised for one in RULES[rule].ambiguities}
    return ConformanceReport(
        format=CONFORMANCE_FORMAT,
        implementation=result.capabilities.implementation,
        verdict=_verdict(result.verdict),
        readings=tuple(_reading(result, one.name) for one in result.plan.readings),
        consistent=result.consistent,
        rules=tuple(RuleResult(*one) for one in rule_results(result)),
        seed=result.plan.seed,
        budget=str(result.plan.budget),
        programs=result.programs,
        executions=result.executions,
        seconds=round(result.seconds, 1),
        findings=tuple(map(_record, result.findings)),
        refutations=tuple(map(_record, result.refuted.values())),
        faults=tuple(
            FaultRecord(
                str(one.fault.kind),
                one.fault.method,
                one.fault.detail,
                one.fault.advice,
                one.times,
            )
            for one in result.faults
        ),
        undecided=result.undecided,
        calls=dict(sorted(result.calls.items())),
        unsupported=dict(sorted(result.unsupported.items())),
        actions=tuple(sorted(result.actions)),
        ambiguities=tuple(sorted(touched, key=lambda one: int(one[1:]))),
    )


def dump_report(document: ConformanceReport) -> str:
    """The report as JSON, readable and stable."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def load_report(path: Path) -> ConformanceReport:
    """Read a report.

    Raises:
        UnusableInput: if the file cannot be read or holds no report.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_REPORT + 1)
    except OSError as error:
        raise _unusable(path, f"a file that cannot be read ({error.strerror})") from error
    if len(content) > LARGEST_REPORT:
        raise _unusable(path, f"more than {LARGEST_REPORT} bytes")
    try:
        return msgspec.json.decode(content, type=ConformanceReport)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, f"no report ({error})") from error


def _unusable(path: Path, came: str) -> UnusableInput:
    allowed = f"a report in {CONFORMANCE_FORMAT}"
    advice = "write one with clusckpt conform --format json --output FILE"
    return UnusableInput(str(path), None, came, allowed, advice)


def _verdict(kind: VerdictKind) -> Verdict:
    names: dict[VerdictKind, Verdict] = {
        VerdictKind.CONFORMS: "conforms",
        VerdictKind.VIOLATES: "violates",
        VerdictKind.UNDECIDED: "undecided",
    }
    return names[kind]


def _reading(result: Result, name: str) -> ReadingResult:
    broken = [one for one in result.findings if name in one.readings]
    broken += [one for reading, one in result.refuted.items() if reading == name]
    if broken:
        return ReadingResult(name, "violates", broken[0].rule)
    unsure = result.faults or result.undecided or not result.calls
    return ReadingResult(name, "undecided" if unsure else "conforms")


def _record(finding: Finding) -> FindingRecord:
    reports = finding.execution.judgement.reports
    told = [reports[name].violation for name in finding.readings if name in reports]
    violation = next(one for one in told if one is not None and one.rule is finding.rule)
    trace = finding.execution.trace
    return FindingRecord(
        rule=finding.rule,
        readings=finding.readings,
        got=violation.got,
        allowed=violation.allowed,
        story=story(trace, violation),
        trace=tuple(dump_trace(trace).splitlines()),
        steady=finding.steady,
    )
