"""The campaign: many long runs of the model under each reading, beyond what the default run does.

`python -m tests.campaign --help` says how. Each run is judged by every property, and a few are held
against the transition system. It ends with status 1 if anything was found.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import count

from hypothesis import HealthCheck, Phase, settings
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from clusckpt.properties import Run, started
from clusckpt.properties.shortest import shortened
from clusckpt.rules import Rulebook, rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_proofs.agreement import Carrier
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import READINGS
from tests.machines import RuleBroken, check_agreement, check_model

_PORTION = 200
"""So many runs are made at a time, by one process."""

_KEYS = ("A", "A\\B", "A\\B\\C", "D")


@dataclass(frozen=True)
class Portion:
    """Some runs under a reading: of the model, or of model and system side by side."""

    reading: str
    runs: int
    steps: int
    seed: int
    agreement: bool = False


@dataclass(frozen=True)
class Report:
    """What a portion has done: events that were judged, seconds, and what was found, or nothing."""

    portion: Portion
    events: int
    seconds: float
    found: str = ""


def made(portion: Portion) -> Report:
    """Make the runs of a portion."""
    began, events = time.perf_counter(), count()
    check = _agreement if portion.agreement else _model
    found = ""
    try:
        check(portion, events)
    except RuleBroken as broken:
        run, violation = shortened(broken.begun, broken.run.program)
        found = str(RuleBroken(violation, broken.begun, run))
    except Exception as error:  # noqa: BLE001 - a crash of the model is a find as well
        notes = "\n".join(getattr(error, "__notes__", ()))
        found = f"{type(error).__name__}: {error}\n{notes}"
    return Report(portion, next(events), time.perf_counter() - began, found)


def _model(portion: Portion, events: Iterator[int]) -> None:
    rules = rulebook(READINGS[portion.reading])

    def counted(state: ClusterState, event: AnyEvent, rules: Rulebook) -> frozenset[Outcome]:
        next(events)
        return step(state, event, rules)

    def begin(state: ClusterState) -> Run:
        return started(rules, state, behaviour=counted)

    check_model(begin, _settings(portion), portion.seed)


def _agreement(portion: Portion, _events: Iterator[int]) -> None:
    reading = READINGS[portion.reading]
    impossible = frozenset({(0, 2), (1, 0)})
    carrier = Carrier("campaign", 3, 3, _KEYS, 3, reading=reading, impossible=impossible)
    check_agreement(carrier, _settings(portion), first=portion.seed)


def _settings(portion: Portion) -> settings:
    """Runs that are not shrunk by Hypothesis: `shortened` is much faster and has no other aim."""
    return settings(
        max_examples=portion.runs,
        stateful_step_count=portion.steps,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def portions(
    names: Sequence[str], runs: int, steps: int, agreement: int, seed: int
) -> list[Portion]:
    """All portions of a campaign; the readings take turns, so that a find comes early."""
    sizes = [min(_PORTION, runs - done) for done in range(0, runs, _PORTION)]
    numbers = count(seed)
    together = [Portion(name, agreement, steps, next(numbers), agreement=True) for name in names]
    alone = [Portion(name, size, steps, next(numbers)) for size in sizes for name in names]
    return [*(together if agreement else ()), *alone]


def campaign(planned: Sequence[Portion], jobs: int, done: Callable[[Report], None]) -> list[Report]:
    """The reports of all portions; a reading under which something was found is not run again."""
    reports: list[Report] = []
    if jobs == 1:
        for portion in planned:
            if not any(one.found and one.portion.reading == portion.reading for one in reports):
                reports.append(made(portion))
                done(reports[-1])
        return reports
    with ProcessPoolExecutor(jobs) as pool:
        futures: dict[Future[Report], Portion] = {pool.submit(made, one): one for one in planned}
        for future in as_completed(futures):
            if not future.cancelled():
                reports.append(future.result())
                done(reports[-1])
                _cancel(futures, reports[-1])
    return reports


def _cancel(futures: dict[Future[Report], Portion], report: Report) -> None:
    for future, portion in futures.items():
        if report.found and portion.reading == report.portion.reading:
            future.cancel()


def table(names: Sequence[str], reports: Sequence[Report]) -> Table:
    """What was done under each reading."""
    shown = Table("reading", "runs", "steps", "judged events", "seconds", "events/s", "violations")
    for name in names:
        own = [one for one in reports if one.portion.reading == name]
        alone = [one for one in own if not one.portion.agreement]
        seconds = sum(one.seconds for one in alone)
        events = sum(one.events for one in alone)
        shown.add_row(
            name,
            str(sum(one.portion.runs for one in own)),
            str(sum(one.portion.runs * one.portion.steps for one in own)),
            str(events),
            f"{sum(one.seconds for one in own):.0f}",
            f"{events / seconds:.0f}" if seconds else "-",
            str(sum(bool(one.found) for one in own)),
        )
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign; print what it finds when it finds it, and a table in the end."""
    chosen = _parsed(arguments)
    names = chosen.reading or list(READINGS)
    first = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(2**32)
    planned = portions(names, chosen.runs, chosen.steps, chosen.agreement, first)
    console = Console()
    console.print(f"seed {first}")
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("runs", total=sum(one.runs for one in planned))

        def done(report: Report) -> None:
            progress.advance(task, report.portion.runs)
            if report.found:
                console.print(f"\n{report.portion.reading}:", style="bold")
                console.print(report.found, markup=False, highlight=False)

        reports = campaign(planned, chosen.jobs, done)
    console.print(table(names, reports))
    return 1 if any(one.found for one in reports) else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.campaign", description=__doc__)
    parser.add_argument("--reading", nargs="+", choices=list(READINGS), metavar="NAME")
    parser.add_argument("--runs", type=int, default=10_000, help="runs under each reading")
    parser.add_argument("--steps", type=int, default=50, help="steps of each run")
    parser.add_argument("--agreement", type=int, default=20, help="runs beside the system")
    parser.add_argument("--seed", type=int, help="the seed of an earlier campaign")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
