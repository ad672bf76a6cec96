"""`clusckpt check --slice`: the shortest slice of each trace that violates a rule, written."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from clusckpt.cli.judged import Judged
from clusckpt.files.trace_file import open_trace
from clusckpt.oracle import JudgementKind
from clusckpt.rules import rulebook
from clusckpt_spec.readings import READINGS, Reading

SliceFolder = Annotated[
    Path | None,
    typer.Option(
        "--slice",
        metavar="FOLDER",
        help="Write the shortest slice of each trace that violates a rule to this folder, and a "
        "test vector made from it.",
        show_default=False,
    ),
]


def show_slices(
    judged: Sequence[Judged], folder: Path, chosen: Reading | None, reading: str | None
) -> None:
    """Write the slices, and on standard error their lines and how to see the violation again.

    Args:
        judged: the traces with their judgements; those that violate a rule are sliced.
        folder: where to write.
        chosen: the one reading that judged, if it was chosen.
        reading: that reading as the user named it.

    Raises:
        UnusableInput: if the folder cannot be written to.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    violating = [one for one in judged if one.judgement.kind is JudgementKind.VIOLATES]
    for one, name in zip(violating, _names(violating), strict=True):
        by = chosen or READINGS[one.judgement.telling.reading]
        for line in _sliced(one, folder / name, by, reading or by.name):
            console.print(line)


def _names(judged: Sequence[Judged]) -> Iterator[str]:
    """The name of each file without its ending, with a number if another one has it too."""
    taken: set[str] = set()
    for one in judged:
        stem, number = Path(one.path).stem, 1
        name = stem
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield name


def _sliced(one: Judged, target: Path, by: Reading, reading: str) -> Iterator[str]:
    from clusckpt.slicing import sliced  # noqa: PLC0415 - Hypothesis comes with it, for this option
    from clusckpt.slicing.explanation import explaining  # noqa: PLC0415 - as above
    from clusckpt.slicing.writing import write_slice  # noqa: PLC0415 - as above

    violation = one.judgement.telling.violation
    if violation is None:
        return
    rules = rulebook(by)
    with Console(stderr=True).status("slicing") as status, open_trace(one.path) as trace:
        found = sliced(
            trace.header,
            trace.lines,
            rules,
            violation,
            progress=lambda trials, left: status.update(f"slicing: {left} lines, trial {trials}"),
        )
    written = write_slice(target.parent, target.name, found, rules)
    length = "shortest" if found.is_shortest else "shortest found in the work allowed"
    yield f"{one.path}:{violation.line} explained by {len(found.lines)} lines ({length} slice):"
    yield from explaining(found)
    yield f"   slice    {written.trace}"
    yield f"   vector   {written.vector or written.why_no_vector}"
    again = shlex.join(("clusckpt", "check", "--reading", reading, str(written.trace)))
    yield f"   again    {again}"
