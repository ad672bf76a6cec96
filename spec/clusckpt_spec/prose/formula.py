"""Formulas: z3 terms as the small trees that are printed, without anything that says nothing.

Nested conjunctions become one, `true` leaves them, a negated equation becomes an inequation, and
nested case distinctions become one list of cases, of which the first that applies counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import z3

from clusckpt_spec.prose.folding import opened
from clusckpt_spec.system.sorts import Term

AND: Final = "\N{LOGICAL AND}"
OR: Final = "\N{LOGICAL OR}"
NOT: Final = "\N{NOT SIGN}"
IMPLIES: Final = "\N{RIGHTWARDS ARROW}"
IFF: Final = "\N{LEFT RIGHT ARROW}"
EQUAL: Final = "="
UNEQUAL: Final = "\N{NOT EQUAL TO}"
FOR_ALL: Final = "\N{FOR ALL}"
EXISTS: Final = "\N{THERE EXISTS}"


@dataclass(frozen=True, slots=True)
class Atom:
    """A name, alone or applied to arguments."""

    name: str
    arguments: tuple["Formula", ...] = ()


@dataclass(frozen=True, slots=True)
class Negation:
    """What is not so."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Junction:
    """At least two parts of which all hold, or some; no part has the same sign."""

    sign: str
    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two parts that are equal or not, equivalent, or the one implies the other."""

    sign: str
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Binder:
    """A quantifier: its variables with their sorts, as text, and the formula about them."""

    sign: str
    variables: str
    body: "Formula"


@dataclass(frozen=True, slots=True)
class Cases:
    """Values with their conditions; the first whose condition holds counts, else `otherwise`."""

    cases: tuple[tuple["Formula", "Formula"], ...]
    otherwise: "Formula"


Formula = Atom | Negation | Junction | Relation | Binder | Cases

TRUE: Final = Atom("true")
FALSE: Final = Atom("false")
_JUNCTIONS: Final = {z3.Z3_OP_AND: AND, z3.Z3_OP_OR: OR}
_RELATIONS: Final = {
    z3.Z3_OP_EQ: EQUAL,
    z3.Z3_OP_IFF: IFF,
    z3.Z3_OP_IMPLIES: IMPLIES,
    z3.Z3_OP_DISTINCT: UNEQUAL,
}


def formula(term: Term) -> Formula:
    """The tree of a term.

    >>> a, b, c = z3.Bools("a b c")
    >>> formula(z3.And(z3.And(a, b), z3.BoolVal(True), c)) == formula(z3.And(a, b, c))
    True
    """
    if z3.is_quantifier(term):
        chosen, body = opened(term)
        sign = FOR_ALL if term.is_forall() else EXISTS
        return Binder(sign, declared((str(one), str(one.sort())) for one in chosen), formula(body))
    kind = term.decl().kind()
    parts = tuple(formula(part) for part in term.children())
    if kind in _RELATIONS:
        equivalence = kind == z3.Z3_OP_EQ and z3.is_bool(term.arg(0))
        return Relation(IFF if equivalence else _RELATIONS[kind], *parts)
    if kind in _JUNCTIONS:
        return junction(_JUNCTIONS[kind], parts)
    if kind in {z3.Z3_OP_NOT, z3.Z3_OP_ITE}:
        return negation(*parts) if kind == z3.Z3_OP_NOT else cases(*parts)
    return application(term, parts)


def declared(variables: Iterable[tuple[str, str]]) -> str:
    """Variables with their sorts, those of one sort together.

    >>> declared([("r", "Resource"), ("p", "Key"), ("k", "Key")])
    'r : Resource, p, k : Key'
    """
    groups: list[tuple[str, list[str]]] = []
    for name, sort in variables:
        if groups and groups[-1][0] == sort:
            groups[-1][1].append(name)
        else:
            groups.append((sort, [name]))
    return ", ".join(f"{', '.join(names)} : {sort}" for sort, names in groups)


def junction(sign: str, parts: Iterable[Formula]) -> Formula:
    """All parts or some part: flat, and without the truth values that decide nothing."""
    neutral, absorbing = (TRUE, FALSE) if sign == AND else (FALSE, TRUE)
    kept: list[Formula] = []
    for part in parts:
        if part == absorbing:
            return absorbing
        if isinstance(part, Junction) and part.sign == sign:
            kept.extend(part.parts)
        elif part != neutral:
            kept.append(part)
    if not kept:
        return neutral
    return kept[0] if len(kept) == 1 else Junction(sign, tuple(kept))


def negation(part: Formula) -> Formula:
    """What is not so, with the sign at its place in an equation."""
    match part:
        case Negation(inner):
            return inner
        case Relation("=", left, right):
            return Relation(UNEQUAL, left, right)
        case Relation("\N{NOT EQUAL TO}", left, right):
            return Relation(EQUAL, left, right)
    return Negation(part)


def cases(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """One list of cases from a case distinction whose branches may be case distinctions."""
    found: list[tuple[Formula, Formula]] = []
    if isinstance(then, Cases):
        found += [(value, junction(AND, (condition, inner))) for value, inner in then.cases]
        then = then.otherwise
    found.append((then, condition))
    if isinstance(otherwise, Cases):
        return Cases((*found, *otherwise.cases), otherwise.otherwise)
    if len(found) == 1 and isinstance(condition, Negation):
        return Cases(((otherwise, condition.part),), then)
    if len(found) > 1 and _in_case(condition, otherwise) == then:
        return Cases(tuple(found[:-1]), otherwise)
    return Cases(tuple(found), otherwise)


def _in_case(condition: Formula, value: Formula) -> Formula:
    """What a value is where the condition holds, if the condition is an equation."""
    match condition, value:
        case Relation("=", left, right), _ if value == left:
            return right
        case _, Atom(name, arguments):
            return Atom(name, tuple(_in_case(condition, one) for one in arguments))
    return value


def application(term: Term, arguments: tuple[Formula, ...]) -> Formula:
    """A name applied to arguments; the name of a state of a resource has a blank, not a `_`."""
    name = str(term.decl().name())
    if term.decl().kind() == z3.Z3_OP_DT_CONSTRUCTOR:
        name = name.replace("_", " ")
    return Atom(name, arguments)
