"""The violations of a conformance run as test vectors, beside their traces and scripts."""

from pathlib import Path

from rich.console import Console

from clusckpt.conformance.artifacts import named
from clusckpt.conformance.run import Finding, Result
from clusckpt.oracle import replay
from clusckpt.rules import rulebook
from clusckpt.slicing import sliced
from clusckpt.slicing.writing import write_slice
from clusckpt_spec.readings import Reading


def write_vectors(result: Result, directory: Path) -> None:
    """Write `RULE.slice.jsonl` and `RULE.vector.json` for each finding; say where there is none.

    Raises:
        UnusableInput: if the directory cannot be written to.
    """
    console = Console(stderr=True, highlight=False, markup=False)
    readings = {reading.name: reading for reading in result.plan.readings}
    for stem, finding in named(result):
        reason = _written(finding, readings[finding.readings[0]], directory, stem)
        if reason:
            console.print(f"no vector of {stem}: {reason}")


def _written(finding: Finding, reading: Reading, directory: Path, stem: str) -> str:
    """Why there is no vector; empty if there is one."""
    rules, trace = rulebook(reading), finding.execution.trace
    violation = replay(trace.header, trace.lines, rules).violation
    if violation is None:
        return f"{reading.name} explains its trace by itself"
    found = sliced(trace.header, trace.lines, rules, violation)
    return write_slice(directory, stem, found, rules).why_no_vector
