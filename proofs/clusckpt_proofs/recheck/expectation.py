"""What the specification calls for under a reading, worked out without the engine.

The specification names its actions and claims, so which obligations there must be, which rules
they cite, and which terms refute a proof follow from it alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

import z3

from clusckpt_proofs.recheck.beyond import beyond_claims
from clusckpt_proofs.recheck.called import CalledFor
from clusckpt_proofs.recheck.records import Applies, Breaks, Happens, Met, Run
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.links import PENDING, LinkKind
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.system import Specification, TransitionSystem

SPECIFICATIONS: Mapping[str, Specification] = {
    one.name: one for one in (CHECKPOINTS, CALLS, LISTS, CONTAINERS)
}
"""The specifications, by name."""


@cache
def called_for(reading_name: str) -> Mapping[str, CalledFor]:
    """Every obligation that the specifications call for under a reading, by name."""
    found = {}
    for specification in SPECIFICATIONS.values():
        system = TransitionSystem(specification, READINGS[reading_name], unbounded())
        for source in (_initially, _preserved, _promised, _possible, _needed, beyond_claims):
            for name, entry in source(system):
                found[f"{reading_name}/{specification.name}/{entry.kind}/{name}"] = entry
    return found


def rules_called_for(readings: Iterable[str]) -> set[RuleID]:
    """The rules that need a certificate: all but the pending and those only other readings have."""
    elsewhere = _cited(READINGS) - _cited(readings)
    pending = {rule for rule, kind in PENDING if kind is LinkKind.PROOF}
    return set(RuleID) - pending - elsewhere


def _cited(readings: Iterable[str]) -> set[RuleID]:
    return {rule for name in readings for one in called_for(name).values() for rule in one.rules}


def _initially(system: TransitionSystem) -> Iterator[tuple[str, CalledFor]]:
    for claim in system.specification.invariants_under(system.reading):
        refutation = partial(_unlike_initially, system, claim)
        yield claim.name, CalledFor("initial", claim.rules, refutation)


def _preserved(system: TransitionSystem) -> Iterator[tuple[str, CalledFor]]:
    for claim in system.specification.invariants_under(system.reading):
        for action in system.specification.actions_under(system.reading):
            refutation = partial(_broken, system, action, claim)
            yield f"{claim.name}/{action.name}", CalledFor("step", claim.rules, refutation)


def _promised(system: TransitionSystem) -> Iterator[tuple[str, CalledFor]]:
    for claim in system.specification.theorems_under(system.reading):
        refutation = partial(_otherwise, system, claim)
        yield claim.name, CalledFor("theorem", claim.rules, refutation)
    for everywhere in system.specification.step_theorems_under(system.reading):
        for action in system.specification.concerned(everywhere, system.reading):
            refutation = partial(_otherwise_somewhere, system, action, everywhere)
            yield (
                f"{everywhere.name}/{action.name}",
                CalledFor("theorem", everywhere.rules, refutation),
            )


def _possible(system: TransitionSystem) -> Iterator[tuple[str, CalledFor]]:
    specification, reading = system.specification, system.reading
    every: tuple[Action | Invariant | ActionTheorem | StepTheorem, ...] = (
        *specification.actions_under(reading),
        *specification.invariants_under(reading),
        *specification.theorems_under(reading),
        *specification.step_theorems_under(reading),
    )
    for one in every:
        yield one.name, CalledFor("witness", one.rules, shows=partial(_shows_possible, one.name))


def _needed(system: TransitionSystem) -> Iterator[tuple[str, CalledFor]]:
    for claim in system.specification.invariants_under(system.reading):
        for premise in claim.claim(system.before).premises:
            shows = partial(_shows_broken, claim.name, premise)
            yield f"{claim.name}/{premise}", CalledFor("needed", claim.rules, shows=shows)


def _unlike_initially(system: TransitionSystem, claim: Invariant) -> list[Term]:
    return [*system.axioms.values(), system.initial, z3.Not(claim.formula(system.before))]


def _broken(system: TransitionSystem, action: Action, claim: Invariant) -> list[Term]:
    return _step(system, action, z3.Not(claim.formula(system.after)))


def _otherwise(system: TransitionSystem, claim: ActionTheorem) -> list[Term]:
    return _step(system, claim.action, z3.Not(claim.claim(system.before, system.after).formula()))


def _otherwise_somewhere(
    system: TransitionSystem, action: Action, claim: StepTheorem
) -> list[Term]:
    return _step(system, action, z3.Not(claim.claim(system.before, system.after).formula()))


def _step(system: TransitionSystem, action: Action, denial: Term) -> list[Term]:
    relation = system.relations[action.name]
    return [*system.axioms.values(), system.invariant, relation, denial]


def _shows_possible(name: str, run: Run) -> bool:
    match run.shows:
        case Happens(action=shown) | Met(invariant=shown) | Applies(theorem=shown):
            return run.start == "initial" and shown == name
    return False


def _shows_broken(name: str, premise: str, run: Run) -> bool:
    return run.shows == Breaks(invariant=name, without=premise)
