"""Terms as SMT-LIB 2 text, the same text for the same terms every time.

z3 can write such text too, but what it shares, and how it names that, depends on what else is in
memory. Here each command has one line, and nothing is abbreviated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import z3

from clusckpt_spec.system.sorts import Sort, Term

_OPERATORS = {
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_IFF: "=",
    z3.Z3_OP_DISTINCT: "distinct",
    z3.Z3_OP_ITE: "ite",
}
_NAMED = (z3.Z3_OP_UNINTERPRETED, z3.Z3_OP_DT_CONSTRUCTOR)


def text(terms: Sequence[Term], expected: str) -> str:
    """The commands that declare and assert the terms and ask whether they can hold together.

    Raises:
        ValueError: for an operator that no term of the specification has.

    >>> flag = z3.Bool("flag")
    >>> print(text([flag, z3.Not(flag)], "unsat"), end="")
    ; clusckpt: the answer is unsat
    (set-logic ALL)
    (declare-fun flag () Bool)
    (assert flag)
    (assert (not flag))
    (check-sat)
    """
    return Writer().text(terms, expected)


class Writer:
    """Writes texts, and each term only once: obligations have most of their terms in common."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        # The terms are kept, so that z3 gives no two of a context the same number.
        self._written: dict[tuple[int, int], tuple[Term, _Written]] = {}

    def text(self, terms: Sequence[Term], expected: str) -> str:
        """The text of some terms, as the function `text` has it."""
        every = [self._term(term) for term in terms]
        sorts = {line: None for one in every for line in one.sorts}
        functions = {line: None for one in every for line in one.functions}
        head = [f"; clusckpt: the answer is {expected}", "(set-logic ALL)"]
        asserted = [f"(assert {one.text})" for one in every]
        return "\n".join([*head, *sorts, *functions, *asserted, "(check-sat)"]) + "\n"

    def _term(self, term: Term) -> "_Written":
        key = id(term.ctx), term.get_id()
        if key not in self._written:
            writing = _Writing()
            written = writing.term(term, ())
            sorts, functions = writing.sorts.values(), writing.functions.values()
            self._written[key] = term, _Written(written, tuple(sorts), tuple(functions))
        return self._written[key][1]


@dataclass(frozen=True)
class _Written:
    """The text of a term, and the declarations of what it mentions."""

    text: str
    sorts: tuple[str, ...]
    functions: tuple[str, ...]


class _Writing:
    """Text of terms, with the declarations of all that they mention, by name."""

    def __init__(self) -> None:
        self.sorts: dict[str, str] = {}
        self.functions: dict[str, str] = {}
        # Equal parts are written once; the terms are kept, so that z3 gives no number twice.
        self._written: dict[tuple[int, tuple[str, ...]], tuple[Term, str]] = {}

    def term(self, term: Term, enclosing: tuple[str, ...]) -> str:
        key = term.get_id(), enclosing
        if key not in self._written:
            self._written[key] = term, self._term(term, enclosing)
        return self._written[key][1]

    def _term(self, term: Term, enclosing: tuple[str, ...]) -> str:
        if z3.is_quantifier(term):
            return self._quantified(term, enclosing)
        if z3.is_var(term):
            index: int = z3.get_var_index(term)
            return enclosing[-1 - index]
        head = self._head(term)
        parts = [self.term(part, enclosing) for part in term.children()]
        return f"({' '.join([head, *parts])})" if parts else head

    def _head(self, term: Term) -> str:
        declaration = term.decl()
        kind, name = declaration.kind(), str(declaration.name())
        if kind not in _NAMED and kind not in _OPERATORS:
            message = f"the certificates have no operator {name!r}"
            raise ValueError(message)
        if kind in _OPERATORS:
            return _OPERATORS[kind]
        domain = [self.sort(declaration.domain(at)) for at in range(declaration.arity())]
        target = self.sort(declaration.range())
        if kind == z3.Z3_OP_UNINTERPRETED:
            self.functions[name] = f"(declare-fun {name} ({' '.join(domain)}) {target})"
        return name

    def _quantified(self, term: Term, enclosing: tuple[str, ...]) -> str:
        names: tuple[str, ...] = ()
        for at in range(term.num_vars()):
            names += (_unlike((*enclosing, *names), term.var_name(at)),)
        sorts = [self.sort(term.var_sort(at)) for at in range(term.num_vars())]
        bound = " ".join(f"({name} {sort})" for name, sort in zip(names, sorts, strict=True))
        quantifier = "forall" if term.is_forall() else "exists"
        return f"({quantifier} ({bound}) {self.term(term.body(), (*enclosing, *names))})"

    def sort(self, sort: Sort) -> str:
        name = str(sort.name())
        if sort.kind() == z3.Z3_DATATYPE_SORT:
            elements = (sort.constructor(at).name() for at in range(sort.num_constructors()))
            listed = " ".join(f"({element})" for element in elements)
            self.sorts[name] = f"(declare-datatypes (({name} 0)) (({listed})))"
        elif sort.kind() == z3.Z3_UNINTERPRETED_SORT:
            self.sorts[name] = f"(declare-sort {name} 0)"
        return name


def _unlike(taken: Sequence[str], name: str) -> str:
    """The name, or one that no enclosing variable has."""
    return name if name not in taken else _unlike(taken, f"{name}_")
