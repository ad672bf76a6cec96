"""From z3 terms over enumerated sorts to Python source text.

Elements become their numbers, a symbol becomes a table that is indexed, and a quantifier becomes
`all` or `any` over the numbers of its sort.
"""

import z3

from clusckpt_spec.system.sorts import Term

_INFIX = {
    z3.Z3_OP_AND: " and ",
    z3.Z3_OP_OR: " or ",
    z3.Z3_OP_EQ: " == ",
    z3.Z3_OP_IFF: " == ",
    z3.Z3_OP_DISTINCT: " != ",
}
# A conjunction or disjunction of nothing has no operands to join.
_PATTERNS = {
    z3.Z3_OP_TRUE: "True",
    z3.Z3_OP_FALSE: "False",
    z3.Z3_OP_NOT: "(not {0})",
    z3.Z3_OP_IMPLIES: "(not {0} or {1})",
    z3.Z3_OP_ITE: "({1} if {0} else {2})",
    z3.Z3_OP_AND: "True",
    z3.Z3_OP_OR: "False",
}


def source(term: Term, enclosing: tuple[str, ...] = ()) -> str:
    """Python source text for a term; `enclosing` names the variables of quantifiers around it.

    >>> up = z3.Function("up", z3.BoolSort(), z3.BoolSort())
    >>> source(z3.Not(up(z3.Bool("flag"))))
    '(not up[flag])'
    """
    if z3.is_quantifier(term):
        return _quantified(term, enclosing)
    if z3.is_var(term):
        index: int = z3.get_var_index(term)
        return enclosing[-1 - index]
    parts = [source(part, enclosing) for part in term.children()]
    kind = term.decl().kind()
    if kind in _INFIX and parts:
        return f"({_INFIX[kind].join(parts)})"
    if kind in _PATTERNS:
        return _PATTERNS[kind].format(*parts)
    if kind == z3.Z3_OP_DT_CONSTRUCTOR:
        return str(element_number(term))
    return str(term.decl().name()) + "".join(f"[{part}]" for part in parts)


def element_number(term: Term) -> int:
    """The position of an element in its enumerated sort."""
    sort = term.sort()
    names = [sort.constructor(at).name() for at in range(sort.num_constructors())]
    return names.index(term.decl().name())


def _quantified(term: Term, enclosing: tuple[str, ...]) -> str:
    inner = tuple(f"{term.var_name(at)}_{len(enclosing) + at}" for at in range(term.num_vars()))
    body = source(term.body(), enclosing + inner)
    loops = " ".join(
        f"for {name} in range({term.var_sort(at).num_constructors()})"
        for at, name in enumerate(inner)
    )
    return f"{'all' if term.is_forall() else 'any'}({body} {loops})"
