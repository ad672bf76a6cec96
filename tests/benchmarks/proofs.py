"""How long the unbounded proofs take, beside the same obligations at finite sizes.

`python -m tests.benchmarks.proofs --help` says how. A proof for any size is asked once; the same
obligation about clusters of one size, grounded, grows with that size and says less.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

import z3
from rich.console import Console
from rich.table import Table

from clusckpt_proofs import PROVED_READINGS, Kind, Obligation, Verdict, prove
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.ground import ground
from clusckpt_spec.system.sorts import Scope, Sorts, enumerated, unbounded

EXECUTED = (Kind.WITNESS, Kind.NEEDED)
"""What is executed, or looked for at a finite size, and not proved for any."""

WIDTH = 120
"""How wide tables are where there is no terminal to ask."""

SLOWEST = 5
"""So many of the slowest proofs are named."""


@dataclass(frozen=True)
class Measured:
    """What some obligations took, one by one, and how many of them were proved."""

    seconds: tuple[float, ...]
    proved: int

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The columns of the table: obligations, proved, total and slowest."""
        total, slowest = sum(self.seconds), max(self.seconds, default=0.0)
        return str(len(self.seconds)), str(self.proved), f"{total:.2f} s", f"{slowest:.3f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and return the exit status: 0 unless something was not proved."""
    chosen = _parser().parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    readings = [READINGS[name] for name in chosen.reading or READINGS]
    status = _every_proof(console, readings, chosen.jobs)
    _finite_sizes(console, readings[0], chosen)
    return status


def _every_proof(console: Console, readings: Sequence[Reading], jobs: int) -> int:
    began = perf_counter()
    proofs = [one for one in prove(readings, jobs=jobs) if one.kind not in EXECUTED]
    everything = perf_counter() - began
    console.print(proof_table(proofs, f"unbounded proofs, {jobs} jobs, {len(readings)} readings"))
    console.print(f"with witnesses and counterexamples, all of it took {everything:.1f} s")
    return 0 if all(one.result == "holds" for one in proofs) else 1


def proof_table(proofs: Sequence[Verdict], title: str) -> Table:
    """The totals, and the slowest proofs."""
    table = Table("what", "seconds", title=title, min_width=WIDTH - 20)
    total = sum(one.seconds for one in proofs)
    shared = sum(bool(one.story) for one in proofs)
    table.add_row(f"all {len(proofs)}, on one core", f"{total:.2f}")
    table.add_row(f"of which {shared} share the proof of the same terms", "")
    for one in sorted(proofs, key=lambda one: one.seconds, reverse=True)[:SLOWEST]:
        table.add_row(one.name, f"{one.seconds:.3f}")
    return table


def _finite_sizes(console: Console, reading: Reading, chosen: argparse.Namespace) -> None:
    title = f"{chosen.sample} of the same obligations at each size, {reading.name}, one by one"
    table = Table(
        "nodes x resources x keys", "obligations", "proved", "total", "slowest", title=title
    )
    limit = round(chosen.limit * 1000)
    table.add_row(
        "any number", *measured(sampled(reading, unbounded(), chosen.sample), limit).cells
    )
    for size in chosen.size or (2, 3, 4):
        sorts = enumerated(Scope(node=size, resource=size, key=size, data=size + 1))
        row = measured(sampled(reading, sorts, chosen.sample), limit, grounded=True)
        table.add_row(f"{size} x {size} x {size}", *row.cells)
    console.print(table)
    console.print(f"not proved means that the solver was stopped after {chosen.limit:g} s")


def sampled(reading: Reading, sorts: Sorts, number: int) -> list[Obligation]:
    """So many obligations, spread evenly over all of the reading, the same ones over any sorts."""
    every = list(unbounded_obligations(CHECKPOINTS, reading, sorts))
    return every[:: max(1, len(every) // number)][:number]


def measured(
    obligations: Iterable[Obligation], milliseconds: int, *, grounded: bool = False
) -> Measured:
    """Refute each obligation with a solver of its own; grounding is part of its time."""
    seconds, proved = [], 0
    for obligation in obligations:
        if obligation.refutation is None:
            continue
        began = perf_counter()
        solver = z3.Solver()
        solver.set("timeout", milliseconds)
        terms = obligation.refutation()
        solver.add(*(ground(term) if grounded else term for term in terms))
        proved += solver.check() == z3.unsat
        seconds.append(perf_counter() - began)
    return Measured(tuple(seconds), proved)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.proofs", description=__doc__)
    names = [reading.name for reading in PROVED_READINGS]
    parser.add_argument("--reading", action="append", choices=names, help="default: all readings")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="default: all cores")
    parser.add_argument("--size", type=int, action="append", help="a finite size; default: 2 3 4")
    parser.add_argument("--sample", type=int, default=20, help="default: %(default)s obligations")
    parser.add_argument(
        "--limit", type=float, default=60.0, help="seconds for one obligation; default: %(default)s"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
