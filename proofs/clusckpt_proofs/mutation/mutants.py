"""Mutants: every operator at every site of a clause, each different mutant once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import z3

from clusckpt_proofs.mutation.clause import Clause
from clusckpt_proofs.mutation.context import Context, opened
from clusckpt_proofs.mutation.operators import OPERATORS
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import declarations
from clusckpt_spec.system.system import TransitionSystem

DROP_UPDATE = "drop-update"
SKIP_FRAME = "skip-frame"
GUARD = "guard"


@dataclass(frozen=True)
class Change:
    """One part of a term that was replaced, and the whole term after it."""

    operator: str
    old: Term
    new: Term
    whole: Term


@dataclass(frozen=True)
class Mutant:
    """A clause with one slip in it.

    `where` is `guard`, or the name of the update; `number` tells apart the mutants that an
    operator makes there. The part `old` has become `new`; if that is None, anything.
    """

    operator: str
    where: str
    number: int
    old: Term
    new: Term | None
    clause: Clause

    @property
    def name(self) -> str:
        """What tells the mutant from every other of its action."""
        return f"{self.clause.action.name}/{self.where}/{self.operator}/{self.number}"


def changes(term: Term, context: Context) -> Iterator[Change]:
    """Every operator at every part of a term."""
    for name, operator in OPERATORS.items():
        for new in operator(term, context):
            yield Change(name, term, new, new)
    if z3.is_quantifier(term):
        variables, body = opened(term, context.elements)
        quantified = z3.ForAll if term.is_forall() else z3.Exists
        for change in changes(body, context.binding(variables)):
            yield replace(change, whole=quantified(variables, change.whole))
        return
    parts = term.children() if z3.is_app(term) else []
    inside = context.inside(guard=context.guard and z3.is_and(term))
    for at, part in enumerate(parts):
        for change in changes(part, inside):
            whole = term.decl()(*parts[:at], change.whole, *parts[at + 1 :])
            yield replace(change, whole=whole)


def mutants(system: TransitionSystem, clause: Clause) -> Iterator[Mutant]:
    """Every mutant of a clause, none twice, and none that z3 simplifies to the original."""
    yield from _numbered(GUARD, clause, _of_guard(system, clause))
    for at, entry in enumerate(clause.definitions):
        if entry.name in clause.live:
            yield from _numbered(entry.name, clause, _of_update(system, clause, at))
    yield from _unframed(system, clause)


Made = tuple[Change, Clause]


def _of_guard(system: TransitionSystem, clause: Clause) -> Iterator[Made]:
    context = Context(_functions(system), clause.action.arguments(system.sorts), {}, guard=True)
    for change in changes(clause.guard, context):
        yield change, replace(clause, guard=change.whole)


def _of_update(system: TransitionSystem, clause: Clause, at: int) -> Iterator[Made]:
    entry = clause.definitions[at]
    dropped = _function(system, clause, entry.previous)(*entry.variables)
    yield Change(DROP_UPDATE, entry.body, dropped, dropped), clause.redefined(entry, dropped)
    elements = (*clause.action.arguments(system.sorts), *entry.variables)
    context = Context(_functions(system), elements, _versions(system, clause, at))
    for change in changes(entry.body, context):
        yield change, clause.redefined(entry, change.whole)


def _unframed(system: TransitionSystem, clause: Clause) -> Iterator[Mutant]:
    for symbol, name in clause.final.items():
        if name == symbol:
            term = getattr(system.before, symbol)
            yield Mutant(SKIP_FRAME, symbol, 0, term, None, clause.freed(symbol))


def _numbered(where: str, clause: Clause, made: Iterator[Made]) -> Iterator[Mutant]:
    """The mutants of one term, without repetitions."""
    original = clause.guard if where == GUARD else clause.by_name[where].body
    known = {_normal(original)}
    numbers: dict[str, int] = {}
    for change, mutated in made:
        normal = _normal(change.whole)
        if normal in known:
            continue
        known.add(normal)
        number = numbers[change.operator] = numbers.get(change.operator, -1) + 1
        yield Mutant(change.operator, where, number, change.old, change.new, mutated)


def _normal(term: Term) -> str:
    return str(z3.simplify(term).sexpr())


def _functions(system: TransitionSystem) -> dict[str, Term]:
    before = system.before
    return {entry.name: getattr(before, entry.name) for entry in declarations(type(before))}


def _function(system: TransitionSystem, clause: Clause, name: str) -> Term:
    entry = clause.by_name.get(name)
    if entry is None:
        return getattr(system.before, name)
    return z3.Function(name, *(one.sort() for one in entry.variables), entry.body.sort())


def _versions(system: TransitionSystem, clause: Clause, at: int) -> dict[str, tuple[Term, ...]]:
    """The versions of every symbol that an update could read."""
    found: dict[str, tuple[Term, ...]] = {
        symbol: (getattr(system.before, symbol),) for symbol in clause.final
    }
    for entry in clause.definitions[:at]:
        found[entry.symbol] += (_function(system, clause, entry.name),)
    return found
