"""`clusckpt prove`: discharge the proof obligations."""

import difflib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, Protocol

import typer
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.counterexamples import write_counterexamples
from clusckpt.cli.explanation import show_explanation
from clusckpt.cli.options import (
    Format,
    FormatOption,
    OutputOption,
    chosen_reading,
    opened,
    write_json,
)
from clusckpt.files.wording import quoted
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register import RuleID, rule

UNFINISHED = 3
"""The exit status where nothing is shown: a solver gave up, or a worker process crashed."""

_LONGEST_NAME = 200
"""How much of an unknown name is compared."""

_COLOURS = {"holds": "green", "fails": "red", "unknown": "yellow"}


class Verdict(Protocol):
    """What the proofs say of an obligation: `clusckpt_proofs.Verdict`, which is imported late."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as there
    @property
    def kind(self) -> str: ...  # noqa: D102 - as there
    @property
    def rules(self) -> tuple[RuleID, ...]: ...  # noqa: D102 - as there
    @property
    def result(self) -> str: ...  # noqa: D102 - as there
    @property
    def seconds(self) -> float: ...  # noqa: D102 - as there
    @property
    def story(self) -> tuple[str, ...]: ...  # noqa: D102 - as there


Only = Annotated[
    str | None, typer.Option("--only", help="Discharge the obligations of this rule only.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        help="A reading to prove under, by name or as a TOML file; may be repeated. Default: all.",
    ),
]
Summary = Annotated[
    bool, typer.Option("--summary", help="Print the totals only, not a line per obligation.")
]

Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="How many processes to use. Default: one for each core."),
]
Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        help="Write every obligation as SMT-LIB 2 or as a run, with a manifest, to this folder, "
        "which must be new or empty. `python -m clusckpt_proofs.recheck FOLDER` checks them.",
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        help="Explain the one obligation of this name: what it says, and its counterexample or "
        "run as a table of steps with what each changed.",
    ),
]
Counterexamples = Annotated[
    Path | None,
    typer.Option(
        "--counterexamples",
        help="Write a trace to this folder for every rule of the page that a reading does not "
        "promise: a run that breaks it, which `clusckpt check` accepts under that reading.",
    ),
]


def prove(  # noqa: PLR0913, PLR0917 - what can be asked for is a parameter each
    only: Only = None,
    reading: Readings = None,
    summary: Summary = False,  # noqa: FBT002 - a command-line switch
    jobs: Jobs = None,
    certificates: Certificates = None,
    explain: Explain = None,
    counterexamples: Counterexamples = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Prove the rules for any number of nodes, resources and keys, and show it says something.

    Every invariant holds at the start and after every action (initial, step); actions do what
    their theorems say (theorem); everything that is spoken of can happen (witness); without a
    premise there is a counterexample (needed). A change that waits is captured in the end
    (progress), any conflict can cost a resource its data (collision), and where a reading does not
    promise a rule of the page, a run breaks it (counterexample).

    Example: clusckpt prove --only CKPT-CAPTURE-ONLINE
    """
    chosen = None if only is None else rule(only).id
    readings = [chosen_reading(name) for name in reading or _default_readings()]
    with opened(output) as console:
        if explain is not None:
            raise typer.Exit(explaining(console, readings, explain, form))
        if counterexamples is not None:
            write_counterexamples(console, readings, counterexamples)
            raise typer.Exit
        began = perf_counter()
        verdicts = []
        for verdict in progressing(readings, chosen, jobs, certificates):
            verdicts.append(verdict)
            if form is Format.TEXT and not summary:
                show(console, verdict)
        if form is Format.JSON:
            write_json(console, [described(verdict) for verdict in verdicts])
        else:
            show_totals(console, verdicts, perf_counter() - began)
    raise typer.Exit(exit_status(verdicts))


def exit_status(verdicts: Sequence[Verdict]) -> int:
    """1 if an obligation fails, else 3 if one is unknown or there is none, else 0."""
    results = {str(verdict.result) for verdict in verdicts}
    if "fails" in results:
        return 1
    return 3 if "unknown" in results or not results else 0


def progressing(
    readings: Sequence[Reading],
    only: RuleID | None,
    jobs: int | None = None,
    certificates: Path | None = None,
) -> Iterator[Verdict]:
    """Discharge the obligations on all cores, or `jobs`, with a progress bar on a terminal.

    Raises:
        typer.BadParameter: for a reading that the transition system does not cover yet, and for
            certificates of one rule only, or in a folder that is not empty.
        ProofsUnfinished: if a worker process has crashed.
    """
    from clusckpt_proofs import prove
    from clusckpt_proofs.certificates import certify
    from clusckpt_proofs.recheck.workers import WorkerCrashed

    _require_covered(readings)
    processes = jobs or os.cpu_count() or 1
    try:
        with _bar() as done:
            if certificates is None:
                yield from prove(readings, only, jobs=processes, done=done)
            else:
                _require_all(only)
                yield from certify(certificates, readings, jobs=processes, done=done)
    except WorkerCrashed as error:
        raise ProofsUnfinished(str(error)) from error
    except OSError as error:
        message = f"{certificates}: {error.strerror or error}"
        raise typer.BadParameter(message, param_hint="--certificates") from error


class ProofsUnfinished(typer.Exit):
    """Ends the command with status 3: nothing is shown, which is not a pass."""

    def __init__(self, message: str) -> None:
        """Say why on the standard error stream."""
        Console(stderr=True).print(f"clusckpt: {message}", markup=False)
        super().__init__(UNFINISHED)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        task = progress.add_task("proving", total=None)
        yield lambda number, total: progress.update(task, advance=number, total=total)


def _require_covered(readings: Sequence[Reading]) -> None:
    from clusckpt_proofs import PROVED_READINGS

    for reading in readings:
        if reading not in PROVED_READINGS:
            names = ", ".join(entry.name for entry in PROVED_READINGS)
            message = f"the transition system does not cover {reading.name!r} yet; allowed: {names}"
            raise typer.BadParameter(message, param_hint="--reading")


def _require_all(only: RuleID | None) -> None:
    if only is not None:
        message = "certificates are written for all rules, since the re-check asks for all of them"
        raise typer.BadParameter(message, param_hint="--only")


def explaining(console: Console, readings: Sequence[Reading], name: str, form: Format) -> int:
    """Explain the obligation of that name; the exit status that its result stands for.

    Raises:
        typer.BadParameter: if none has that name; the message lists the nearest names.
    """
    from clusckpt_proofs import obligations
    from clusckpt_proofs.explanation import explained

    _require_covered(readings)
    found = {obligation.name: obligation for obligation in obligations(readings)}
    if name not in found:
        near = difflib.get_close_matches(name[:_LONGEST_NAME], found, cutoff=0.4)
        message = f"no obligation is called {quoted(name)}; the nearest are: {', '.join(near)}"
        raise typer.BadParameter(message, param_hint="--explain")
    explanation = explained(found[name])
    if form is Format.JSON:
        write_json(console, asdict(explanation))
    else:
        show_explanation(console, explanation)
    return {"holds": 0, "fails": 1}.get(str(explanation.result), UNFINISHED)


def show(console: Console, verdict: Verdict) -> None:
    """Write one line for people, and the story of what does not hold."""
    colour = _COLOURS[str(verdict.result)]
    first = verdict.rules[0].value if verdict.rules else ""
    console.print(
        f"[{colour}]{verdict.result!s:7}[/{colour}] {verdict.seconds:7.3f} s  "
        f"{first:29} {verdict.name}"
    )
    if str(verdict.result) != "holds":
        for line in verdict.story:
            console.print(f"        {line}", markup=False)


def show_totals(
    console: Console, verdicts: Sequence[Verdict], elapsed: float | None = None
) -> None:
    """Write how many obligations of each kind hold, fail or are unknown.

    The time is what passed, or, where that is not given, what all of them took together.
    """
    counted = Counter((str(verdict.kind), str(verdict.result)) for verdict in verdicts)
    for (kind, result), number in sorted(counted.items()):
        console.print(f"{number:5} {kind:8} [{_COLOURS[result]}]{result}[/{_COLOURS[result]}]")
    seconds = sum(verdict.seconds for verdict in verdicts) if elapsed is None else elapsed
    console.print(f"{len(verdicts):5} obligations in {seconds:.1f} s")


def described(verdict: Verdict) -> dict[str, Any]:
    """A verdict for programs."""
    return {
        "name": verdict.name,
        "kind": str(verdict.kind),
        "rules": [entry.value for entry in verdict.rules],
        "result": str(verdict.result),
        "seconds": round(verdict.seconds, 4),
        "story": list(verdict.story),
    }


def _default_readings() -> list[str]:
    from clusckpt_proofs import PROVED_READINGS

    return [entry.name for entry in PROVED_READINGS if entry.name in READINGS]
