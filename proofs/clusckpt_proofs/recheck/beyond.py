"""What is called for beyond invariants and theorems: of independence, progress and collisions.

Also the counterexamples: wherever a reading does not promise what `mscs-page` does, a run must
show that it is not so there.
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from z3 import Not, Or

from clusckpt_proofs.recheck.called import CalledFor
from clusckpt_proofs.recheck.records import Breaks, Run
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.action import Action, Step, equalities
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.collision import COLLISION_RULE, MOVERS, Collision
from clusckpt_spec.system.independence import INDEPENDENCE, RULES, independent, twin
from clusckpt_spec.system.invariants.page import PAGE
from clusckpt_spec.system.progress import PROGRESS, Progress
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import TransitionSystem

Named = Iterator[tuple[str, CalledFor]]


def beyond_claims(system: TransitionSystem) -> Named:
    """Everything, if the system is that of checkpoints: the others make no such promise."""
    if system.specification is CHECKPOINTS:
        yield from _independence(system)
        for progress in PROGRESS:
            if progress.when(system.reading):
                yield from _progress(system, progress)
        for movers in MOVERS:
            yield from _collision(Collision(system.reading, system.sorts, movers))
        yield from _counterexamples(system)


def _independence(system: TransitionSystem) -> Named:
    for action in system.specification.actions_under(system.reading):
        refutation = partial(_dependent, system, action)
        yield f"{INDEPENDENCE}/{action.name}", CalledFor("theorem", RULES, refutation)


def _dependent(system: TransitionSystem, action: Action) -> list[Term]:
    state = declare(State, system.sorts, system.reading)
    return [*system.axioms.values(), Not(independent(state, twin(state), action))]


def _progress(system: TransitionSystem, progress: Progress) -> Named:
    def called(refutation: partial[list[Term]]) -> CalledFor:
        return CalledFor("progress", progress.rules, refutation)

    yield f"{progress.name}/enabled", called(partial(_disabled, system, progress))
    yield f"{progress.name}/reached", called(partial(_missed, system, progress))
    for action in system.specification.actions_under(system.reading):
        name = f"{progress.name}/stable/{action.name}"
        yield name, called(partial(_abandoned, system, progress, action))


def _waiting(system: TransitionSystem, progress: Progress) -> list[Term]:
    elements = progress.elements(system.before)
    waiting = progress.waiting(system.before, *elements)
    return [*system.axioms.values(), system.invariant, waiting]


def _helpful(system: TransitionSystem, progress: Progress) -> Step:
    return progress.helpful.clause(system.before, *progress.elements(system.before))


def _disabled(system: TransitionSystem, progress: Progress) -> list[Term]:
    return [*_waiting(system, progress), Not(_helpful(system, progress).guard)]


def _missed(system: TransitionSystem, progress: Progress) -> list[Term]:
    step = _helpful(system, progress)
    goal = progress.goal(system.after, *progress.elements(system.before))
    happened = [step.guard, *equalities(step.after, system.after)]
    return [*_waiting(system, progress), *happened, Not(goal)]


def _abandoned(system: TransitionSystem, progress: Progress, action: Action) -> list[Term]:
    elements = progress.elements(system.before)
    kept = Or(progress.waiting(system.after, *elements), progress.goal(system.after, *elements))
    return [*_waiting(system, progress), system.relations[action.name], Not(kept)]


def _collision(collision: Collision) -> Named:
    case = "_and_".join(collision.movers) or "nobody"
    for number, planned in enumerate(collision.schedule):
        name = f"{case}_moves/step_{number + 1}_{planned.action.name}"
        refutation = partial(_stopped, collision, number)
        yield name, CalledFor("collision", (COLLISION_RULE,), refutation)
    states = _states(collision)
    for part in collision.goal(states[0], states[-1]):
        refutation = partial(_harmless, collision, part)
        name = f"{case}_moves/{part.replace(' ', '_')}"
        yield name, CalledFor("collision", (COLLISION_RULE,), refutation)


def _states(collision: Collision) -> list[State]:
    marks = ["", *(f"_{number + 1}" for number in range(len(collision.schedule)))]
    return [declare(State, collision.sorts, collision.reading, mark) for mark in marks]


def _steps(collision: Collision) -> list[Step]:
    given, states = collision.elements, _states(collision)
    return [
        planned.action.clause(state, *(given[name] for name in planned.arguments))
        for planned, state in zip(collision.schedule, states, strict=False)
    ]


def _until(collision: Collision, number: int) -> list[Term]:
    first, *later = _states(collision)
    happened = (
        [step.guard, *equalities(step.after, after)]
        for step, after in zip(_steps(collision)[:number], later, strict=False)
    )
    return [
        *CHECKPOINTS.axioms(first).values(),
        *CHECKPOINTS.initial(first).values(),
        *collision.premises(first).values(),
        *chain.from_iterable(happened),
    ]


def _stopped(collision: Collision, number: int) -> list[Term]:
    return [*_until(collision, number), Not(_steps(collision)[number].guard)]


def _harmless(collision: Collision, part: str) -> list[Term]:
    states = _states(collision)
    goal = collision.goal(states[0], states[-1])
    return [*_until(collision, len(collision.schedule)), Not(goal[part])]


def _counterexamples(system: TransitionSystem) -> Named:
    for claim in PAGE:
        if not _promised(system, claim) and _arises(system, claim):
            shows = partial(_shows_broken, claim.name)
            yield claim.name, CalledFor("counterexample", claim.rules, shows=shows)


def _promised(system: TransitionSystem, claim: Invariant) -> bool:
    """Whether the reading promises it with the premises of `mscs-page`, and no others."""
    page = declare(State, system.sorts, MSCS_PAGE)
    same = claim.formula(system.before).eq(claim.formula(page))
    return claim.when(system.reading) and bool(same)


def _arises(system: TransitionSystem, claim: Invariant) -> bool:
    return restores(system.reading) or "restored" not in claim.claim(system.before).premises


def _shows_broken(name: str, run: Run) -> bool:
    return run.start == "initial" and run.shows == Breaks(invariant=name)
