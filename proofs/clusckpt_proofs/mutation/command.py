"""The command: `python -m clusckpt_proofs.mutation`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.options import Format, opened, write_json
from clusckpt.files.errors import UnusableInput
from clusckpt_proofs.mutation.report import document, show
from clusckpt_proofs.mutation.score import Told, scored
from clusckpt_proofs.mutation.tasks import planned
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS
from clusckpt_proofs.recheck.workers import WorkerCrashed
from clusckpt_spec.readings import READINGS

_UNUSABLE, _UNKNOWN = 2, 3


def mutate(
    *,
    reading: Annotated[
        list[str] | None, typer.Option(help="A reading by name; may be repeated. Default: all.")
    ] = None,
    action: Annotated[
        list[str] | None, typer.Option(help="An action by name; may be repeated. Default: all.")
    ] = None,
    sample: Annotated[
        int, typer.Option(min=0, help="Draw so many mutants of each action; 0 takes them all.")
    ] = 0,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Do not ask whether a claim catches what the tour catches, nor look in the "
            "larger instance: what stays open there is unknown.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(help="Draw other mutants with --sample.")] = 0,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many processes judge mutants.")
    ] = os.cpu_count() or 1,
    form: Annotated[
        Format, typer.Option("--format", help="How the score is written.")
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Score the rules by mutation: every slip in a clause is noticed, or is proved to be none.

    A mutant is killed by a claim that fails, or by the executed tour; or it is proved equivalent.
    Exit status 0: all of them. 1: some survived. 3: some are unknown, and none survived.

    Example: python -m clusckpt_proofs.mutation --reading mscs-page --action delete
    """
    _allowed("--reading", reading or [], list(READINGS))
    known = {one.name: None for entry in SPECIFICATIONS.values() for one in entry.actions}
    _allowed("--action", action or [], list(known))
    readings = [READINGS[name] for name in reading or READINGS]
    chosen = planned(readings, action or (), sample=sample, seed=seed, quick=quick)
    with opened(output) as console:
        with _progress() as told:
            score = scored(chosen, alone=not (action or sample), jobs=jobs, told=told)
        if form is Format.JSON:
            write_json(console, document(score, seed))
        else:
            show(console, score, seed)
    raise typer.Exit(score.exit_status)


def main() -> None:
    """Run the command; what the user has to mend is said in words, with status 2.

    If a process has crashed, nothing is known, and the status is 3.
    """
    try:
        typer.run(mutate)
    except (UnusableInput, WorkerCrashed) as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(_UNUSABLE if isinstance(fault, UnusableInput) else _UNKNOWN)


def _allowed(option: str, chosen: list[str], allowed: list[str]) -> None:
    for name in chosen:
        if name not in allowed:
            message = f"{name!r} is not known; allowed: {', '.join(allowed)}"
            raise typer.BadParameter(message, param_hint=option)


@contextmanager
def _progress() -> Iterator[Told]:
    """A progress bar on a terminal."""
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        bar = progress.add_task("reading the clauses", total=None)

        def told(what: str, done: int, whole: int) -> None:
            progress.update(bar, description=what, completed=done, total=whole)

        yield told
