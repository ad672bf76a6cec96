"""`clusckpt prove`: discharge the proof obligations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Protocol

import typer
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.options import (
    Format,
    FormatOption,
    OutputOption,
    chosen_reading,
    opened,
    write_json,
)
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register import RuleID, rule

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


def prove(
    only: Only = None,
    reading: Readings = None,
    summary: Summary = False,  # noqa: FBT002 - a command-line switch
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Prove the rules for any number of nodes, resources and keys, and show it says something.

    Every invariant holds at the start and after every action (initial, step); actions do what
    their theorems say (theorem); everything that is spoken of can happen (witness); without a
    premise there is a counterexample (needed).

    Example: clusckpt prove --only CKPT-CAPTURE-ONLINE
    """
    chosen = None if only is None else rule(only).id
    readings = [chosen_reading(name) for name in reading or _default_readings()]
    with opened(output) as console:
        verdicts = []
        for verdict in progressing(readings, chosen):
            verdicts.append(verdict)
            if form is Format.TEXT and not summary:
                show(console, verdict)
        if form is Format.JSON:
            write_json(console, [described(verdict) for verdict in verdicts])
        elif verdicts:
            show_totals(console, verdicts)
        else:
            console.print(
                f"no obligation for {chosen} yet: clusckpt rules {chosen} says what is pending"
            )
    raise typer.Exit(exit_status(verdicts))


def exit_status(verdicts: Sequence[Verdict]) -> int:
    """1 if an obligation fails, else 3 if one is unknown or there is none, else 0."""
    results = {str(verdict.result) for verdict in verdicts}
    if "fails" in results:
        return 1
    return 3 if "unknown" in results or not results else 0


def progressing(readings: Sequence[Reading], only: RuleID | None) -> Iterator[Verdict]:
    """Discharge the obligations, with a progress bar on a terminal.

    Raises:
        typer.BadParameter: for a reading that the transition system does not cover yet.
    """
    from clusckpt_proofs import PROVED_READINGS, obligations

    for reading in readings:
        if reading not in PROVED_READINGS:
            names = ", ".join(entry.name for entry in PROVED_READINGS)
            message = f"the transition system does not cover {reading.name!r} yet; allowed: {names}"
            raise typer.BadParameter(message, param_hint="--reading")
    waiting = obligations(readings, only)
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        for obligation in progress.track(waiting, description="proving"):
            yield obligation.verdict()


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


def show_totals(console: Console, verdicts: Sequence[Verdict]) -> None:
    """Write how many obligations of each kind hold, fail or are unknown."""
    counted = Counter((str(verdict.kind), str(verdict.result)) for verdict in verdicts)
    for (kind, result), number in sorted(counted.items()):
        console.print(f"{number:5} {kind:8} [{_COLOURS[result]}]{result}[/{_COLOURS[result]}]")
    seconds = sum(verdict.seconds for verdict in verdicts)
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
