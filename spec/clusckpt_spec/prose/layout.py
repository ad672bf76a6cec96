"""Layout: formulas as lines of text, with few parentheses, broken where a paper would break them.

Conjunction and disjunction are never mixed without parentheses, although one binds more tightly:
no reader should have to remember which.
"""

from typing import Final

from clusckpt_spec.prose.formula import (
    EQUAL,
    IFF,
    IMPLIES,
    NOT,
    UNEQUAL,
    Atom,
    Binder,
    Cases,
    Formula,
    Junction,
    Negation,
    Relation,
)

WIDTH: Final = 90
"""How long a line of a formula may be."""

_INDENT: Final = 4
_STRENGTH: Final = {IFF: 1, IMPLIES: 2, EQUAL: 5, UNEQUAL: 5}
_JUNCTION_STRENGTH: Final = 3
_NEGATION_STRENGTH: Final = 4
_ATOM_STRENGTH: Final = 6


def flat(formula: Formula) -> str:
    """The formula in one line.

    >>> p, q = Atom("p"), Atom("q")
    >>> flat(Relation(EQUAL, p, q))
    'p = q'
    """
    match formula:
        case Atom(name, arguments):
            return f"{name}({', '.join(map(flat, arguments))})" if arguments else name
        case Negation(part):
            return NOT + _flat_within(part, _NEGATION_STRENGTH)
        case Junction(sign, parts):
            return f" {sign} ".join(_flat_within(part, _JUNCTION_STRENGTH + 1) for part in parts)
        case Relation(sign, left, right):
            strength = _STRENGTH[sign] + 1
            return f"{_flat_within(left, strength)} {sign} {_flat_within(right, strength)}"
        case Binder(sign, variables, body):
            return f"{sign} {variables}. {flat(body)}"
        case Cases(cases, otherwise):
            listed = [f"{flat(value)} if {flat(condition)}" for value, condition in cases]
            return "; ".join([*listed, f"{flat(otherwise)} otherwise"])


def lines(formula: Formula, width: int = WIDTH) -> list[str]:
    """The formula in one line if it fits, else broken at its outermost signs."""
    if isinstance(formula, Cases):
        return _cases(formula, width)
    whole = flat(formula)
    return [whole] if len(whole) <= width else _broken(formula, width)


def equation(left: str, sign: str, right: Formula, width: int = WIDTH) -> list[str]:
    """What a symbol is equal, or equivalent, to; below its sign if it does not fit beside it."""
    if not isinstance(right, Cases) and len(f"{left} {sign} {flat(right)}") <= width:
        return [f"{left} {sign} {flat(right)}"]
    return [f"{left} {sign}", *indented(lines(right, width - _INDENT))]


def indented(texts: list[str], by: int = _INDENT) -> list[str]:
    """The lines, moved to the right."""
    return [" " * by + text for text in texts]


def _broken(formula: Formula, width: int) -> list[str]:
    """A formula that is too long for one line; a name is never broken."""
    match formula:
        case Junction(sign, parts):
            operands = [_within(part, _JUNCTION_STRENGTH + 1, width - 2) for part in parts]
            return _filled(sign, operands, width)
        case Relation(sign, left, right):
            strength = _STRENGTH[sign] + 1
            beside = _within(right, strength, width - 2)
            return [*_within(left, strength, width), *_marked(f"{sign} ", beside)]
        case Negation(part):
            return _marked(NOT, _within(part, _NEGATION_STRENGTH, width - 1))
        case Binder(sign, variables, body):
            return [f"{sign} {variables}.", *indented(lines(body, width - _INDENT))]
    return [flat(formula)]


def _strength(formula: Formula) -> int:
    match formula:
        case Atom():
            return _ATOM_STRENGTH
        case Negation():
            return _NEGATION_STRENGTH + 1
        case Junction():
            return _JUNCTION_STRENGTH
        case Relation(sign):
            return _STRENGTH[sign]
        case Binder() | Cases():
            return 0


def _flat_within(formula: Formula, strength: int) -> str:
    return flat(formula) if _strength(formula) >= strength else f"({flat(formula)})"


def _within(formula: Formula, strength: int, width: int) -> list[str]:
    """The lines of a part beside a sign, in parentheses if its own sign binds less tightly."""
    if _strength(formula) >= strength:
        return lines(formula, width)
    return _marked("(", [*lines(formula, width - 2)], close=")")


def _marked(mark: str, texts: list[str], close: str = "") -> list[str]:
    first, *others = texts
    marked = [mark + first, *indented(others, len(mark))]
    return [*marked[:-1], marked[-1] + close]


def _filled(sign: str, parts: list[list[str]], width: int) -> list[str]:
    """Parts side by side, as many as fit; a part of several lines has them for itself."""
    found = list(parts[0])
    room = len(parts[0]) == 1
    for part in parts[1:]:
        if room and len(part) == 1 and len(f"{found[-1]} {sign} {part[0]}") <= width:
            found[-1] = f"{found[-1]} {sign} {part[0]}"
        else:
            found += _marked(f"{sign} ", part)
            room = len(part) == 1
    return found


def _cases(formula: Cases, width: int) -> list[str]:
    """One case a line, the conditions below each other."""
    values = [flat(value) for value, _ in formula.cases]
    column = max(map(len, [*values, flat(formula.otherwise)])) + 2
    found = []
    for value, (_, condition) in zip(values, formula.cases, strict=True):
        beside = lines(condition, width - column - 3)
        found += _marked(f"{value:<{column}}if ", beside)
    return [*found, f"{flat(formula.otherwise):<{column}}otherwise"]
