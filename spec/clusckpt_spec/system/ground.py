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
    if z3.is_quantifier(term):
        return _expanded(term)
    if not term.children():
        return term
    return term.decl()(*(ground(child) for child in term.children()))


def _expanded(term: Term) -> Term:
    domains = [elements(term.var_sort(position)) for position in range(term.num_vars())]
    # De Bruijn indices count from the innermost variable, so the last one comes first.
    instances = [
        ground(z3.substitute_vars(term.body(), *reversed(chosen))) for chosen in product(*domains)
    ]
    return z3.And(*instances) if term.is_forall() else z3.Or(*instances)
