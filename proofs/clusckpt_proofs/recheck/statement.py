"""Whether a file of terms states what the specification says, read back and compared part by part.

Names of bound variables may differ. A line that was compared before, with what it mentions declared
in the same way, is not compared again: most lines are in hundreds of files.
"""

import re
from collections.abc import Mapping

import z3

from clusckpt_spec.system.sorts import Sort, Term

_DECLARED = re.compile(r"^\(declare-[a-z]+ \(*([^ ()]+)")
_NAME = re.compile(r"[^ ()]+")

_Key = tuple[str, tuple[str, ...], int]


class Comparison:
    """Files compared with the terms that they should state."""

    def __init__(self) -> None:
        """Begin with nothing compared."""
        # The terms are kept, so that z3 gives no number twice.
        self._known: dict[_Key, tuple[Term, bool]] = {}

    def states(self, text: str, terms: list[Term]) -> bool:
        """Whether a text asserts exactly these terms, in this order; a solver must have read it."""
        lines = text.splitlines()
        declared = {found[1]: line for line in lines if (found := _DECLARED.match(line))}
        asserted = [line for line in lines if line.startswith("(assert ")]
        if len(asserted) != len(terms):
            return False
        keys = [_key(line, declared, term) for line, term in zip(asserted, terms, strict=True)]
        if any(key not in self._known for key in keys):
            parsed = z3.parse_smt2_string(text, ctx=z3.Context())
            for key, one, term in zip(keys, parsed, terms, strict=True):
                self._known[key] = term, same(one, term)
        return all(self._known[key][1] for key in keys)


def _key(line: str, declared: Mapping[str, str], term: Term) -> _Key:
    mentioned = sorted(set(_NAME.findall(line)) & declared.keys())
    sorts = sorted(line for line in declared.values() if not line.startswith("(declare-fun"))
    return line, (*(declared[name] for name in mentioned), *sorts), term.get_id()


def same(one: Term, other: Term) -> bool:
    """Whether two terms, of any contexts, have the same parts.

    >>> flag = z3.Bool("flag")
    >>> same(z3.Not(flag), z3.Not(flag).translate(z3.Context())), same(flag, z3.Not(flag))
    (True, False)
    """
    return _same(one, other, set())


def _same(one: Term, other: Term, known: set[tuple[int, int]]) -> bool:
    key = one.get_id(), other.get_id()
    if key in known:
        return True
    alike = _alike(one, other)
    parts = zip(one.children(), other.children(), strict=False)
    if alike and all(_same(part, with_part, known) for part, with_part in parts):
        known.add(key)
        return True
    return False


def _alike(one: Term, other: Term) -> bool:
    """Whether two terms are the same, but for what their parts are."""
    if z3.is_app(one) and z3.is_app(other):
        return _head(one) == _head(other)
    if z3.is_quantifier(one) and z3.is_quantifier(other):
        return one.is_forall() == other.is_forall() and _variables(one) == _variables(other)
    if z3.is_var(one) and z3.is_var(other):
        return bool(z3.get_var_index(one) == z3.get_var_index(other))
    return False


def _head(term: Term) -> tuple[int, str, str, int]:
    declaration = term.decl()
    return declaration.kind(), str(declaration.name()), _name(term.sort()), term.num_args()


def _variables(term: Term) -> list[str]:
    return [_name(term.var_sort(at)) for at in range(term.num_vars())]


def _name(sort: Sort) -> str:
    return str(sort.name())
