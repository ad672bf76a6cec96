"""`clusckpt prove --counterexamples`: where a reading does not promise a rule, as traces."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from clusckpt.files.trace_file import dump_trace
from clusckpt_spec.readings import Reading


def write_counterexamples(console: Console, readings: Sequence[Reading], folder: Path) -> None:
    """Write one trace for each rule of the page that a reading does not promise, and list them.

    Raises:
        typer.BadParameter: if the folder cannot be written, or a file of that name is there.
    """
    from clusckpt_proofs.counterexamples import told_as_traces

    table = Table("reading", "not promised as on the page", "because of", "trace")
    for reading in readings:
        for found, trace in told_as_traces(reading):
            path = folder / f"{reading.name}-{found.invariant.name}.jsonl"
            _write(path, dump_trace(trace))
            table.add_row(reading.name, found.invariant.name, found.cause, path.name)
    console.print(table)
    console.print(f"in {folder}: each is allowed under its reading, as")
    console.print("  clusckpt check --reading READING TRACE", highlight=False)
    console.print("says; without --reading, it says which readings allow it.")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise typer.BadParameter(message, param_hint="--counterexamples") from error
