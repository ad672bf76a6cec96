"""Actions: what can happen, written as a guard and the state afterwards.

An action is a function of a state and some elements (its parameters). It answers a `Step`: when
it may happen, and the state after it, in which whatever the action does not mention is as before.
The relation between two states that the proofs use is read off that, so no frame condition can be
forgotten, and so is the program that runs the action on a finite instance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.sorts import Sorts, Term
from clusckpt_spec.system.symbols import Symbols, changing, variables


@dataclass(frozen=True)
class Step:
    """When an action may happen, and the state after it."""

    guard: Term
    after: Symbols


@dataclass(frozen=True)
class Action:
    """A named action: its parameters with their sorts, the rules it says, and its clause."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    rules: tuple[RuleID, ...]
    clause: Callable[..., Step]
    when: Callable[[Reading], bool]
    """Whether the action exists under a reading."""

    @property
    def purpose(self) -> str:
        """The clause's docstring."""
        return cleandoc(self.clause.__doc__ or "")

    def arguments(self, sorts: Sorts) -> tuple[Term, ...]:
        """Constants that stand for arbitrary parameters."""
        return tuple(z3.Const(name, sorts.named(sort)) for name, sort in self.parameters)

    def relation(self, before: Symbols, after: Symbols) -> Term:
        """The constraint that `after` is `before` with this action done, for its arguments."""
        step = self.clause(before, *self.arguments(before.sorts))
        return z3.And(step.guard, *equalities(step.after, after))


def equalities(left: Symbols, right: Symbols) -> list[Term]:
    """That two states agree in every symbol that may change, one term a symbol."""
    terms = []
    for entry in changing(type(left)):
        bound = variables(left.sorts, entry)
        equation = getattr(right, entry.name)(*bound) == getattr(left, entry.name)(*bound)
        terms.append(z3.ForAll(list(bound), equation) if bound else equation)
    return terms


def always(_: Reading) -> bool:
    """Under every reading."""
    return True


def action(
    *rules: RuleID, when: Callable[[Reading], bool] = always, **parameters: str
) -> Callable[[Callable[..., Step]], Action]:
    """Make an action of a clause; `parameters` gives the sort of each of its parameters."""

    def make(clause: Callable[..., Step]) -> Action:
        return Action(clause.__name__, tuple(parameters.items()), rules, clause, when)

    return make
