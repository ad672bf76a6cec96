"""Tasks: the mutants of one action under one reading, made ready in any process.

Terms do not travel between processes; names do, and the terms are made again from them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.cases import Case
from clusckpt_proofs.mutation.finite import Instance
from clusckpt_proofs.mutation.judge import Judge
from clusckpt_proofs.mutation.mutants import Mutant, mutants
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS
from clusckpt_proofs.witnesses import Tour
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.sorts import Scope, unbounded
from clusckpt_spec.system.symbols import declarations
from clusckpt_spec.system.system import Specification, TransitionSystem

_CONTENTS = 3
"""So many data the solver's instance has: absent, empty, and one content beside them."""

WIDE = Scope(node=3, resource=3, key=3, data=4)
"""The larger instance, for mutants that nothing catches in the other one."""


@dataclass(frozen=True)
class Task:
    """An action under readings that say the same of it, and how many of its mutants to draw.

    A sample of 0 is all of them. If the task is `quick`, the solver is not asked whether a claim
    fails too where the tour does, nor for larger instances.
    """

    readings: tuple[str, ...]
    specification: str
    action: str
    sample: int = 0
    seed: int = 0
    quick: bool = False


def planned(
    readings: Sequence[Reading],
    actions: Sequence[str] = (),
    *,
    sample: int = 0,
    seed: int = 0,
    quick: bool = False,
) -> list[Task]:
    """Every action of every specification under some readings, or the named ones."""
    return [
        Task((reading.name,), specification.name, action.name, sample, seed, quick)
        for reading in readings
        for specification in SPECIFICATIONS.values()
        for action in specification.actions_under(reading)
        if not actions or action.name in actions
    ]


def judge_of(task: Task) -> Judge:
    """The judge of the mutants of a task."""
    specification = SPECIFICATIONS[task.specification]
    action = next(one for one in specification.actions if one.name == task.action)
    runs = {name: Tour(specification, READINGS[name]) for name in task.readings}
    tours = {name: tuple(_cases(tour, action)) for name, tour in runs.items()}
    scope = runs[task.readings[0]].program.scope
    small, large = (_instance(task, one) for one in (_narrowed(specification, scope), WIDE))
    bench = Bench(small, action, tours)
    return Judge(bench, None if task.quick else Bench(large, action), thorough=not task.quick)


def drawn(task: Task, bench: Bench) -> list[Mutant]:
    """The mutants of a task: all, or as many as were asked for, drawn with its seed."""
    every = list(mutants(bench.instance.system, bench.clause))
    if not 0 < task.sample < len(every):
        return every
    generator = random.Random(f"{task.seed}/{task.action}")  # noqa: S311 - a sample, no secret
    return generator.sample(every, task.sample)


def fingerprint(task: Task) -> str:
    """What the claims say of a task: equal for tasks of which the same claims fail."""
    bench = judge_of(task).bench
    system, clause = bench.instance.system, bench.clause
    invariants = system.specification.invariants_under(system.reading)
    parts = [
        *(term.sexpr() for term in system.axioms.values()),
        *(entry.formula(system.before).sexpr() for entry in invariants),
        *(f"{name} {term.sexpr()}" for name, term in bench.claims.items()),
        *(f"{entry.name} {entry.body.sexpr()}" for entry in clause.definitions),
        *(f"{symbol} {name}" for symbol, name in clause.final.items()),
        clause.guard.sexpr(),
        repr(replace(task, readings=())),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def _narrowed(specification: Specification, scope: Scope) -> Scope:
    """The scope with no more data than needed, if no table has an entry for each of them."""
    if any("data" in entry.domain for entry in declarations(specification.state_type)):
        return scope
    return replace(scope, data=min(scope.data, _CONTENTS))


def _cases(tour: Tour, action: Action) -> Iterator[Case]:
    """The moments of a tour that do an action, as cases."""
    program = tour.program
    names = [entry.name for entry in program.symbols]
    parameters = [name for name, _ in action.parameters]
    for _, state, (_, elements) in tour.moments(action):
        tables = {**program.rigid, **dict(zip(names, state, strict=True))}
        yield Case(tables, dict(zip(parameters, elements, strict=True)), program.scope)


def _instance(task: Task, scope: Scope) -> Instance:
    return _made(task.readings[0], task.specification, scope)


@lru_cache(maxsize=4)
def _made(reading: str, specification: str, scope: Scope) -> Instance:
    system = TransitionSystem(SPECIFICATIONS[specification], READINGS[reading], unbounded())
    return Instance(system, scope)
