"""`clusckpt review`: which resources of a design can overwrite each other's data?"""

from pathlib import Path
from typing import Annotated

import typer

from clusckpt.cli.options import (
    Format,
    FormatOption,
    OutputOption,
    ReadingOption,
    chosen_reading,
    opened,
    write_json,
)
from clusckpt.review import read_design, review_design, show_review, to_json
from clusckpt.rules import rulebook
from clusckpt_spec.readings import MSCS_PAGE

Files = Annotated[
    list[Path],
    typer.Argument(
        help="clusckpt-cluster/1 files (JSON or YAML), or text printed by Get-ClusterCheckpoint; "
        "several files describe one cluster.",
        show_default=False,
    ),
]
WitnessOption = Annotated[
    bool, typer.Option("--witness", help="Print the executed run that shows each collision.")
]


def review(
    files: Files,
    witness: WitnessOption = False,  # noqa: FBT002 - a command-line switch
    reading: ReadingOption = MSCS_PAGE.name,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Find every collision of key names in a cluster design, each with a run that shows it.

    Exit status: 0 no collision is possible, 1 there are findings, 3 something could not be read
    or possible owners are not known, so that nothing can be said about a part.

    Example: clusckpt review cluster.yaml --witness
    """
    rules = rulebook(chosen_reading(reading))
    reviewed = review_design(read_design(files), rules)
    with opened(output) as console:
        if form is Format.JSON:
            write_json(console, to_json(reviewed))
        else:
            show_review(console, reviewed, witness=witness)
    raise typer.Exit(reviewed.status)
