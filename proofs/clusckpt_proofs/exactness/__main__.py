"""The command: `python -m clusckpt_proofs.exactness`."""

import argparse
import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from clusckpt_proofs.exactness import EXACT_READINGS, Compared
from clusckpt_proofs.exactness.portions import all_portions, portion
from clusckpt_proofs.recheck.workers import in_parallel

DESCRIPTION = """Compare, on every design of two nodes, two resources and up to two keys, what the
networkx analysis flags, what the transition system can reach, and what the reference model
executes. Exit status: 0 if all three agree on every design, 1 if not."""

NAMES = [reading.name for reading in EXACT_READINGS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare everything, print a table, and return the exit status."""
    chosen = _parser().parse_args(arguments)
    console, terminal = Console(), Console(stderr=True)
    portions = all_portions(chosen.reading)
    found: list[Compared] = []
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        task = progress.add_task("designs", total=len(portions))
        for _, some in in_parallel(portion, portions, chosen.jobs):
            found += some
            progress.advance(task)
    console.print(table(chosen.reading, found))
    for one in found:
        if not one.agrees:
            console.print(f"disagreement under {one.reading}: {one}", markup=False)
    return 0 if all(one.agrees for one in found) else 1


def table(names: Sequence[str], found: Sequence[Compared]) -> Table:
    """How many designs there were, how many lose data by each account, and what was visited."""
    shown = Table("reading", "designs", "flagged", "reachable", "executed", "states", "disagree")
    for name in names:
        own = [one for one in found if one.reading == name]
        shown.add_row(
            name,
            str(len(own)),
            str(sum(bool(one.flagged) for one in own)),
            str(sum(bool(one.lost) for one in own)),
            str(sum(bool(one.executed) for one in own)),
            str(sum(one.states for one in own)),
            str(sum(not one.agrees for one in own)),
        )
    return shown


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m clusckpt_proofs.exactness", description=DESCRIPTION)
    parser.add_argument("--reading", nargs="+", choices=NAMES, default=NAMES, metavar="NAME")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
