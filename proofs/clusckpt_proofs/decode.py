"""Counterexamples: the solver's model decoded to tables, and the step executed again.

Nothing here trusts the solver: the state before is decoded from its model, and the state after
is computed by the compiled clauses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import z3

from clusckpt_proofs.names import differences, instance_name
from clusckpt_proofs.recheck.records import Breaks, Run
from clusckpt_proofs.runs import recorded
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.program import Concrete, Instance, Program, Table
from clusckpt_spec.system.sorts import Term, elements
from clusckpt_spec.system.symbols import Declaration, Role, Symbols, declarations
from clusckpt_spec.system.system import TransitionSystem
from clusckpt_spec.system.translation import element_number


@dataclass(frozen=True)
class Counterexample:
    """A state, an action instance (None: the state itself is initial), and the state after.

    `satisfied` holds the terms that the solver found it with.
    """

    program: Program
    before: Concrete
    instance: Instance | None
    after: Concrete
    satisfied: tuple[Term, ...] = ()

    def breaks(self, invariant: Invariant, premise: str) -> bool:
        """Whether the invariant without that premise holds before, and does not hold after."""
        weakened = invariant.formula(self.program.state, without=premise)
        holds = self.program.predicate(weakened)
        return not holds(self.after) and (self.instance is None or holds(self.before))

    @property
    def story(self) -> tuple[str, ...]:
        """The action, then what it changed."""
        if self.instance is None:
            return ("counterexample: an initial state",)
        changes = differences(self.program, self.before, self.after)
        return (f"counterexample: {instance_name(self.program, self.instance)}", *changes)

    def run(self, invariant: Invariant, premise: str) -> Run:
        """The record of the step, as a run that breaks the invariant without that premise."""
        return recorded(
            self.program,
            self.before,
            () if self.instance is None else (self.instance,),
            Breaks(invariant=invariant.name, without=premise),
            start="initial" if self.instance is None else "promised",
        )


def decode(system: TransitionSystem, action: Action | None, model: z3.ModelRef) -> Counterexample:
    """The counterexample that a model of the solver describes.

    Raises:
        ValueError: if the compiled clauses do not allow the step that the solver found.
    """
    scope = system.sorts.scope
    if scope is None:
        message = "only a system over enumerated sorts can be decoded"
        raise ValueError(message)
    tables = _tables(system.before, model)
    rigid = {entry.name for entry in _symbols(system) if entry.role is Role.RIGID}
    program = Program(
        system.specification,
        system.reading,
        scope,
        {name: table for name, table in tables.items() if name in rigid},
        history=True,
    )
    before = program.concrete(**tables)
    if action is None:
        return Counterexample(program, before, None, before)
    arguments = tuple(_number(model, constant) for constant in action.arguments(system.sorts))
    after = program.step(before, (action.name, arguments))
    if after is None:
        message = f"the solver's step {action.name}{arguments} is not enabled when executed"
        raise ValueError(message)
    return Counterexample(program, before, (action.name, arguments), after)


def _symbols(system: TransitionSystem) -> list[Declaration]:
    return list(declarations(system.specification.state_type))


def _tables(state: Symbols, model: z3.ModelRef) -> Mapping[str, Table]:
    return {entry.name: _table(state, entry, model, ()) for entry in declarations(type(state))}


def _table(
    state: Symbols, entry: Declaration, model: z3.ModelRef, chosen: tuple[Term, ...]
) -> Table:
    if len(chosen) == len(entry.domain):
        return _number(model, getattr(state, entry.name)(*chosen))
    sort = state.sorts.named(entry.domain[len(chosen)])
    return tuple(_table(state, entry, model, (*chosen, element)) for element in elements(sort))


def _number(model: z3.ModelRef, term: Term) -> Table:
    value = model.eval(term, model_completion=True)
    return z3.is_true(value) if z3.is_bool(value) else element_number(value)
