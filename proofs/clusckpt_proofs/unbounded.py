"""Unbounded proofs: initial states, inductive steps and theorems over uninterpreted sorts.

The terms are universally quantified and their sorts stratified (no function leads from a sort
back to itself), so the solver decides them, for any number of nodes, resources and keys.
"""

from collections.abc import Callable, Iterator

import z3

from clusckpt_proofs.failing import Question, small_counterexample
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


def proof(
    name: str,
    kind: Kind,
    rules: tuple[RuleID, ...],
    refutation: Refutation,
    executed: Callable[[], tuple[str, ...]] = tuple,
) -> Obligation:
    """An obligation that holds if the terms of its refutation cannot hold together.

    If the solver finds that they can, or gives up, `executed` tells a counterexample that was
    executed, line by line, or nothing. With one the obligation fails, whatever the solver said.
    """

    def discharge() -> Answer:
        answer = valid(refutation())
        story = () if answer.result is Result.HOLDS else executed()
        return Answer(Result.FAILS, (*answer.story, *story)) if story else answer

    return Obligation(name, kind, rules, discharge, refutation)


def about_steps(
    system: TransitionSystem,
    action: Action | None,
    named: tuple[str, Kind, tuple[RuleID, ...]],
    question: Question,
) -> Obligation:
    """A proof about an action, or the initial states; a failing one is told of a small cluster."""
    return proof(
        *named,
        refutation=lambda: question(system),
        executed=lambda: small_counterexample(system, action, question),
    )


def _initially(system: TransitionSystem, invariant: Invariant, prefix: str) -> Obligation:
    def question(over: TransitionSystem) -> list[Term]:
        refuted = z3.Not(invariant.formula(over.before))
        return [*over.axioms.values(), over.initial, refuted]

    name = f"{prefix}/initial/{invariant.name}"
    return about_steps(system, None, (name, Kind.INITIAL, invariant.rules), question)


def _preserved(
    system: TransitionSystem, action: Action, invariant: Invariant, prefix: str
) -> Obligation:
    def question(over: TransitionSystem) -> list[Term]:
        return after_action(over, action, invariant.formula(over.after))

    name = f"{prefix}/step/{invariant.name}/{action.name}"
    return about_steps(system, action, (name, Kind.STEP, invariant.rules), question)


def _as_promised(system: TransitionSystem, theorem: ActionTheorem, prefix: str) -> Obligation:
    def question(over: TransitionSystem) -> list[Term]:
        return after_action(over, theorem.action, theorem.claim(over.before, over.after).formula())

    name = f"{prefix}/theorem/{theorem.name}"
    return about_steps(system, theorem.action, (name, Kind.THEOREM, theorem.rules), question)


def after_action(system: TransitionSystem, action: Action, claimed: Term) -> list[Term]:
    """The terms of an action, done where all invariants hold, after which a claim does not."""
    relation = system.relations[action.name]
    return [*system.axioms.values(), system.invariant, relation, z3.Not(claimed)]


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
