"""Claims: invariants of states and theorems about single actions, with their premises named.

A claim keeps its premises apart from its conclusion, so that each premise can be shown to be
possible (a witness) and to be needed (drop it, and there is a counterexample).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import cleandoc

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action, always
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Symbols, bound


@dataclass(frozen=True)
class Claim:
    """Named premises and a conclusion, about some elements."""

    premises: Mapping[str, Term]
    conclusion: Term

    def formula(self, *, without: str | None = None) -> Term:
        """Premises imply the conclusion; `without` drops the premise of that name."""
        kept = [term for name, term in self.premises.items() if name != without]
        return z3.Implies(z3.And(*kept), self.conclusion) if kept else self.conclusion


@dataclass(frozen=True)
class Invariant:
    """A claim about every reachable state, for all elements of the given sorts."""

    name: str
    rules: tuple[RuleID, ...]
    variables: tuple[tuple[str, str], ...]
    clause: Callable[..., Claim]
    when: Callable[[Reading], bool] = always
    """Whether a reading promises it."""

    @property
    def purpose(self) -> str:
        """The clause's docstring."""
        return cleandoc(self.clause.__doc__ or "")

    def bound(self, s: Symbols) -> tuple[Term, ...]:
        """The variables that the claim is about."""
        return tuple(bound(s, sort, name)[0] for name, sort in self.variables)

    def claim(self, s: Symbols) -> Claim:
        """The claim, about the variables of `bound`."""
        return self.clause(s, *self.bound(s))

    def formula(self, s: Symbols, *, without: str | None = None) -> Term:
        """The closed formula, for all elements."""
        return z3.ForAll(list(self.bound(s)), self.claim(s).formula(without=without))


@dataclass(frozen=True)
class ActionTheorem:
    """A claim about one action: what holds between the states before and after it."""

    name: str
    rules: tuple[RuleID, ...]
    action: Action
    variables: tuple[tuple[str, str], ...]
    clause: Callable[..., Claim]
    when: Callable[[Reading], bool] = always
    """Whether a reading promises it."""

    @property
    def purpose(self) -> str:
        """The clause's docstring."""
        return cleandoc(self.clause.__doc__ or "")

    def claim(self, before: Symbols, after: Symbols) -> Claim:
        """The claim about arbitrary elements and the arguments of the action."""
        arguments = self.action.arguments(before.sorts)
        elements = tuple(bound(before, sort, name)[0] for name, sort in self.variables)
        return self.clause(before, after, *arguments, *elements)


@dataclass(frozen=True)
class StepTheorem:
    """A claim about every action but for the ones it names: what no step ever does."""

    name: str
    rules: tuple[RuleID, ...]
    variables: tuple[tuple[str, str], ...]
    clause: Callable[..., Claim]
    except_for: tuple[Action, ...] = ()
    when: Callable[[Reading], bool] = always
    """Whether a reading promises it."""

    @property
    def purpose(self) -> str:
        """The clause's docstring."""
        return cleandoc(self.clause.__doc__ or "")

    def claim(self, before: Symbols, after: Symbols) -> Claim:
        """The claim about arbitrary elements, between the states before and after any action."""
        elements = tuple(bound(before, sort, name)[0] for name, sort in self.variables)
        return self.clause(before, after, *elements)


def invariant(
    *rules: RuleID, when: Callable[[Reading], bool] = always, **variables: str
) -> Callable[[Callable[..., Claim]], Invariant]:
    """Make an invariant of a clause; `variables` gives the sort of each element it is about."""

    def make(clause: Callable[..., Claim]) -> Invariant:
        return Invariant(clause.__name__, rules, tuple(variables.items()), clause, when)

    return make


def theorem(
    *rules: RuleID,
    about: Action,
    when: Callable[[Reading], bool] = always,
    **variables: str,
) -> Callable[[Callable[..., Claim]], ActionTheorem]:
    """Make a theorem about one action of a clause over the states before and after it.

    It exists under a reading only if the action does.
    """

    def make(clause: Callable[..., Claim]) -> ActionTheorem:
        return ActionTheorem(
            clause.__name__,
            rules,
            about,
            tuple(variables.items()),
            clause,
            lambda reading: about.when(reading) and when(reading),
        )

    return make


def step_theorem(
    *rules: RuleID,
    except_for: tuple[Action, ...] = (),
    when: Callable[[Reading], bool] = always,
    **variables: str,
) -> Callable[[Callable[..., Claim]], StepTheorem]:
    """Make a theorem about every action of a clause over the states before and after it."""

    def make(clause: Callable[..., Claim]) -> StepTheorem:
        named = tuple(variables.items())
        return StepTheorem(clause.__name__, rules, named, clause, except_for, when)

    return make
