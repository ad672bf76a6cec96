"""Options that several commands share, and where their output goes."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from clusckpt.files.errors import UnusableInput
from clusckpt_spec.readings import READINGS, Reading

PLAIN_WIDTH = 100
"""How wide tables are where there is no terminal to ask."""


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How the answer is written.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", help="Write the answer to this file instead of standard output."),
]
ReadingOption = Annotated[
    str,
    typer.Option("--reading", help=f"The reading to judge by: {', '.join(READINGS)}."),
]


def chosen_reading(name: str) -> Reading:
    """The reading of that name.

    Raises:
        typer.BadParameter: if there is none; the message lists the allowed names.
    """
    if name not in READINGS:
        message = f"{name!r} is not a reading; allowed: {', '.join(READINGS)}"
        raise typer.BadParameter(message, param_hint="--reading")
    return READINGS[name]


@contextmanager
def opened(output: Path | None) -> Iterator[Console]:
    """A console on standard output, or on a file that the user named.

    Raises:
        UnusableInput: if the file cannot be written.
    """
    if output is None:
        width = None if sys.stdout.isatty() else PLAIN_WIDTH
        yield Console(file=sys.stdout, highlight=False, soft_wrap=True, width=width)
        return
    try:
        with output.open("w", encoding="utf-8") as stream:
            yield Console(file=stream, highlight=False, soft_wrap=True, width=PLAIN_WIDTH)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnusableInput(
            str(output),
            None,
            f"an output file that cannot be written ({reason})",
            "a path in a directory that exists and can be written to",
            "choose another --output",
        ) from error


def write_json(console: Console, document: Any) -> None:  # noqa: ANN401 - as json.dumps
    """Write a document as JSON, readable and stable."""
    console.out(json.dumps(document, indent=2, ensure_ascii=False), highlight=False)
