"""Whether a run, executed again, shows what it says it shows."""

from functools import lru_cache

import msgspec
import z3

from clusckpt_proofs.recheck.execution import Executed, named
from clusckpt_proofs.recheck.records import Applies, Breaks, Happens, Met, Run, Shown, Stuck
from clusckpt_proofs.recheck.tables import NotARun
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.symbols import declare


def execution_fault(run: Run) -> str | None:
    """Why a run is not the evidence that it says it is; None if it is."""
    try:
        done = executed(run)
        return None if _is_shown(done, run.shows) else "it does not show what it says"
    except NotARun as fault:
        return str(fault)


def executed(run: Run) -> Executed:
    """The run, executed.

    Raises:
        NotARun: if it cannot be.
    """
    return _executed(msgspec.json.encode(msgspec.structs.replace(run, shows=_ANYTHING)))


_ANYTHING = Happens(action="anything", step=0)
"""What stands for what a run shows, so that a run that shows much is executed once."""


@lru_cache(maxsize=4)
def _executed(encoded: bytes) -> Executed:
    return Executed(msgspec.json.decode(encoded, type=Run))


def _is_shown(done: Executed, shown: Shown) -> bool:
    match shown:
        case Happens():
            return _happens(done, shown)
        case Met():
            return _met(done, shown)
        case Applies():
            return _applies(done, shown)
        case Breaks():
            return _breaks(done, shown)
        case Stuck():
            return done.program.step(done.states[-1], done.instance(shown)) is None


def _happens(done: Executed, shown: Happens) -> bool:
    return 0 < shown.step <= len(done.schedule) and done.schedule[shown.step - 1][0] == shown.action


def _met(done: Executed, shown: Met) -> bool:
    specification, reading = done.program.specification, done.program.reading
    claim = named(shown.invariant, specification.invariants_under(reading))
    chosen = done.elements(claim.variables, shown.elements)
    premises = z3.And(*claim.claim(done.program.state).premises.values())
    met = done.program.predicate(premises, *(name for name, _ in claim.variables))
    return shown.step < len(done.states) and met(done.states[shown.step], *chosen)


def _applies(done: Executed, shown: Applies) -> bool:
    program = done.program
    specification, reading = program.specification, program.reading
    every: tuple[ActionTheorem | StepTheorem, ...] = (
        *specification.theorems_under(reading),
        *specification.step_theorems_under(reading),
    )
    claim = named(shown.theorem, every)
    chosen = done.elements(claim.variables, shown.elements)
    if not 0 < shown.step <= len(done.schedule):
        return False
    action, arguments = done.schedule[shown.step - 1]
    given = dict(zip(_parameters(done, action), arguments, strict=True))
    if not _speaks_of(claim, action):
        return False
    given |= zip((name for name, _ in claim.variables), chosen, strict=True)
    premises = z3.And(*claim.claim(program.state, program.next_state).premises.values())
    met = program.step_predicate(premises, *given)
    return met(*done.states[shown.step - 1 : shown.step + 1], *given.values())


def _parameters(done: Executed, action: str) -> list[str]:
    return [name for name, _ in done.action(action).parameters]


def _speaks_of(claim: ActionTheorem | StepTheorem, action: str) -> bool:
    """Whether a theorem is about an action of that name."""
    if isinstance(claim, ActionTheorem):
        return claim.action.name == action
    return action not in {one.name for one in claim.except_for}


def _breaks(done: Executed, shown: Breaks) -> bool:
    claim = named(shown.invariant, done.program.specification.invariants)
    if shown.without is None:
        return done.run.start == "initial" and _breaks_promise(done, claim)
    if shown.without not in claim.claim(done.program.state).premises:
        return False
    weakened = claim.formula(done.program.state, without=shown.without)
    *before, last = done.states
    begun = done.run.start == "initial"
    held = begun or (bool(before) and done.holds(weakened, before[-1]))
    return held and not done.holds(weakened, last)


def _breaks_promise(done: Executed, claim: Invariant) -> bool:
    """Whether the run ends in a state that breaks an invariant as `mscs-page` promises it."""
    specification, sorts = done.program.specification, done.program.state.sorts
    page = declare(specification.state_type, sorts, MSCS_PAGE)
    return claim.when(MSCS_PAGE) and not done.holds(claim.formula(page), done.states[-1])
