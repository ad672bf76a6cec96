"""The options that plant a bug or an oddity, for the service and for the process of each node."""

import argparse

from .bugs import BUGS
from .oddities import ODDITIES
from .planted import plant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command line name what is to be planted: one thing, or nothing."""
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--bug", choices=tuple(BUGS), help="plant a bug, which breaks a rule")
    one.add_argument("--odd", choices=tuple(ODDITIES), help="plant what is odd, and allowed")


def plant_chosen(chosen: argparse.Namespace) -> None:
    """Plant in this process what the command line names."""
    if chosen.bug is not None:
        plant(BUGS, chosen.bug)
    if chosen.odd is not None:
        plant(ODDITIES, chosen.odd)


def arguments_of(chosen: argparse.Namespace) -> list[str]:
    """The arguments by which another process plants the same.

    >>> arguments_of(argparse.Namespace(bug="captures nothing", odd=None))
    ['--bug', 'captures nothing']
    """
    named = (("--bug", chosen.bug), ("--odd", chosen.odd))
    return [text for option, name in named if name is not None for text in (option, name)]
