"""`clusckpt gallery`: is every planted bug caught, and nothing accused that is only odd?"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from clusckpt.cli.options import Format, FormatOption, OutputOption, opened
from clusckpt.conformance.budget import BadBudget, Budget, budget
from clusckpt.exhibition import EXHIBITS, GalleryReport, Showing, gallery_report
from clusckpt.exhibition.parallel import showings
from clusckpt.exhibition.result import dump_gallery
from clusckpt.exhibition.text import text
from clusckpt.files.wording import did_you_mean, quoted

PROGRAMS = 200
"""Nearly twice as many programs as the rarest bug needs with the seed 0."""

MOST_JOBS = 64

OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", help="Run the exhibit of this name only; give it again for more."),
]
BudgetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--budget",
        help="What each exhibit may use: programs (200), seconds (60s), or both.",
        show_default=f"{PROGRAMS} programs",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same programs.")]
JobsOption = Annotated[
    int, typer.Option("--jobs", min=1, max=MOST_JOBS, help="So many exhibits at a time.")
]


def gallery(
    only: OnlyOption = None,
    budgets: BudgetOption = None,
    seed: SeedOption = 0,
    jobs: JobsOption = 2,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Run the conformance kit on implementations with a planted bug, and on odd ones.

    A bug must be caught for the rule that it breaks, or for one that its exhibit names as broken
    along with it; the kit is not told which. What is odd and allowed must not be accused. Both
    rates are printed, with the median time and program length to the first finding. The status is
    0 if all is as it should be, else 1.

    Example: clusckpt gallery --only "skip capture" --budget 20
    """
    names = _chosen(only or [])
    chosen = _budget(budgets or [])
    with _progress(len(names)) as done:
        report = gallery_report(_each(showings(names, chosen, seed, jobs), done), chosen, seed)
    _write(report, form, output)
    raise typer.Exit(0 if report.is_as_it_should_be else 1)


def _chosen(only: Sequence[str]) -> list[str]:
    for name in only:
        if name not in EXHIBITS:
            advice = did_you_mean(name, EXHIBITS, "take a name that clusckpt gallery prints")
            message = f"{quoted(name)} is not an exhibit; next: {advice}"
            raise typer.BadParameter(message, param_hint="--only")
    return list(dict.fromkeys(only)) or list(EXHIBITS)


def _budget(texts: Sequence[str]) -> Budget:
    try:
        return budget(*texts) if texts else Budget(PROGRAMS)
    except BadBudget as error:
        raise typer.BadParameter(str(error), param_hint="--budget") from None


def _each(coming: Iterator[Showing], done: Callable[[], None]) -> Iterator[Showing]:
    for one in coming:
        done()
        yield one


@contextmanager
def _progress(number: int) -> Iterator[Callable[[], None]]:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("exhibits", total=number)
        yield lambda: bar.advance(task)


def _write(report: GalleryReport, form: Format, output: Path | None) -> None:
    with opened(output) as console:
        if form is Format.JSON:
            console.out(dump_gallery(report), highlight=False, end="")
            return
        for line in text(report):
            console.out(line, highlight=False)
