"""Finite instances for the solver: every lawful state of a small cluster, as one formula.

The formula is propositional. An element is coded by one variable for each element but the first,
of which the last that is true counts: every assignment is a state, and none has to be ruled out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import z3

from clusckpt_proofs.mutation.cases import Case
from clusckpt_proofs.mutation.conditions import Condition, Logic, Terms
from clusckpt_proofs.mutation.evaluation import Value
from clusckpt_proofs.mutation.interpretation import Interpretation
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.program import Table
from clusckpt_spec.system.sorts import STATUS, Scope, Term
from clusckpt_spec.system.symbols import declarations
from clusckpt_spec.system.system import TransitionSystem

_CONSTANTS = {"absent": 0, "empty": 1}
"""Which elements the constants are, without loss of generality."""


def sizes(scope: Scope) -> dict[str, int]:
    """How many elements each sort has, by the name of the sort."""
    return {
        "Node": scope.node,
        "Resource": scope.resource,
        "Key": scope.key,
        "Data": scope.data,
        "Status": STATUS.num_constructors(),
    }


@dataclass(frozen=True)
class Example:
    """A case that the solver found, and which of the wanted conditions hold in it."""

    case: Case
    holding: tuple[str, ...]


@dataclass
class Instance:
    """The lawful states of a system in one scope."""

    system: TransitionSystem
    scope: Scope
    timeout_milliseconds: int = 20_000
    _bits: dict[tuple[str, tuple[int, ...], int], Term] = field(default_factory=dict)

    @cached_property
    def terms(self) -> Interpretation:
        """The interpretation of the state before, by variables of the solver."""
        return Interpretation(Logic(Terms()), sizes(self.scope), self._leaf)

    @cached_property
    def solver(self) -> z3.Solver:
        """A solver that knows that the state before is lawful."""
        solver = z3.SimpleSolver()
        solver.set("timeout", self.timeout_milliseconds)
        invariants = self.system.specification.invariants_under(self.system.reading)
        lawful = [*self.system.axioms.values()]
        lawful += [entry.formula(self.system.before) for entry in invariants]
        for term in lawful:
            solver.add(self.terms.formula(term))
        return solver

    def example(
        self, wanted: Mapping[str, Condition], action: Action, fixed: Mapping[str, int]
    ) -> "Example | None":
        """A lawful state, and arguments, in which some condition holds; None if there is none.

        Raises:
            TimeoutError: if the solver gives up.
        """
        some = self.terms.logic.some(wanted.values())
        if some is False:
            return None
        self.solver.push()
        try:
            self.solver.add(some)
            answer = self.solver.check()
            if answer == z3.unknown:
                raise TimeoutError(self.solver.reason_unknown())
            if answer == z3.unsat:
                return None
            model = self.solver.model()
            holding = tuple(name for name, one in wanted.items() if _holds(model, one))
            return Example(self._decoded(model, action, fixed), holding)
        finally:
            self.solver.pop()

    def _leaf(self, name: str, sort: str, arguments: tuple[int, ...]) -> Value:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if sort == "Bool":
            return self._bit(name, arguments, 0)
        return self._chain(name, arguments, sizes(self.scope)[sort])

    def _chain(self, name: str, arguments: tuple[int, ...], size: int) -> tuple[Condition, ...]:
        logic = self.terms.logic
        passed: list[Term] = []
        conditions: list[Condition] = []
        for element in range(size - 1, 0, -1):
            bit = self._bit(name, arguments, element)
            conditions.append(logic.every((*passed, bit)))
            passed.append(z3.Not(bit))
        return (logic.every(passed), *reversed(conditions))

    def _bit(self, name: str, arguments: tuple[int, ...], element: int) -> Term:
        key = name, arguments, element
        if key not in self._bits:
            self._bits[key] = z3.Bool(f"{name}{arguments}{element}")
        return self._bits[key]

    def _decoded(self, model: z3.ModelRef, action: Action, fixed: Mapping[str, int]) -> Case:
        def number(name: str, sort: str, arguments: tuple[int, ...]) -> Table:
            if name in _CONSTANTS or name in fixed:
                return {**_CONSTANTS, **fixed}[name]
            if sort == "bool":
                return self._true(model, name, arguments, 0)
            chain = range(sizes(self.scope)[sort.capitalize()] - 1, 0, -1)
            return next((at for at in chain if self._true(model, name, arguments, at)), 0)

        tables = {
            entry.name: self._table(entry.name, entry.range, entry.domain, number)
            for entry in declarations(self.system.specification.state_type)
        }
        arguments = {name: number(name, sort, ()) for name, sort in action.parameters}
        return Case(tables, arguments, self.scope)

    def _true(
        self, model: z3.ModelRef, name: str, arguments: tuple[int, ...], element: int
    ) -> bool:
        bit = self._bits.get((name, arguments, element))
        return bit is not None and _holds(model, bit)

    def _table(
        self,
        name: str,
        sort: str,
        domain: tuple[str, ...],
        number: Callable[[str, str, tuple[int, ...]], Table],
        chosen: tuple[int, ...] = (),
    ) -> Table:
        if len(chosen) == len(domain):
            return number(name, sort, chosen)
        size = sizes(self.scope)[domain[len(chosen)].capitalize()]
        return tuple(
            self._table(name, sort, domain, number, (*chosen, element)) for element in range(size)
        )


def _holds(model: z3.ModelRef, condition: Condition) -> bool:
    if isinstance(condition, bool):
        return condition
    return bool(z3.is_true(model.eval(condition, model_completion=True)))


def representatives(action: Action) -> dict[str, int]:
    """The first parameter of each sort can be its first element: lawful states are symmetric.

    Data are not, because two of them are the constants.

    >>> from clusckpt_spec.system.actions.registry import write
    >>> representatives(write)
    {'node': 0, 'key': 0}
    """
    chosen: dict[str, int] = {}
    sorts: set[str] = set()
    for name, sort in action.parameters:
        if sort not in sorts and sort != "data":
            chosen[name] = 0
        sorts.add(sort)
    return chosen


def places(domain: tuple[str, ...], scope: Scope) -> Iterator[tuple[int, ...]]:
    """Every choice of arguments of a symbol."""
    return product(*(range(sizes(scope)[sort.capitalize()]) for sort in domain))
