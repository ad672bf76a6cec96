"""Folding: the instances of definitions in a term are replaced by the symbols that they define.

The one subtle fact: only the very term of a definition is folded, never one that is merely
equivalent. So unfolding gives the first term back, and nothing printed can say more or less than
what is proved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import z3

from clusckpt_spec.system.sorts import Term


@dataclass(frozen=True)
class Definition:
    """A symbol, the constants that stand for its arguments, and the term that it stands for."""

    symbol: Any
    parameters: tuple[Term, ...]
    body: Term
    purpose: str = ""

    @property
    def name(self) -> str:
        """The name of the symbol."""
        return str(self.symbol.name())

    @property
    def head(self) -> Term:
        """The symbol with its parameters."""
        return self.symbol(*self.parameters)

    @property
    def recognisable(self) -> bool:
        """Whether finding the body means the definition: a bare symbol may mean just itself."""
        named = self.body.decl().kind() == z3.Z3_OP_UNINTERPRETED if z3.is_app(self.body) else True
        return not named and bool(self.body.children())

    def match(self, term: Term) -> tuple[Term, ...] | None:
        """The arguments for which the definition is that very term, or None."""
        found: dict[int, Term] = {}
        if not _matches(self.body, term, self._places, found) or self._places != set(found):
            return None
        return tuple(found[one.get_id()] for one in self.parameters)

    @cached_property
    def root(self) -> int | None:
        """What the outermost symbol of the body is, to see quickly that a term is none of it."""
        return _root(self.body)

    @cached_property
    def _places(self) -> frozenset[int]:
        return frozenset(one.get_id() for one in self.parameters)


def folded(term: Term, definitions: Sequence[Definition]) -> Term:
    """The term with each instance of a definition replaced by its symbol, outermost first.

    >>> up, down = (z3.Function(name, z3.IntSort(), z3.BoolSort()) for name in ("up", "down"))
    >>> n, m = z3.Ints("n m")
    >>> folded(z3.Or(up(m), z3.Not(up(m))), [Definition(down, (n,), z3.Not(up(n)))])
    Or(up(m), down(m))
    """
    root = _root(term)
    for definition in definitions:
        arguments = definition.match(term) if definition.root == root else None
        if arguments is not None:
            return definition.symbol(*(folded(one, definitions) for one in arguments))
    return _rebuilt(term, definitions)


def opened(quantifier: Term) -> tuple[tuple[Term, ...], Term]:
    """A quantifier's variables as constants, and its body about them; no name has two meanings.

    >>> n, up = z3.Int("n"), z3.Function("up", z3.IntSort(), z3.BoolSort())
    >>> opened(z3.ForAll([n], up(n)))
    ((n,), up(n))
    """
    taken = set(_constants(quantifier.body()))
    chosen: list[Term] = []
    for position in range(quantifier.num_vars()):
        name = quantifier.var_name(position)
        while name in taken:
            name += "\N{SUBSCRIPT ONE}"
        taken.add(name)
        chosen.append(z3.Const(name, quantifier.var_sort(position)))
    # de Bruijn indices count from the innermost variable, so the last one comes first
    return tuple(chosen), z3.substitute_vars(quantifier.body(), *reversed(chosen))


def _rebuilt(term: Term, definitions: Sequence[Definition]) -> Term:
    if z3.is_quantifier(term):
        chosen, body = opened(term)
        close = z3.ForAll if term.is_forall() else z3.Exists
        return close(list(chosen), folded(body, definitions))
    if not term.children():
        return term
    return term.decl()(*(folded(child, definitions) for child in term.children()))


def _root(term: Term) -> int | None:
    """The number that z3 gives the outermost symbol; a quantifier has none."""
    return int(term.decl().get_id()) if z3.is_app(term) else None


def _matches(pattern: Term, term: Term, parameters: frozenset[int], found: dict[int, Term]) -> bool:
    if pattern.get_id() in parameters:
        known: Term = found.setdefault(pattern.get_id(), term)
        return bool(known.eq(term))
    if not (z3.is_app(pattern) and z3.is_app(term)) or not pattern.decl().eq(term.decl()):
        return False
    pairs = zip(pattern.children(), term.children(), strict=False)
    return pattern.num_args() == term.num_args() and all(
        _matches(left, right, parameters, found) for left, right in pairs
    )


def _constants(term: Term) -> Iterator[str]:
    """The names of the constants in a term."""
    if z3.is_const(term):
        yield str(term.decl().name())
    for child in term.children():
        yield from _constants(child)
