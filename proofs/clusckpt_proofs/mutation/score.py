"""The score: all mutants of all actions under some readings, judged on as many cores as wanted."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from clusckpt_proofs.mutation.alone import Alone, answered, questions
from clusckpt_proofs.mutation.findings import Finding, judged
from clusckpt_proofs.mutation.judge import Fate
from clusckpt_proofs.mutation.tasks import Task, fingerprint
from clusckpt_proofs.recheck.workers import in_parallel

Portion = TypeVar("Portion")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Score:
    """What became of every mutant, and which mutant each claim alone catches."""

    findings: tuple[Finding, ...]
    alone: tuple[Alone, ...] = ()

    def fates(self, *fates: Fate) -> list[Finding]:
        """The findings with one of these fates."""
        return [one for one in self.findings if one.fate in fates]

    @property
    def ratio(self) -> float:
        """How many of the mutants that are no equivalents are killed."""
        killed = sum(one.killed for one in self.findings)
        wanted = len(self.findings) - len(self.fates(Fate.EQUIVALENT))
        return killed / wanted if wanted else 1.0

    @property
    def exit_status(self) -> int:
        """1 if a mutant survived, else 3 if one is unknown or there is none, else 0."""
        if self.fates(Fate.SURVIVED):
            return 1
        return 3 if self.fates(Fate.UNKNOWN) or not self.findings else 0

    @property
    def kills(self) -> Counter[tuple[str, str]]:
        """How many mutants each claim catches, by reading and claim."""
        return Counter((one.reading, name) for one in self.findings for name in one.killers)

    @property
    def own(self) -> Counter[tuple[str, str]]:
        """How many mutants each claim catches that no other does, by reading and claim."""
        return Counter(
            (one.reading, one.killers[0]) for one in self.findings if len(one.killers) == 1
        )


Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


def scored(
    chosen: Sequence[Task], *, alone: bool, jobs: int = 1, told: Told = lambda *_: None
) -> Score:
    """Judge the mutants of some tasks; then look for those that each claim `alone` catches.

    Raises:
        WorkerCrashed: if a process ended before its work.
    """
    prints = _each(fingerprint, chosen, jobs, partial(told, "reading the clauses"))
    alike: dict[str, Task] = {}
    for value, task in zip(prints, chosen, strict=True):
        first = alike.setdefault(value, replace(task, readings=()))
        alike[value] = replace(task, readings=(*first.readings, *task.readings))
    judgements = _each(judged, list(alike.values()), jobs, partial(told, "judging"))
    findings = tuple(finding for found in judgements for finding in found)
    asked = questions(findings) if alone else []
    return Score(findings, tuple(_each(answered, asked, jobs, partial(told, "looking for own"))))


def _each(
    work: Callable[[Portion], Outcome],
    portions: Sequence[Portion],
    jobs: int,
    told: Callable[[int, int], None],
) -> list[Outcome]:
    """The outcomes of some work, in the order of its portions."""
    found: dict[int, Outcome] = {}
    told(0, len(portions))
    for number, outcome in in_parallel(work, portions, jobs):
        found[number] = outcome
        told(len(found), len(portions))
    return [found[number] for number in range(len(portions))]
