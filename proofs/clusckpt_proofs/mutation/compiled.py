"""Terms made ready for evaluation: z3's trees read once, and kept as trees of our own.

Asking z3 for the parts of a term costs more than evaluating it, and most parts of a mutant are
parts of its original.
"""

from dataclasses import dataclass
from typing import NamedTuple

import z3

from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.translation import element_number

_KINDS = {
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_IMPLIES: "implies",
    z3.Z3_OP_ITE: "if",
    z3.Z3_OP_EQ: "equal",
    z3.Z3_OP_IFF: "equal",
    z3.Z3_OP_DISTINCT: "distinct",
    z3.Z3_OP_DT_CONSTRUCTOR: "element",
    z3.Z3_OP_UNINTERPRETED: "apply",
}


class Node(NamedTuple):
    """A term: its kind, the sort it has, and what it is made of.

    `name` is a function's; `number` is that of an element, or a bound variable's index; `sorts`
    are those of a quantifier's variables, or of a function's arguments.
    """

    kind: str
    sort: str
    parts: tuple["Node", ...] = ()
    name: str = ""
    number: int = 0
    sorts: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    """The functions and constants that the term mentions."""


@dataclass(frozen=True)
class _Read:
    """A term that was read; z3 gives its number to no other term while it is kept."""

    term: Term
    node: Node


class Reader:
    """Reads terms, each shared part once."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._known: dict[int, _Read] = {}

    def read(self, term: Term) -> Node:
        """The term as a tree of nodes.

        Raises:
            ValueError: if the term has an operator that clauses are not made of.
        """
        found = self._known.get(term.get_id())
        if found is None:
            found = self._known[term.get_id()] = _Read(term, self._made(term))
        return found.node

    def _made(self, term: Term) -> Node:
        if z3.is_var(term):
            return Node("variable", str(term.sort()), number=z3.get_var_index(term))
        if z3.is_quantifier(term):
            body = self.read(term.body())
            sorts = tuple(str(term.var_sort(at)) for at in range(term.num_vars()))
            kind = "all" if term.is_forall() else "any"
            return Node(kind, "Bool", (body,), sorts=sorts, names=body.names)
        declared = term.decl()
        kind = _KINDS.get(declared.kind(), "")
        if not kind:
            message = f"clauses are not made of {declared.name()}"
            raise ValueError(message)
        parts = tuple(self.read(part) for part in term.children())
        names = frozenset().union(*(part.names for part in parts))
        if kind == "element":
            return Node(kind, str(term.sort()), number=element_number(term))
        if kind != "apply":
            return Node(kind, str(term.sort()), parts, names=names)
        name = str(declared.name())
        sorts = tuple(part.sort for part in parts)
        return Node(kind, str(term.sort()), parts, name, sorts=sorts, names=names | {name})
