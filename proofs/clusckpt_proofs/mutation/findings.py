"""Findings: judgements in words and names, which can travel and be printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.judge import Fate, Judgement
from clusckpt_proofs.mutation.story import difference
from clusckpt_proofs.mutation.tasks import Task, drawn, judge_of
from clusckpt_spec.system.sorts import Term

_TOLD = (Fate.EQUIVALENT, Fate.SURVIVED, Fate.UNKNOWN)
"""The fates of which a person wants to know why."""


@dataclass(frozen=True)
class Finding:
    """What became of a mutant: which part of which clause was replaced, and who noticed.

    `killers` are the claims that fail; `moment` is the first of the tour's moments of the action
    that comes out differently; the story says why nobody noticed.
    """

    reading: str
    specification: str
    action: str
    name: str
    operator: str
    slip: str
    fate: Fate
    killers: tuple[str, ...] = ()
    moment: int | None = None
    story: tuple[str, ...] = ()

    @property
    def killed(self) -> bool:
        """Whether a claim or the tour notices the mutant."""
        return self.fate in {Fate.PROOF, Fate.WITNESS}


def judged(task: Task) -> list[Finding]:
    """What becomes of the mutants of a task, under each of its readings."""
    judge = judge_of(task)
    judgements = [judge.judgement(mutant) for mutant in drawn(task, judge.bench)]
    return [
        finding for judgement in judgements for finding in _findings(task, judge.bench, judgement)
    ]


def _findings(task: Task, bench: Bench, judgement: Judgement) -> Iterator[Finding]:
    mutant = judgement.mutant
    for reading in task.readings:
        fate = judgement.fate(reading)
        told = fate in _TOLD
        yield Finding(
            reading,
            task.specification,
            task.action,
            mutant.name,
            mutant.operator,
            f"{_line(mutant.old)}  ->  {_line(mutant.new)}" if told else "",
            fate,
            judgement.killers,
            judgement.moments.get(reading),
            _story(bench, judgement) if told else (),
        )


def _story(bench: Bench, judgement: Judgement) -> tuple[str, ...]:
    case = judgement.case
    if case is None:
        differing = bench.known_differences(judgement.mutant.clause)
        case = bench.cases[differing[0]] if differing else None
    if case is None:
        return (judgement.reason,) if judgement.reason else ()
    return tuple(difference(bench, judgement.mutant.clause, case))


def _line(term: Term | None) -> str:
    """A term on one line; what a free symbol becomes is no term."""
    return "anything" if term is None else " ".join(str(term).split())
