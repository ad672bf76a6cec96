"""A transition system: axioms, initial states, actions and invariants, under one reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.sorts import Sorts, Term
from clusckpt_spec.system.symbols import Symbols, declare


@dataclass(frozen=True)
class Specification:
    """What a system consists of, for any reading and over any sorts."""

    name: str
    state_type: type[Symbols]
    axioms: Callable[[Any], Mapping[str, Term]]
    initial: Callable[[Any], Mapping[str, Term]]
    actions: tuple[Action, ...]
    invariants: tuple[Invariant, ...]
    theorems: tuple[ActionTheorem, ...] = ()
    step_theorems: tuple[StepTheorem, ...] = ()

    def actions_under(self, reading: Reading) -> tuple[Action, ...]:
        """The actions that exist under a reading."""
        return tuple(action for action in self.actions if action.when(reading))

    def invariants_under(self, reading: Reading) -> tuple[Invariant, ...]:
        """The invariants that a reading promises; they are inductive together."""
        return tuple(entry for entry in self.invariants if entry.when(reading))

    def theorems_under(self, reading: Reading) -> tuple[ActionTheorem, ...]:
        """The theorems that a reading promises."""
        return tuple(entry for entry in self.theorems if entry.when(reading))

    def step_theorems_under(self, reading: Reading) -> tuple[StepTheorem, ...]:
        """The theorems about every action that a reading promises."""
        return tuple(entry for entry in self.step_theorems if entry.when(reading))

    def concerned(self, theorem: StepTheorem, reading: Reading) -> tuple[Action, ...]:
        """The actions of a reading that a theorem about every action speaks of."""
        every = self.actions_under(reading)
        return tuple(action for action in every if action not in theorem.except_for)


@dataclass(frozen=True)
class TransitionSystem:
    """A specification under one reading, over uninterpreted or enumerated sorts."""

    specification: Specification
    reading: Reading
    sorts: Sorts

    @cached_property
    def before(self) -> Symbols:
        """The symbols of the state before an action, and of any single state."""
        return declare(self.specification.state_type, self.sorts, self.reading)

    @cached_property
    def after(self) -> Symbols:
        """The symbols of the state after an action."""
        return declare(self.specification.state_type, self.sorts, self.reading, "_next")

    @cached_property
    def axioms(self) -> Mapping[str, Term]:
        """What is true of every cluster, by name."""
        return self.specification.axioms(self.before)

    @cached_property
    def initial(self) -> Term:
        """The constraint that `before` is a state in which a cluster may start."""
        return z3.And(*self.specification.initial(self.before).values())

    @cached_property
    def invariant(self) -> Term:
        """All invariants of the state `before`."""
        promised = self.specification.invariants_under(self.reading)
        return z3.And(*(entry.formula(self.before) for entry in promised))

    @cached_property
    def relations(self) -> Mapping[str, Term]:
        """The relation of every action, between `before` and `after`."""
        actions = self.specification.actions_under(self.reading)
        return {action.name: action.relation(self.before, self.after) for action in actions}
