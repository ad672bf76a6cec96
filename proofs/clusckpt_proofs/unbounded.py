"""Unbounded proofs: initial states, inductive steps and theorems over uninterpreted sorts.

The terms are universally quantified and their sorts stratified (no function leads from a sort
back to itself), so the solver decides them, for any number of nodes, resources and keys.
"""

from collections.abc import Iterator

import z3

from clusckpt_proofs.obligation import Answer, Kind, Obligation, Refutation, Result
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, Invariant
from clusckpt_spec.system.sorts import Sorts, Term, unbounded
from clusckpt_spec.system.system import Specification, TransitionSystem

TIMEOUT_MILLISECONDS = 20_000
"""How long the solver may take for one obligation before the answer is unknown."""


def unbounded_obligations(
    specification: Specification, reading: Reading, sorts: Sorts | None = None
) -> Iterator[Obligation]:
    """Every invariant initially and after every action, then every theorem of the reading.

    Over other sorts than the unbounded ones they say as much about clusters of one size only.
    """
    system = TransitionSystem(specification, reading, sorts or unbounded())
    prefix = f"{reading.name}/{specification.name}"
    for invariant in specification.invariants_under(reading):
        yield _initially(system, invariant, prefix)
        for action in specification.actions_under(reading):
            yield _preserved(system, action, invariant, prefix)
    for theorem in specification.theorems_under(reading):
        yield _as_promised(system, theorem, prefix)


def proof(name: str, kind: Kind, rules: tuple[RuleID, ...], refutation: Refutation) -> Obligation:
    """An obligation that holds if the terms of its refutation cannot hold together."""
    return Obligation(name, kind, rules, lambda: valid(refutation()), refutation)


def _initially(system: TransitionSystem, invariant: Invariant, prefix: str) -> Obligation:
    def refutation() -> list[Term]:
        refuted = z3.Not(invariant.formula(system.before))
        return [*system.axioms.values(), system.initial, refuted]

    return proof(f"{prefix}/initial/{invariant.name}", Kind.INITIAL, invariant.rules, refutation)


def _preserved(
    system: TransitionSystem, action: Action, invariant: Invariant, prefix: str
) -> Obligation:
    def refutation() -> list[Term]:
        relation = system.relations[action.name]
        refuted = z3.Not(invariant.formula(system.after))
        return [*system.axioms.values(), system.invariant, relation, refuted]

    name = f"{prefix}/step/{invariant.name}/{action.name}"
    return proof(name, Kind.STEP, invariant.rules, refutation)


def _as_promised(system: TransitionSystem, theorem: ActionTheorem, prefix: str) -> Obligation:
    def refutation() -> list[Term]:
        relation = system.relations[theorem.action.name]
        refuted = z3.Not(theorem.claim(system.before, system.after).formula())
        return [*system.axioms.values(), system.invariant, relation, refuted]

    return proof(f"{prefix}/theorem/{theorem.name}", Kind.THEOREM, theorem.rules, refutation)


def valid(refutation: list[Term]) -> Answer:
    """Whether the terms, one of which denies what is to be proved, cannot hold together."""
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT_MILLISECONDS)
    solver.add(*refutation)
    answer = solver.check()
    if answer == z3.unsat:
        return Answer(Result.HOLDS)
    if answer == z3.sat:
        return Answer(Result.FAILS, ("the solver found a state in which it does not hold",))
    return Answer(Result.UNKNOWN, (f"the solver gave up: {solver.reason_unknown()}",))
