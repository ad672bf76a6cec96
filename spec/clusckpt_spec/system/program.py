"""Running the clauses: the z3 terms of an action, compiled to a Python function.

The term that is proved is the term that is run. A concrete state is a tuple with one table per
symbol that changes; a table is nested tuples indexed by element numbers (a bare element for a
symbol without arguments). History symbols can be left out, because nothing depends on them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from types import CodeType
from typing import Any

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.sorts import Scope, Term, enumerated
from clusckpt_spec.system.symbols import (
    Declaration,
    Role,
    Symbols,
    declarations,
    declare,
    variables,
)
from clusckpt_spec.system.system import Specification
from clusckpt_spec.system.translation import source

Table = Any
"""An element number, a truth value, or a tuple of tables."""

Concrete = tuple[Table, ...]
"""A state: one table per symbol of `Program.symbols`."""

_NEXT = "_next"

Instance = tuple[str, tuple[int, ...]]
"""An action by name with the element numbers of its parameters."""


@dataclass(frozen=True)
class Program:
    """The actions, compiled for one scope and one meaning of the rigid symbols.

    `rigid` gives the table of each rigid symbol by name; with `history`, states also have the
    tables of the history symbols.
    """

    specification: Specification
    reading: Reading
    scope: Scope
    rigid: Mapping[str, Table]
    history: bool = False

    @cached_property
    def compilation(self) -> "Compilation":
        """The compiled clauses, which programs that differ in rigid symbols only share."""
        return compilation(self.specification, self.reading, self.scope, self.history)

    @property
    def symbols(self) -> tuple[Declaration, ...]:
        """The symbols that a concrete state has tables for, in order."""
        return self.compilation.symbols

    @property
    def state(self) -> Symbols:
        """The z3 symbols that stand for the tables of a concrete state."""
        return self.compilation.state

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Every action with every choice of parameters."""
        return tuple(
            (action.name, chosen)
            for action in self.specification.actions_under(self.reading)
            for chosen in product(*(range(self.size(sort)) for _, sort in action.parameters))
        )

    def size(self, sort: str) -> int:
        """How many elements the sort of that name has."""
        return int(self.compilation.sorts.named(sort).num_constructors())

    def concrete(self, **tables: Table) -> Concrete:
        """A state from its tables; every symbol must be given."""
        return tuple(tables[entry.name] for entry in self.symbols)

    def uniform(self, name: str, element: Table) -> Table:
        """The table of a symbol that has the same element everywhere."""
        entry = next(entry for entry in self.symbols if entry.name == name)
        for sort in reversed(entry.domain):
            element = (element,) * self.size(sort)
        return element

    def step(self, concrete: Concrete, instance: Instance) -> Concrete | None:
        """The state after an action, or None where its guard does not hold."""
        name, arguments = instance
        guard, after = self._function(name)
        return after(concrete, *arguments) if guard(concrete, *arguments) else None

    def steps(self, concrete: Concrete) -> Iterator[tuple[Instance, Concrete]]:
        """Every action that may happen, with the state after it."""
        for instance in self.instances:
            successor = self.step(concrete, instance)
            if successor is not None:
                yield instance, successor

    def predicate(self, formula: Term, *names: str) -> Callable[..., bool]:
        """Compile a formula about the symbols of `state` and the constants called `names`."""
        return self._evaluated(self.compilation.code(names, source(formula)))

    @property
    def next_state(self) -> Symbols:
        """The z3 symbols that stand for the tables of the state after a step."""
        state = self.state
        return declare(type(state), state.sorts, self.reading, _NEXT)

    def step_predicate(self, formula: Term, *names: str) -> Callable[..., bool]:
        """Compile a formula about `state`, `next_state` and the constants called `names`."""
        return self._evaluated(self.compilation.code(names, source(formula), ("", _NEXT)))

    @cached_property
    def _functions(self) -> dict[str, tuple[Callable[..., bool], Callable[..., Concrete]]]:
        return {}

    def _function(self, name: str) -> tuple[Callable[..., bool], Callable[..., Concrete]]:
        if name not in self._functions:
            guard, after = self.compilation.action(name)
            self._functions[name] = self._evaluated(guard), self._evaluated(after)
        return self._functions[name]

    def _evaluated(self, code: CodeType) -> Callable[..., Any]:
        # The code is made from our own clauses, never from anything that was read.
        function: Callable[..., Any] = eval(code, dict(self.rigid))  # noqa: S307
        return function


class Compilation:
    """The clauses of a specification as Python code, for any meaning of the rigid symbols."""

    def __init__(self, specification: Specification, state: Symbols, *, history: bool) -> None:
        """Take the clauses over the symbols of `state`; each is compiled when first used."""
        left_out = {Role.RIGID} if history else {Role.RIGID, Role.HISTORY}
        every = declarations(specification.state_type)
        self.symbols = tuple(entry for entry in every if entry.role not in left_out)
        self.state = state
        self.sorts = state.sorts
        self._actions = {action.name: action for action in specification.actions}
        self._compiled: dict[str, tuple[CodeType, CodeType]] = {}

    def action(self, name: str) -> tuple[CodeType, CodeType]:
        """The guard of an action, and the state after it."""
        if name not in self._compiled:
            self._compiled[name] = self._translated(self._actions[name])
        return self._compiled[name]

    def code(self, names: tuple[str, ...], body: str, marks: tuple[str, ...] = ("",)) -> CodeType:
        """A function of concrete states, one for each mark of symbols, and of `names`."""
        tables = ", ".join(entry.name + mark for mark in marks for entry in self.symbols)
        states = [f"state{mark}" for mark in marks]
        given = ", ".join(f"*{state}" for state in states)
        head = f"lambda {', '.join((*states, *names))}: "
        return compile(f"{head}(lambda {tables}: {body})({given})", "<clause>", "eval")

    def _translated(self, action: Action) -> tuple[CodeType, CodeType]:
        step = action.clause(self.state, *action.arguments(self.sorts))
        names = tuple(name for name, _ in action.parameters)
        tables = [self._table(step.after, entry) for entry in self.symbols]
        return self.code(names, source(step.guard)), self.code(names, f"({', '.join(tables)},)")

    def _table(self, after: Symbols, entry: Declaration) -> str:
        """Source text for the table of one symbol in the state after an action."""
        symbol = getattr(after, entry.name)
        if symbol is getattr(self.state, entry.name):
            return entry.name
        bound = variables(self.sorts, entry)
        text = source(symbol(*bound))
        for variable in reversed(bound):
            text = f"tuple([{text} for {variable} in range({variable.sort().num_constructors()})])"
        return text


@cache
def compilation(
    specification: Specification,
    reading: Reading,
    scope: Scope,
    history: bool,  # noqa: FBT001 - part of the cache's key
) -> Compilation:
    """The compiled clauses of a specification, made once."""
    state = declare(specification.state_type, enumerated(scope), reading)
    return Compilation(specification, state, history=history)
