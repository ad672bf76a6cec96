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
from clusckpt.files.reading_file import load_reading
from clusckpt.files.wording import quoted
from clusckpt_spec.formats.reading import READING_FORMAT
from clusckpt_spec.readings import READINGS, Reading

READING_SUFFIX = ".toml"

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
    typer.Option(
        "--reading",
        help=f"The reading to judge by: {', '.join(READINGS)}, or the path of a TOML file.",
    ),
]


def chosen_reading(chosen: str) -> Reading:
    """The reading of that name, or the one in the file with that path.

    Raises:
        UnusableInput: if it is the path of a file that holds no reading.
        typer.BadParameter: if it is neither; the message lists the allowed names.
    """
    if chosen in READINGS:
        return READINGS[chosen]
    if names_a_file(chosen):
        return load_reading(chosen)
    message = (
        f"{quoted(chosen)} is not a reading; allowed: {', '.join(READINGS)}, or the path of a TOML "
        f"file in {READING_FORMAT} (with {READING_SUFFIX} at its end or a separator in it)"
    )
    raise typer.BadParameter(message, param_hint="--reading")


def names_a_file(chosen: str) -> bool:
    r"""Whether a reading is chosen by path: by its ending or a separator, never by what exists.

    >>> [names_a_file(chosen) for chosen in ("mscs-page", "ours.toml", "./ours", "c:\\ours")]
    [False, True, True, True]
    """
    return chosen.lower().endswith(READING_SUFFIX) or "/" in chosen or "\\" in chosen


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
