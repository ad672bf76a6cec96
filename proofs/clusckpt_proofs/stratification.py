"""Stratification: why a solver answers, whatever the number of nodes, resources and keys.

A formula without function symbols from a sort back to itself, Skolem functions included, has a
finite set of ground terms to try, so instantiation ends. An edge `A -> B` stands for a function
symbol that takes an A and gives a B, and for an existential quantifier over B inside a universal
one over A whose variable it mentions. The graph of edges must have no cycle.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import z3

from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import declarations
from clusckpt_spec.system.system import TransitionSystem

Edge = tuple[str, str]


@dataclass(frozen=True)
class _Bound:
    """A bound variable: the sorts that its Skolem term depends on; itself, if universal."""

    depends_on: frozenset[str]


def sort_graph(system: TransitionSystem) -> "nx.DiGraph[str]":
    """The graph of all obligations of a system: of its symbols and of every asserted formula."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(_symbol_edges(system))
    for formula in asserted(system):
        graph.add_edges_from(quantifier_edges(formula))
    return graph


def asserted(system: TransitionSystem) -> Iterator[Term]:
    """Every formula that an obligation asserts."""
    specification, after = system.specification, system.after
    yield from system.axioms.values()
    yield system.initial
    yield from system.relations.values()
    for invariant in specification.invariants_under(system.reading):
        yield invariant.formula(system.before)
        yield z3.Not(invariant.formula(after))
    for theorem in specification.theorems_under(system.reading):
        yield z3.Not(theorem.claim(system.before, after).formula())


def quantifier_edges(formula: Term) -> Iterator[Edge]:
    """The edges that the quantifiers of an asserted formula stand for."""
    yield from _edges(formula, (), positive=True)


def _edges(term: Term, bound: tuple[_Bound, ...], *, positive: bool) -> Iterator[Edge]:
    if z3.is_quantifier(term):
        yield from _quantifier_edges(term, bound, positive=positive)
    elif z3.is_not(term):
        yield from _edges(term.arg(0), bound, positive=not positive)
    elif z3.is_implies(term):
        yield from _edges(term.arg(0), bound, positive=not positive)
        yield from _edges(term.arg(1), bound, positive=positive)
    elif z3.is_and(term) or z3.is_or(term):
        for part in term.children():
            yield from _edges(part, bound, positive=positive)
    else:
        # In an equation or a condition a formula counts with both signs.
        for part in term.children():
            yield from _edges(part, bound, positive=True)
            yield from _edges(part, bound, positive=False)


def _quantifier_edges(term: Term, bound: tuple[_Bound, ...], *, positive: bool) -> Iterator[Edge]:
    sorts = [str(term.var_sort(at)) for at in range(term.num_vars())]
    if term.is_forall() == positive:
        inner = tuple(_Bound(frozenset({sort})) for sort in sorts)
    else:
        depends_on = frozenset().union(*(bound[-1 - at].depends_on for at in _free(term)))
        yield from ((source, target) for source in depends_on for target in sorts)
        inner = (_Bound(depends_on),) * len(sorts)
    yield from _edges(term.body(), bound + inner, positive=positive)


def _free(term: Term, depth: int = 0) -> set[int]:
    """The de Bruijn indices of the variables that a term mentions and does not bind."""
    if z3.is_var(term):
        index = z3.get_var_index(term)
        return {index - depth} if index >= depth else set()
    if z3.is_quantifier(term):
        return _free(term.body(), depth + term.num_vars())
    return set().union(*(_free(part, depth) for part in term.children()))


def _symbol_edges(system: TransitionSystem) -> Iterator[Edge]:
    for entry in declarations(system.specification.state_type):
        if entry.range not in ("bool", "status"):
            target = str(system.sorts.named(entry.range))
            yield from ((str(system.sorts.named(sort)), target) for sort in entry.domain)
