"""Which clauses of the transition system say a rule."""

from collections.abc import Iterator
from typing import Final

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.symbols import Symbols
from clusckpt_spec.system.system import Specification

Clause = Action | Invariant | ActionTheorem | StepTheorem

SPECIFICATIONS: Final = (CHECKPOINTS, CALLS, LISTS, CONTAINERS)
"""The four specifications that the transition system consists of."""


def clauses_for(rule: RuleID) -> tuple[Clause, ...]:
    """Every action, invariant and theorem that cites the rule, in this order.

    >>> [clause.name for clause in clauses_for(RuleID.TYPE_GET_CRYPTO)][:2]
    ['list_containers_of_type', 'resource_types_list_nothing']
    """
    return tuple(clause for clause in _clauses() if rule in clause.rules)


def state_type_of(clause: Clause) -> type[Symbols]:
    """The kind of state that a clause is about.

    Raises:
        ValueError: when the clause is in none of them.

    """
    for specification in SPECIFICATIONS:
        if any(clause is one for one in every_clause(specification)):
            return specification.state_type
    message = f"the clause {clause.name!r} is in no specification"
    raise ValueError(message)


def kind_of(clause: Clause) -> str:
    """The word for a kind of clause: `action`, `invariant` or `theorem`."""
    is_theorem = isinstance(clause, ActionTheorem | StepTheorem)
    return "theorem" if is_theorem else type(clause).__name__.lower()


def every_clause(specification: Specification) -> tuple[Clause, ...]:
    """All actions, invariants and theorems of a specification."""
    return (
        *specification.actions,
        *specification.invariants,
        *specification.theorems,
        *specification.step_theorems,
    )


def _clauses() -> Iterator[Clause]:
    for kind in (Action, Invariant, ActionTheorem, StepTheorem):
        for specification in SPECIFICATIONS:
            yield from (one for one in every_clause(specification) if isinstance(one, kind))
