"""`clusckpt demo`: the tour, on bundled input taken from field incidents."""

from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from clusckpt.cli import check as checking
from clusckpt.cli import prove as proving
from clusckpt.cli.judged_text import show_verdict
from clusckpt.cli.options import OutputOption, opened
from clusckpt.review import read_design, review_design, show_review
from clusckpt_spec.readings import MSCS_PAGE

CLUSTER = "sql-key-management.yaml"
"""The design that the demo reviews."""

Quick = Annotated[bool, typer.Option("--quick", help="Leave the proofs out.")]


def demo(
    quick: Quick = False,  # noqa: FBT002 - a command-line switch
    output: OutputOption = None,
) -> None:
    """See review, check and prove at work on real incidents, in under a minute.

    The demo's own exit status is 0 if everything went as the incidents say it must: the review
    finds the collision, the traces conform or break the rule that they are known to break, and
    every obligation holds.
    """
    with (
        resources.as_file(resources.files("clusckpt").joinpath("data")) as data,
        opened(output) as console,
    ):
        as_told = [_review(console, data), _check(console, data)]
        if not quick:
            as_told.append(_prove(console))
    raise typer.Exit(0 if all(as_told) else 1)


def _review(console: Console, data: Path) -> bool:
    """Review the two-instance SQL Server cluster of incident RC17; it must have a finding."""
    console.rule("1  clusckpt review: may these resources overwrite each other's data?")
    reviewed = review_design(read_design([data / "clusters" / CLUSTER]))
    show_review(console, reviewed, witness=True)
    return reviewed.status == 1


def _check(console: Console, data: Path) -> bool:
    """Replay the incidents; all follow the rules but the one that is known not to."""
    console.rule("2  clusckpt check: did what happened follow the rules?")
    judged = []
    for path in sorted((data / "incidents").glob("*.jsonl")):
        one = replace(checking.checked(path), path=path.name)
        show_verdict(console, one)
        judged.append(one)
    return all(
        checking.exit_status([one]) == (1 if one.path.startswith(BREAKING) else 0) for one in judged
    )


BREAKING = ("rc11",)
"""The incidents in which a product broke the rules; in all others it followed them."""


def _prove(console: Console) -> bool:
    """Discharge every obligation under one reading."""
    console.rule("3  clusckpt prove: why believe the rules say this, for any cluster?")
    verdicts = list(proving.progressing([MSCS_PAGE], None))
    proving.show_totals(console, verdicts)
    return proving.exit_status(verdicts) == 0
