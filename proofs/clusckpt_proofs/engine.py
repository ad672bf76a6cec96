"""The engine: every obligation of every specification, discharged on as many cores as wanted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

from clusckpt_proofs.batches import discharged, portions
from clusckpt_proofs.counterexamples import counterexample_obligations
from clusckpt_proofs.everywhere import everywhere_obligations
from clusckpt_proofs.liveness import progress_obligations
from clusckpt_proofs.needed import needed_obligations
from clusckpt_proofs.obligation import Obligation, Verdict
from clusckpt_proofs.recheck.workers import in_parallel
from clusckpt_proofs.schedules import schedule_obligations
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_proofs.witnesses import witness_obligations
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS

PROVED_READINGS: tuple[Reading, ...] = tuple(READINGS.values())
"""The readings that the transition system covers: all that ship here."""

SOURCES = (
    unbounded_obligations,
    everywhere_obligations,
    progress_obligations,
    schedule_obligations,
    counterexample_obligations,
    witness_obligations,
    needed_obligations,
)
"""What has to be shown of a specification under a reading, kind by kind."""

Outcome = TypeVar("Outcome")

Done = Callable[[int, int], None]
"""Is told how many more obligations are discharged, and how many there are in all."""


def obligations(
    readings: Sequence[Reading] = PROVED_READINGS, only: RuleID | None = None
) -> list[Obligation]:
    """Every obligation, or those of one rule."""
    found = [
        obligation
        for reading in readings
        for specification in (CHECKPOINTS, CALLS, LISTS, CONTAINERS)
        for source in SOURCES
        for obligation in source(specification, reading)
    ]
    return [entry for entry in found if only is None or only in entry.rules]


def prove(
    readings: Sequence[Reading] = PROVED_READINGS,
    only: RuleID | None = None,
    *,
    jobs: int = 1,
    done: Done = lambda *_: None,
) -> Iterator[Verdict]:
    """Discharge every obligation, or those of one rule, yielding the verdicts in order.

    With more than one job, processes do it; the verdicts and their order are the same. `done` is
    told how many more obligations are discharged, and of how many in all.

    Raises:
        WorkerCrashed: if a process ended before its work.
    """
    yield from distributed(_verdicts, readings, only, jobs=jobs, done=done)


def distributed(
    work: Callable[[Sequence[Obligation]], list[Outcome]],
    readings: Sequence[Reading],
    only: RuleID | None,
    *,
    jobs: int,
    done: Done,
) -> Iterator[Outcome]:
    """Do some work with every obligation, portion by portion; the outcomes in order.

    Processes are sent readings by name, so a reading that does not ship here is proved in this one.
    """
    waiting = obligations(readings, only)
    planned = portions(waiting)
    if jobs > 1 and all(reading in PROVED_READINGS for reading in readings):
        names = tuple(reading.name for reading in readings)
        orders = [_Order(names, only, tuple(positions)) for positions in planned]
        outcomes = in_parallel(partial(_worked, work), orders, jobs)
    else:
        chosen = [[waiting[position] for position in positions] for positions in planned]
        outcomes = in_parallel(work, chosen, 1)
    ready: dict[int, Outcome] = {}
    following = 0
    for number, found in outcomes:
        ready.update(zip(planned[number], found, strict=True))
        done(len(found), len(waiting))
        while following in ready:
            yield ready.pop(following)
            following += 1


@dataclass(frozen=True)
class _Order:
    """What a process is sent: terms are not, so it makes the obligations again."""

    readings: tuple[str, ...]
    only: RuleID | None
    positions: tuple[int, ...]


def _worked(work: Callable[[Sequence[Obligation]], list[Outcome]], order: _Order) -> list[Outcome]:
    made = _made(order.readings, order.only)
    return work([made[position] for position in order.positions])


@lru_cache(maxsize=1)
def _made(readings: tuple[str, ...], only: RuleID | None) -> list[Obligation]:
    return obligations([READINGS[name] for name in readings], only)


def _verdicts(chosen: Sequence[Obligation]) -> list[Verdict]:
    return list(discharged(chosen))
