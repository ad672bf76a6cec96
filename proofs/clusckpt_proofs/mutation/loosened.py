"""Loosened updates: a symbol may become anything, as far as every other invariant allows it.

The widest slip that the other invariants let through. If even that never breaks an invariant, then
it follows from them; otherwise the loosened action is a mutant that it alone catches among them.
"""

from collections.abc import Iterator

import z3

from clusckpt_proofs.mutation.clause import straight
from clusckpt_proofs.mutation.relation import relation
from clusckpt_spec.readings import READINGS
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.ground import ground
from clusckpt_spec.system.sorts import Scope, Term, enumerated
from clusckpt_spec.system.symbols import Role, declarations
from clusckpt_spec.system.system import Specification, TransitionSystem

OPERATOR = "loosen-update"

SCOPE = Scope(node=2, resource=2, key=3, data=3)
"""Large enough for every invariant that does not follow: a root, a key below, one below that."""

TIMEOUT_MILLISECONDS = 5_000
"""How long the solver may look for one step."""


def loosened(specification: Specification, reading: str, claim: str) -> str | None:
    """The name of a loosened action that only the invariant `claim` catches; None if none is found.

    It is caught by a step between two states of a small cluster: the first one is lawful, and in
    the second one every invariant holds but this one.
    """
    system = TransitionSystem(specification, READINGS[reading], enumerated(SCOPE))
    invariants = specification.invariants_under(system.reading)
    mine = next(one for one in invariants if one.name == claim)
    others = [one for one in invariants if one is not mine]
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT_MILLISECONDS)
    solver.add(*(_simple(term) for term in _around(system, mine, others)))
    for action in specification.actions_under(system.reading):
        clause = straight(system, action)
        for symbol in _mentioned(system, mine):
            solver.push()
            solver.add(_simple(relation(system, clause.freed(symbol))))
            found = solver.check() == z3.sat
            solver.pop()
            if found:
                return f"{action.name}/{symbol}/{OPERATOR}/0"
    return None


def _around(system: TransitionSystem, mine: Invariant, others: list[Invariant]) -> Iterator[Term]:
    """What holds before and after the step that is looked for."""
    yield from system.axioms.values()
    yield system.invariant
    yield from (one.formula(system.after) for one in others)
    yield z3.Not(mine.formula(system.after))


def _mentioned(system: TransitionSystem, mine: Invariant) -> Iterator[str]:
    """The symbols that the invariant speaks of and that may change, in order."""
    text = mine.formula(system.before).sexpr()
    for entry in declarations(type(system.before)):
        if entry.role is not Role.RIGID and f"({entry.name} " in text:
            yield entry.name


def _simple(term: Term) -> Term:
    return z3.simplify(ground(term))
