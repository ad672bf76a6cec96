"""The application: its commands, and what happens to input that cannot be used."""

import os
import sys
from importlib import metadata
from typing import Annotated

import typer

from clusckpt.cli.check import check
from clusckpt.cli.conform import conform
from clusckpt.cli.demo import demo
from clusckpt.cli.gallery import gallery
from clusckpt.cli.prove import prove
from clusckpt.cli.review import review
from clusckpt.cli.rules import rules
from clusckpt.cli.vectors import vectors
from clusckpt.files.errors import UnusableInput
from clusckpt_spec.register import UnknownRule

UNUSABLE = 2

app = typer.Typer(
    name="clusckpt",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help=(
        "Do the checkpoint rules of a Windows failover cluster allow this?\n\n"
        "Start with [bold]clusckpt demo[/bold]. Exit status: 0 it holds, 1 a finding or "
        "violation, 2 unusable input or usage, 3 undecided or solver unknown."
    ),
)


def _version(value: bool) -> None:  # noqa: FBT001 - as typer calls it
    if value:
        typer.echo(f"clusckpt {metadata.version('clusckpt')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


for command in (demo, review, check, conform, gallery, prove, rules, vectors):
    app.command()(command)


def main() -> None:
    """Run the command line; bad input is a message and status 2, never a traceback."""
    try:
        app()
    except (UnusableInput, UnknownRule) as unusable:
        print(f"clusckpt: {unusable}", file=sys.stderr)  # noqa: T201 - the command line's message
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # The reader of our output has gone away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
