"""Counterexamples: where a reading does not promise what the page says, a run that shows it.

Each rule of the page is an invariant that is proved under `mscs-page`. Under another reading it
may be promised with more premises, or not at all; then one of these runs, which can occur under
that reading, ends in a state that breaks the page's rule to the letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from clusckpt_proofs.agreement import Carrier, retold
from clusckpt_proofs.names import instance_name
from clusckpt_proofs.obligation import Answer, Kind, Obligation, Result
from clusckpt_proofs.recheck.records import Breaks
from clusckpt_proofs.runs import recorded
from clusckpt_proofs.tour import Schedule, run
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import MSCS_PAGE, Reading
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.invariants.page import PAGE
from clusckpt_spec.system.program import Concrete, Program
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import Specification

N1, N2 = range(2)
(R1,) = range(1)
(A,) = range(1)
EMPTY, OLD, NEW = 1, 2, 3
"""The data are absent, empty, OLD and NEW."""

_SET_UP: Schedule = (
    ("write", (N1, A, EMPTY)),
    ("write", (N1, A, OLD)),
    ("add_checkpoint", (R1, A)),
)
_RESTORED: Schedule = (("begin_online", (R1,)), ("restore", (R1, A)))
_ONLINE: Schedule = (*_RESTORED, ("complete_online", (R1,)))
_CHANGED: Schedule = (*_SET_UP, *_ONLINE, ("write", (N1, A, NEW)))
_CRASHED: Schedule = (*_CHANGED, ("crash", (N1,)), ("failover", (R1, N2)), *_RESTORED)
_ASTRAY: Schedule = (
    *_SET_UP,
    ("write", (N1, A, NEW)),
    ("block", (N1, A)),
    ("begin_online", (R1,)),
    ("fail_restore", (R1, A, A)),
)

_SAVING: Schedule = (*_CHANGED, ("begin_offline", (R1,)))

RUNS: Mapping[str, Schedule] = {
    "a change that still waits": _CHANGED,
    "a backup while a change waits": (*_CHANGED, ("backup", ())),
    "a crash before the capture": _CRASHED,
    "a change after the restore": (*_SET_UP, *_RESTORED, ("write", (N1, A, NEW))),
    "a restore that failed": _ASTRAY,
    "online although a restore failed": (*_ASTRAY, ("complete_online", (R1,))),
    "online again after a crash": (*_CRASHED, ("complete_online", (R1,))),
    "an offline before the capture": (*_SAVING, ("complete_offline", (R1,))),
    "online without a restore": (*_SET_UP, ("write", (N1, A, NEW)), *_ONLINE),
}
"""The runs, each under a name that says what happens in it."""


@dataclass(frozen=True)
class Refuted:
    """A rule of the page, a reading that does not promise it, and the run that shows why."""

    invariant: Invariant
    reading: Reading
    cause: str
    schedule: Schedule

    @cached_property
    def states(self) -> list[Concrete]:
        """The states of the run, the first included."""
        program = told_program(self.reading)
        return run(program, first_state(program), self.schedule)


def told_carrier(reading: Reading) -> Carrier:
    """The cluster of the runs: two nodes, one resource, one key."""
    return Carrier(f"counterexamples, {reading.name}", 2, 1, ("A",), 3, reading)


@cache
def told_program(reading: Reading) -> Program:
    """The transition system on that cluster, with history; no conflict involves its resource."""
    program = told_carrier(reading).program
    return replace(program, rigid={**program.rigid, "alone": (True,)}, history=True)


def first_state(program: Program) -> Concrete:
    """Both nodes up with empty registries, the resource offline on the first."""
    tables = {
        entry.name: program.uniform(entry.name, False if entry.range == "bool" else 0)
        for entry in program.symbols
    }
    return program.concrete(**{**tables, "up": (True, True)})


def as_on_the_page(invariant: Invariant, program: Program) -> Term:
    """The invariant as `mscs-page` promises it, about the states of a program."""
    return invariant.formula(declare(State, program.state.sorts, MSCS_PAGE))


def promised(invariant: Invariant, reading: Reading) -> bool:
    """Whether a reading promises an invariant with the premises of `mscs-page`, and no others."""
    if not invariant.when(reading):
        return False
    program = told_program(reading)
    return bool(invariant.formula(program.state).eq(as_on_the_page(invariant, program)))


def arises(invariant: Invariant, reading: Reading) -> bool:
    """Whether what an invariant speaks of can occur: nothing is restored where nothing restores."""
    speaks_of_restores = "restored" in invariant.claim(told_program(reading).state).premises
    return restores(reading) or not speaks_of_restores


def refuted(invariant: Invariant, reading: Reading) -> Refuted | None:
    """The first run that breaks a rule of the page under a reading; None if none of them does."""
    program = told_program(reading)
    holds = program.predicate(as_on_the_page(invariant, program))
    for cause in RUNS:
        found = Refuted(invariant, reading, cause, told(cause, reading))
        if _possible(found) and not holds(found.states[-1]):
            return found
    return None


def told(cause: str, reading: Reading) -> Schedule:
    """One of the runs; where nothing is restored at an online, copies are replicated instead."""
    if restores(reading):
        return RUNS[cause]
    replicated = {"add_checkpoint": (("replicate", (R1, A, N2)),)}
    return tuple(
        each
        for instance in RUNS[cause]
        if instance[0] != "restore"
        for each in (instance, *replicated.get(instance[0], ()))
    )


def counterexample_obligations(
    specification: Specification, reading: Reading
) -> Iterator[Obligation]:
    """A counterexample for every rule of the page that a reading does not promise as it stands."""
    for invariant in PAGE if specification is CHECKPOINTS else ():
        if not promised(invariant, reading) and arises(invariant, reading):
            name = f"{reading.name}/{specification.name}/counterexample/{invariant.name}"
            yield Obligation(
                name, Kind.COUNTEREXAMPLE, invariant.rules, partial(_shown, invariant, reading)
            )


def _shown(invariant: Invariant, reading: Reading) -> Answer:
    """The answer to the obligation: the run that breaks the invariant, told."""
    found = refuted(invariant, reading)
    if found is None:
        story = f"no known run breaks it under {reading.name}, and it is not proved"
        return Answer(Result.FAILS, (story,))
    program = told_program(reading)
    told = (instance_name(program, instance) for instance in found.schedule)
    shows = Breaks(invariant=invariant.name)
    record = recorded(program, found.states[0], found.schedule, shows)
    return Answer(Result.HOLDS, (f"counterexample: {found.cause}", *told), record)


def _possible(found: Refuted) -> bool:
    existing = {action.name for action in CHECKPOINTS.actions_under(found.reading)}
    if not existing.issuperset(name for name, _ in found.schedule):
        return False
    try:
        return bool(found.states)
    except ValueError:
        return False


def told_as_traces(reading: Reading) -> Iterator[tuple[Refuted, Trace]]:
    """Every counterexample of a reading, with its run as a trace of the reference model."""
    for invariant in PAGE:
        if not promised(invariant, reading) and arises(invariant, reading):
            found = refuted(invariant, reading)
            if found is not None:
                title = f"{invariant.name} is not promised by {reading.name}: {found.cause}"
                yield found, retold(told_carrier(reading), found.schedule, title)
