"""Alone: for each claim, a mutant that this claim catches and no other of its kind does.

An invariant stands beside the other invariants: theorems say of single actions what these do, so
they notice most slips in them as well. A theorem stands beside every other claim. The solver is
first asked for a finite case in which a rival fails; that there is none is then proved, for any
number of nodes, resources and keys. An invariant that no slip is left for either follows from the
others, or is the only one to catch an update that is loosened as far as the others allow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import z3

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.findings import Finding
from clusckpt_proofs.mutation.loosened import loosened
from clusckpt_proofs.mutation.mutants import Mutant, mutants
from clusckpt_proofs.mutation.relation import relation
from clusckpt_proofs.mutation.tasks import Task, judge_of
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS
from clusckpt_spec.readings import READINGS
from clusckpt_spec.system.sorts import unbounded
from clusckpt_spec.system.system import TransitionSystem

TIMEOUT_MILLISECONDS = 5_000
"""How long the solver may take to prove one other claim."""

_CANDIDATES = 60
"""So many mutants of one claim are tried, at most."""

_PROOFS = 4
"""So many of them are tried to be proved, at most."""


@dataclass(frozen=True)
class Question:
    """A claim of a reading, and mutants that it alone catches as far as known cases tell."""

    reading: str
    specification: str
    claim: str
    candidates: tuple[tuple[str, str], ...]
    """Actions and names of mutants."""


@dataclass(frozen=True)
class Alone:
    """The mutant that the claim of a reading alone catches; None if none is known.

    If it `follows` from the other invariants, then no mutation could be caught by it alone.
    """

    reading: str
    specification: str
    claim: str
    invariant: bool
    mutant: str | None
    follows: bool = False


def questions(findings: Sequence[Finding]) -> list[Question]:
    """For each claim of the readings that were judged, the mutants that may be its own."""
    found = []
    judged = {(one.reading, one.specification): None for one in findings}
    for reading, specification in judged:
        mine = [
            one for one in findings if (one.reading, one.specification) == (reading, specification)
        ]
        for claim in _claims(reading, specification):
            rivals = _rivals(specification, claim)
            own = [
                (one.action, one.name)
                for one in mine
                if claim in one.killers and not any(map(rivals, one.killers))
            ]
            found.append(Question(reading, specification, claim, tuple(own[:_CANDIDATES])))
    return found


def answered(question: Question) -> Alone:
    """Prove of the first candidate that can be proved that no other claim catches it."""
    reading, specification = question.reading, question.specification
    names = {entry.name for entry in SPECIFICATIONS[specification].invariants}
    promising = (
        (bench, mutant)
        for bench, mutant in _candidates(question)
        if not _finitely_another(bench, mutant, question.claim)
    )
    proved = None
    for bench, mutant in islice(promising, _PROOFS):
        if _only(bench, mutant, question.claim):
            proved = mutant.name
            break
    invariant = question.claim in names
    if proved is not None or not invariant:
        return Alone(reading, specification, question.claim, invariant, proved)
    if _follows(question):
        return Alone(reading, specification, question.claim, invariant, None, follows=True)
    wider = loosened(SPECIFICATIONS[specification], reading, question.claim)
    return Alone(reading, specification, question.claim, invariant, wider)


def _candidates(question: Question) -> Iterator[tuple[Bench, Mutant]]:
    for action, chosen in groupby(question.candidates, key=lambda one: one[0]):
        wanted = {name for _, name in chosen}
        bench = judge_of(Task((question.reading,), question.specification, action)).bench
        for mutant in mutants(bench.instance.system, bench.clause):
            if mutant.name in wanted:
                yield bench, mutant


def _finitely_another(bench: Bench, mutant: Mutant, claim: str) -> bool:
    """Whether another claim fails in a case that is known by now, or that the solver finds."""
    rival = _rivals(bench.instance.system.specification.name, claim)
    if any(map(rival, bench.known_broken(mutant.clause))):
        return True
    broken = bench.broken(bench.terms, mutant.clause)
    return bench.example({name: one for name, one in broken.items() if rival(name)}) is not None


def _rivals(specification: str, claim: str) -> Callable[[str], bool]:
    """Whether another claim is one that this one is compared with."""
    names = {entry.name for entry in SPECIFICATIONS[specification].invariants}
    return lambda name: name != claim and (claim not in names or name in names)


def _follows(question: Question) -> bool:
    """Whether an invariant is proved of every state of which the others hold."""
    specification, reading = SPECIFICATIONS[question.specification], READINGS[question.reading]
    system = TransitionSystem(specification, reading, unbounded())
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT_MILLISECONDS)
    solver.add(*system.axioms.values())
    for entry in specification.invariants_under(reading):
        formula = entry.formula(system.before)
        solver.add(z3.Not(formula) if entry.name == question.claim else formula)
    return bool(solver.check() == z3.unsat)


def _claims(reading: str, specification: str) -> Iterator[str]:
    chosen = SPECIFICATIONS[specification]
    yield from (entry.name for entry in chosen.invariants_under(READINGS[reading]))
    yield from (entry.name for entry in chosen.theorems_under(READINGS[reading]))
    yield from (entry.name for entry in chosen.step_theorems_under(READINGS[reading]))


def _only(bench: Bench, mutant: Mutant, claim: str) -> bool:
    """Whether every other claim that it is compared with is proved of the mutant."""
    system = bench.instance.system
    rival = _rivals(system.specification.name, claim)
    known = [*system.axioms.values(), system.invariant, relation(system, mutant.clause)]
    for name, term in bench.claims.items():
        if not rival(name):
            continue
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MILLISECONDS)
        solver.add(*known, z3.Not(term))
        if solver.check() != z3.unsat:
            return False
    return True
