"""Clauses as straight-line programs: a guard, and one definition for each update, in order.

A clause builds the state after an action in several layers: what the action does, then what the
change entails, then what is recorded. Its terms have all layers inlined. Here every layer keeps a
name, so that a mutation of one layer is seen by the layers that read it, as it would be if the
clause itself were changed, and every part of the clause is one site and not many.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import z3

from clusckpt_spec.system.action import Action
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Symbol, Symbols, changing, variables
from clusckpt_spec.system.system import TransitionSystem

FREE = ".any"
"""Ends the name of a symbol's value after an action that says nothing of it."""


@dataclass(frozen=True)
class Definition:
    """One update: `name(variables)` is `body`, where the symbol was `previous` until then."""

    symbol: str
    name: str
    variables: tuple[Term, ...]
    body: Term
    previous: str

    @property
    def reads(self) -> frozenset[str]:
        """The names of the functions that the body mentions."""
        return function_names(self.body)


@dataclass(frozen=True)
class Clause:
    """What an action says: its guard, its updates, and which of them is each symbol afterwards."""

    action: Action
    guard: Term
    definitions: tuple[Definition, ...]
    final: Mapping[str, str]
    """The name of every symbol that may change in the state after the action."""

    @cached_property
    def by_name(self) -> Mapping[str, Definition]:
        """The definitions by name."""
        return {entry.name: entry for entry in self.definitions}

    @cached_property
    def live(self) -> frozenset[str]:
        """The names of the definitions that the state after the action depends on."""
        found: set[str] = set()
        for name in self.final.values():
            found |= self._needed(name)
        return frozenset(found)

    def _needed(self, name: str) -> set[str]:
        entry = self.by_name.get(name)
        if entry is None:
            return set()
        return {name}.union(*(self._needed(read) for read in entry.reads))

    def depends(self, entry: Definition) -> frozenset[str]:
        """The names of the functions that an update depends on, through other updates too."""
        read = entry.reads
        inner = (self.depends(self.by_name[name]) for name in read if name in self.by_name)
        return read.union(*inner)

    def redefined(self, entry: Definition, body: Term) -> "Clause":
        """The clause with another body for one update."""
        changed = replace(entry, body=body)
        definitions = tuple(changed if one is entry else one for one in self.definitions)
        return replace(self, definitions=definitions)

    def freed(self, symbol: str) -> "Clause":
        """The clause that says nothing of a symbol, so that it may become anything."""
        return replace(self, final={**self.final, symbol: symbol + FREE})


def straight(system: TransitionSystem, action: Action) -> Clause:
    """The clause of an action as a straight-line program over the symbols of `system.before`.

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> from clusckpt_spec.system.call_actions import call_entry_point
    >>> from clusckpt_spec.system.calls import CALLS
    >>> from clusckpt_spec.system.sorts import unbounded
    >>> clause = straight(TransitionSystem(CALLS, MSCS_PAGE, unbounded()), call_entry_point)
    >>> [(entry.name, entry.body) for entry in clause.definitions]
    [('runs.1', Or(runs(r), r == resource))]
    """
    definitions: list[Definition] = []
    before = _recording(system.before, definitions)
    step = action.clause(before, *action.arguments(system.sorts))
    final = {
        entry.name: str(getattr(step.after, entry.name).name())
        for entry in changing(type(system.before))
    }
    return Clause(action, step.guard, tuple(definitions), final)


def _recording(state: Symbols, definitions: list[Definition]) -> Symbols:
    """The same state, whose updates are written down as definitions."""
    entries = {entry.name: entry for entry in changing(type(state))}

    def updated(self: Symbols, **symbols: Symbol) -> Symbols:
        named: dict[str, Any] = {}
        for name, symbol in symbols.items():
            bound = variables(self.sorts, entries[name])
            version = 1 + sum(entry.symbol == name for entry in definitions)
            previous = getattr(self, name)
            body = symbol(*bound)
            declared = z3.Function(f"{name}.{version}", *(one.sort() for one in bound), body.sort())
            definitions.append(Definition(name, declared.name(), bound, body, str(previous.name())))
            named[name] = declared
        return replace(self, **named)

    recording = type(f"Recorded{type(state).__name__}", (type(state),), {"updated": updated})
    fields = {entry: getattr(state, entry) for entry in type(state).__dataclass_fields__}
    recorded: Symbols = recording(**fields)
    return recorded


def function_names(term: Term) -> frozenset[str]:
    """The names of all functions and constants of a term.

    >>> up = z3.Function("up", z3.IntSort(), z3.BoolSort())
    >>> sorted(function_names(z3.Not(up(z3.Int("n")))))
    ['n', 'up']
    """
    found: set[str] = set()
    seen: set[int] = set()
    pending = [term]
    while pending:
        one = pending.pop()
        if one.get_id() in seen:
            continue
        seen.add(one.get_id())
        if z3.is_quantifier(one):
            pending.append(one.body())
        elif z3.is_app(one):
            if one.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                found.add(str(one.decl().name()))
            pending.extend(one.children())
    return frozenset(found)
