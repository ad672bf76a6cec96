"""Artifacts: the program of each violation as a trace and as a script, in a directory."""

from pathlib import Path

import msgspec

from clusckpt.conformance.program import Program
from clusckpt.conformance.run import Finding, Result
from clusckpt.conformance.script import script
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import dump_trace


def write_artifacts(result: Result, directory: Path) -> tuple[Path, ...]:
    """Write `RULE.jsonl` and `RULE.py` for each finding; of single readings with their name.

    Raises:
        UnusableInput: if the directory cannot be written to.
    """
    written: list[Path] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for stem, finding in named(result):
            for suffix, content in _contents(result, finding, stem):
                path = directory / f"{stem}{suffix}"
                path.write_text(content, encoding="utf-8")
                written.append(path)
    except OSError as error:
        raise UnusableInput(
            str(directory),
            None,
            f"a directory that cannot be written to ({error.strerror})",
            "the path of a directory, which need not exist yet",
            "choose another --artifacts",
        ) from error
    return tuple(written)


def named(result: Result) -> list[tuple[str, Finding]]:
    """The findings with their file names: IDs of rules, and the place of a reading in the run."""
    named = [(str(one.rule), one) for one in result.findings]
    for at, reading in enumerate(result.plan.readings, start=1):
        if reading.name in result.refuted:
            one = result.refuted[reading.name]
            named.append((f"reading-{at}-{one.rule}", one))
    return named


def _contents(result: Result, finding: Finding, stem: str) -> list[tuple[str, str]]:
    trace = finding.execution.trace
    told = f"breaks {finding.rule} under {', '.join(finding.readings)}"
    headed = msgspec.structs.replace(
        trace, header=msgspec.structs.replace(trace.header, title=told)
    )
    done = Program(finding.execution.program.start, tuple(line.event for line in trace.lines))
    return [
        (".jsonl", dump_trace(headed)),
        (".py", script(done, result.capabilities, finding.rule, f"{stem}.py")),
    ]
