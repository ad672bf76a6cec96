"""Failing proofs: what does not hold for any size is looked for in a small cluster, and executed.

The solver's answer about uninterpreted sorts says little to a person. The same question over
enumerated sorts has an answer that can be decoded, executed, and told step by step.
"""

from collections.abc import Callable
from typing import Final

import z3

from clusckpt_proofs.decode import decode
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.ground import ground
from clusckpt_spec.system.sorts import Scope, Term, enumerated
from clusckpt_spec.system.system import TransitionSystem

Question = Callable[[TransitionSystem], list[Term]]
"""The terms that cannot hold together if what is to be proved is so, over the sorts of a system."""

SCOPES: Final = (
    Scope(node=1, resource=1, key=2, data=3),
    Scope(node=2, resource=2, key=2, data=3),
    Scope(node=2, resource=2, key=3, data=4),
)
"""The small clusters that are looked at, the smallest first."""

TIMEOUT_MILLISECONDS = 5_000
"""How long the solver may look in one of them."""


def small_counterexample(
    system: TransitionSystem, action: Action | None, question: Question
) -> tuple[str, ...]:
    """The step of a small cluster that breaks what was to be proved, told; empty if none is found.

    Args:
        system: the transition system over any sorts.
        action: the action after which it does not hold; None if it concerns initial states.
        question: makes the terms to be satisfied over other sorts.
    """
    for scope in SCOPES:
        small = TransitionSystem(system.specification, system.reading, enumerated(scope))
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MILLISECONDS)
        solver.add(*(z3.simplify(ground(term)) for term in question(small)))
        if solver.check() == z3.sat:
            return decode(small, action, solver.model()).story
    return ()
