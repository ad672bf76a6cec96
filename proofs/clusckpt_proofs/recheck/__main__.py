"""The command: `python -m clusckpt_proofs.recheck DIRECTORY`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from clusckpt_proofs.recheck.findings import Finding, Status, Unusable, overall
from clusckpt_proofs.recheck.workers import WorkerCrashed, in_parallel

DESCRIPTION = """Check certificates that `clusckpt prove --certificates` wrote, without the engine:
ask z3 and cvc5 about every file of terms, execute every run again, and compare all of it with the
manifest, the register and the specification."""
STATUSES = """Exit status: 0 everything agrees, 1 something disagrees, 2 nothing that can be
checked, 3 a solver gave up or ran out of time."""
TIMEOUT_SECONDS = 20.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a directory, print what was found, and return the exit status."""
    chosen = _parser().parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)
    try:
        _require_cvc5()
        findings = recheck(chosen.directory, chosen.jobs, round(chosen.timeout * 1000), console)
    except (Unusable, OSError) as error:
        print(f"recheck: {error}", file=sys.stderr)  # noqa: T201 - the command's message
        return Status.UNUSABLE
    except WorkerCrashed as error:
        print(f"recheck: {error}", file=sys.stderr)  # noqa: T201 - the command's message
        return Status.UNKNOWN
    for finding in findings:
        console.print(f"{finding.status.name.lower():9} {finding}", markup=False)
    status = overall(findings)
    console.print(f"recheck: {len(findings)} findings; {status.name.lower()}")
    return status


def recheck(directory: Path, jobs: int, milliseconds: int, console: Console) -> list[Finding]:
    """Check everything, with a progress bar on a terminal.

    Raises:
        Unusable: if there is no manifest that can be read.
        WorkerCrashed: if a process ended before its work.
    """
    # Only now: without cvc5 these cannot be imported.
    from clusckpt_proofs.recheck import coverage
    from clusckpt_proofs.recheck.checking import checked
    from clusckpt_proofs.recheck.directory import file_faults, load
    from clusckpt_proofs.recheck.solvers import versions

    manifest = load(directory)
    coverage.require_readings(manifest)
    named = ", ".join(f"{name} {version}" for name, version in versions().items())
    beyond = len(coverage.beyond(manifest))
    console.print(
        f"recheck: {len(manifest.obligations)} obligations ({beyond} beyond those that follow from "
        f"the specification alone) under {', '.join(manifest.readings)}, "
        f"{len(manifest.files)} files, {named}"
    )
    findings = [
        *file_faults(directory, manifest),
        *coverage.obligation_faults(manifest),
        *coverage.rule_faults(manifest),
    ]
    portions = coverage.tasks(directory, manifest, milliseconds)
    found: dict[int, list[Finding]] = {}
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        bar = progress.add_task("checking", total=len(manifest.files))
        for number, some in in_parallel(checked, portions, jobs):
            found[number] = some
            progress.advance(bar, len(portions[number]))
    return [*findings, *(one for number in sorted(found) for one in found[number])]


def _require_cvc5() -> None:
    if find_spec("cvc5") is None:
        message = "cvc5, the second solver, is not installed: pip install 'clusckpt[proofs]'"
        raise Unusable(message)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clusckpt_proofs.recheck", description=DESCRIPTION, epilog=STATUSES
    )
    parser.add_argument("directory", type=Path, help="what `clusckpt prove --certificates` wrote")
    cores = os.cpu_count() or 1
    parser.add_argument("--jobs", type=int, default=cores, help="processes; default: all cores")
    parser.add_argument(
        "--timeout",
        type=float,
        default=TIMEOUT_SECONDS,
        help="seconds that a solver may take for one file; default: %(default)s",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
