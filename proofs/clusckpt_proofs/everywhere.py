"""Theorems about every action, one obligation for each action that they speak of."""

from collections.abc import Iterator

import z3

from clusckpt_proofs.obligation import Kind, Obligation
from clusckpt_proofs.unbounded import about_steps, after_action, proof
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import StepTheorem
from clusckpt_spec.system.independence import INDEPENDENCE, RULES, independent, twin
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import Specification, TransitionSystem


def everywhere_obligations(specification: Specification, reading: Reading) -> Iterator[Obligation]:
    """Every theorem about every action, and what copies depend on."""
    system = TransitionSystem(specification, reading, unbounded())
    prefix = f"{reading.name}/{specification.name}/theorem"
    for theorem in specification.step_theorems_under(reading):
        for action in specification.concerned(theorem, reading):
            yield _throughout(system, theorem, action, f"{prefix}/{theorem.name}/{action.name}")
    if specification is CHECKPOINTS:
        for action in specification.actions_under(reading):
            yield _independent(system, action, f"{prefix}/{INDEPENDENCE}/{action.name}")


def _throughout(
    system: TransitionSystem, theorem: StepTheorem, action: Action, name: str
) -> Obligation:
    def question(over: TransitionSystem) -> list[Term]:
        return after_action(over, action, theorem.claim(over.before, over.after).formula())

    return about_steps(system, action, (name, Kind.THEOREM, theorem.rules), question)


def _independent(system: TransitionSystem, action: Action, name: str) -> Obligation:
    def refutation() -> list[Term]:
        state = declare(State, system.sorts, system.reading)
        refuted = z3.Not(independent(state, twin(state), action))
        return [*system.axioms.values(), refuted]

    return proof(name, Kind.THEOREM, RULES, refutation)
