"""The operators: what a slip of the pen can make of one part of a clause.

Each operator looks at one term in its context and yields what it may be replaced by. It is
applied at every part of every guard and update.
"""

from collections.abc import Callable, Iterator, Mapping

import z3

from clusckpt_proofs.mutation.context import Context, opened
from clusckpt_spec.system.sorts import STATUS, Term, elements

Rewriting = Callable[[Term, Context], Iterator[Term]]
"""An operator: from a part of a clause and its context to what may stand in its place."""


def drop_guard(term: Term, context: Context) -> Iterator[Term]:
    """A conjunct of the guard is forgotten."""
    if context.guard and not z3.is_and(term):
        yield z3.BoolVal(True)  # noqa: FBT003 - the z3 constant true


def drop_conjunct(term: Term, context: Context) -> Iterator[Term]:
    """One condition of several is forgotten."""
    if z3.is_and(term) and not context.guard:
        yield from (_joined(z3.And, rest) for rest in _without_one(term))


def drop_disjunct(term: Term, _: Context) -> Iterator[Term]:
    """One case of several is forgotten."""
    if z3.is_or(term):
        yield from (_joined(z3.Or, rest) for rest in _without_one(term))


def negate(term: Term, _: Context) -> Iterator[Term]:
    """A condition is taken for its opposite."""
    if z3.is_not(term):
        yield term.arg(0)
    elif z3.is_bool(term) and not (z3.is_and(term) or z3.is_or(term)):
        yield z3.Not(term)


def fix_condition(term: Term, _: Context) -> Iterator[Term]:
    """A fact or an equation is taken to hold always, or never."""
    if z3.is_bool(term) and _is_atom(term):
        yield from (z3.BoolVal(True), z3.BoolVal(False))  # noqa: FBT003 - z3 constants


def and_or(term: Term, _: Context) -> Iterator[Term]:
    """`and` is written for `or`, or `or` for `and`."""
    if z3.is_and(term):
        yield z3.Or(term.children())
    elif z3.is_or(term):
        yield z3.And(term.children())


def drop_premise(term: Term, _: Context) -> Iterator[Term]:
    """An implication forgets its premise, or is turned round."""
    if z3.is_implies(term):
        yield term.arg(1)
        yield z3.Implies(term.arg(1), term.arg(0))


def swap_branches(term: Term, _: Context) -> Iterator[Term]:
    """The two branches of a choice are interchanged."""
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        yield z3.If(term.arg(0), term.arg(2), term.arg(1))


def take_branch(term: Term, _: Context) -> Iterator[Term]:
    """One branch of a choice is always taken."""
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        yield from (term.arg(1), term.arg(2))


def swap_quantifier(term: Term, _: Context) -> Iterator[Term]:
    """`some` is written for `every`, or `every` for `some`."""
    if z3.is_quantifier(term):
        variables, body = opened(term, ())
        yield z3.Exists(variables, body) if term.is_forall() else z3.ForAll(variables, body)


def weaken_quantifier(term: Term, context: Context) -> Iterator[Term]:
    """What is asked of every element, or of some, is asked of one that is at hand, or of none."""
    if not z3.is_quantifier(term):
        return
    yield z3.BoolVal(True)  # noqa: FBT003 - the z3 constant true
    variables, body = opened(term, ())
    for variable in variables:
        others = [one for one in variables if not one.eq(variable)]
        for element in context.alike(variable):
            narrowed = z3.substitute(body, (variable, element))
            yield _bound(term, others, narrowed)


def swap_variable(term: Term, context: Context) -> Iterator[Term]:
    """One element is taken for another: the target for the owner, the root for the key."""
    if any(term.eq(element) for element in context.elements):
        yield from context.alike(term)


def swap_owner(term: Term, context: Context) -> Iterator[Term]:
    """A node is taken for the owner of a resource, or an owner for a node."""
    if str(term.sort()) != "Node":
        return
    if not any(term.eq(element) for element in context.elements):
        yield from context.alike(term)
        return
    for owner in context.functions.values():
        if _signature(owner) == ("Resource", "Node"):
            yield from (owner(resource) for resource in context.of_sort("Resource"))


def swap_arguments(term: Term, _: Context) -> Iterator[Term]:
    """Two arguments of one sort are interchanged: above for below, who asks for who is asked."""
    if not _is_fact(term):
        return
    parts = term.children()
    for at in range(len(parts) - 1):
        if parts[at].sort() == parts[at + 1].sort() and not parts[at].eq(parts[at + 1]):
            swapped = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
            yield term.decl()(*swapped)


def key_for_tree(term: Term, _: Context) -> Iterator[Term]:
    """A tree is taken for its top key alone, or another spelling of a name for another name."""
    if _is_fact(term) and str(term.decl().name()) in _LOOSE:
        yield term.arg(0) == term.arg(1)


def change_constant(term: Term, context: Context) -> Iterator[Term]:
    """A constant is taken for another: a status, absent or empty, true or false."""
    if z3.is_true(term) or z3.is_false(term):
        yield z3.BoolVal(z3.is_false(term))
    elif term.sort() == STATUS and z3.is_app_of(term, z3.Z3_OP_DT_CONSTRUCTOR):
        yield from (status for status in elements(STATUS) if not status.eq(term))
    elif _is_fact(term) and not z3.is_bool(term) and term.num_args() == 0:
        for constant in context.functions.values():
            if _signature(constant) == (str(term.sort()),) and not constant().eq(term):
                yield constant()


def change_symbol(term: Term, context: Context) -> Iterator[Term]:
    """A symbol is taken for its neighbour of the same kind: the list for the stored copies."""
    if not (_is_fact(term) and term.num_args()) or _base(term) not in context.functions:
        return
    wanted = _signature(context.functions[_base(term)])
    alike = [name for name, one in context.functions.items() if _signature(one) == wanted]
    at = alike.index(_base(term))
    for name in (*alike[max(at - 1, 0) : at], *alike[at + 1 : at + 2]):
        yield context.functions[name](*term.children())


def confuse_times(term: Term, context: Context) -> Iterator[Term]:
    """The state before is read for the state after, or the state after for the one before."""
    if not _is_fact(term):
        return
    versions = context.versions.get(_base(term), ())
    for version in {0: versions[:1], 1: versions[-1:]}.values():
        for declared in version:
            if str(declared.name()) != str(term.decl().name()):
                yield declared(*term.children())


_LOOSE = ("under", "caseless", "one_container", "alias")
"""Relations between keys that are looser than being the same key."""

OPERATORS: Mapping[str, Rewriting] = {
    function.__name__.replace("_", "-"): function
    for function in (
        drop_guard,
        drop_conjunct,
        drop_disjunct,
        negate,
        fix_condition,
        and_or,
        drop_premise,
        swap_branches,
        take_branch,
        swap_quantifier,
        weaken_quantifier,
        swap_variable,
        swap_owner,
        swap_arguments,
        key_for_tree,
        change_constant,
        change_symbol,
        confuse_times,
    )
}
"""The operators that change a part of a term, by name."""


def _bound(term: Term, variables: list[Term], body: Term) -> Term:
    """A quantifier like `term` over some variables; the body alone, if there are none."""
    if not variables:
        return body
    return z3.ForAll(variables, body) if term.is_forall() else z3.Exists(variables, body)


def _without_one(term: Term) -> Iterator[list[Term]]:
    parts = term.children()
    for at in range(len(parts)):
        yield [*parts[:at], *parts[at + 1 :]]


def _joined(connective: Callable[..., Term], parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else connective(parts)


def _is_fact(term: Term) -> bool:
    return z3.is_app_of(term, z3.Z3_OP_UNINTERPRETED) if z3.is_app(term) else False


def _is_atom(term: Term) -> bool:
    return _is_fact(term) or z3.is_eq(term) or z3.is_distinct(term)


def _base(term: Term) -> str:
    """The name of the symbol that a function is a version of."""
    return str(term.decl().name()).split(".")[0]


def _signature(declared: Term) -> tuple[str, ...]:
    """The sorts of the arguments of a function, and its own."""
    arguments = (str(declared.domain(at)) for at in range(declared.arity()))
    return (*arguments, str(declared.range()))
