"""Grounding: quantifiers over enumerated sorts become finite conjunctions and disjunctions.

The solver then decides witnesses and counterexamples without searching for instances.
"""

from itertools import product

import z3

from clusckpt_spec.system.sorts import Term, elements


def ground(term: Term) -> Term:
    """The same formula without quantifiers; every quantified sort must be enumerated.

    >>> from clusckpt_spec.system.sorts import Scope, enumerated
    >>> node = enumerated(Scope(node=2, resource=1, key=1, data=2)).node
    >>> n, up = z3.Const("n", node), z3.Function("up", node, z3.BoolSort())
    >>> ground(z3.ForAll([n], up(n)))
    And(up(n0of2), up(n1of2))
    """
    return _ground(term, {})


def _ground(term: Term, known: dict[int, tuple[Term, Term]]) -> Term:
    """Ground each shared part once; `known` keeps the parts, so that z3 gives no number twice."""
    found = known.get(term.get_id())
    if found is None:
        found = known[term.get_id()] = (term, _made(term, known))
    return found[1]


def _made(term: Term, known: dict[int, tuple[Term, Term]]) -> Term:
    if z3.is_quantifier(term):
        return _expanded(term, known)
    children = term.children()
    if not children:
        return term
    return term.decl()(*(_ground(child, known) for child in children))


def _expanded(term: Term, known: dict[int, tuple[Term, Term]]) -> Term:
    # The body is grounded once, about constants, which then become every choice of elements.
    sorts = [term.var_sort(position) for position in range(term.num_vars())]
    chosen = [z3.FreshConst(sort) for sort in sorts]
    # De Bruijn indices count from the innermost variable, so the last one comes first.
    body = _ground(z3.substitute_vars(term.body(), *reversed(chosen)), known)
    instances = [
        z3.substitute(body, *zip(chosen, choice, strict=True))
        for choice in product(*(elements(sort) for sort in sorts))
    ]
    return z3.And(*instances) if term.is_forall() else z3.Or(*instances)
