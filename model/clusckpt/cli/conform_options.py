"""The options of `clusckpt conform`, and what was asked for by them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clusckpt_spec.readings import READINGS


class ReportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


Command = Annotated[
    list[str] | None,
    typer.Argument(help="The adapter and its arguments, after --.", show_default=False),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="Test the reference model itself under this reading."),
]
ConsoleOption = Annotated[
    Path | None,
    typer.Option(
        "--console", help="Ask a person, who makes the calls by hand; this file keeps the answers."
    ),
]
ReadingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        help=(
            "Judge by this reading; give it again for more, and only what none of them explains "
            f"is a violation: {', '.join(READINGS)}, or the path of a TOML file."
        ),
        show_default="the four about Windows",
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rules", help="Look for violations of this rule only; give it again for more."),
]
BudgetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--budget",
        help="So many programs (200) or seconds (60s); both may be given.",
        show_default="100 programs",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same programs.")]
DatabaseOption = Annotated[
    Path | None,
    typer.Option("--database", help="Keep failing programs here; the next run begins with them."),
]
ArtifactsOption = Annotated[
    Path | None,
    typer.Option(
        "--artifacts", help="Write each failing program here: trace, script, slice and test vector."
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option("--timeout", min=0.1, max=3600, help="Seconds that each answer may take."),
]
KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Go on to look for violations of other rules.")
]
DiffOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--diff", help="Compare two JSON reports, OLD and NEW, rule by rule."),
]
FormatOption = Annotated[ReportFormat, typer.Option("--format", help="How the report is written.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for: the party (one of the first three), and how to test it."""

    command: tuple[str, ...]
    model: str | None
    console: Path | None
    readings: tuple[str, ...]
    rules: tuple[str, ...]
    budgets: tuple[str, ...]
    seed: int
    timeout: float
    database: Path | None
    artifacts: Path | None
    form: ReportFormat
    output: Path | None
    keep_going: bool
