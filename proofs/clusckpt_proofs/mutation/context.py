"""The context of a part of a clause: what may be spoken of there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import z3

from clusckpt_spec.system.sorts import Term


@dataclass(frozen=True)
class Context:
    """What a part of a clause stands in."""

    functions: Mapping[str, Term]
    """The symbols of the state before, by name."""
    elements: tuple[Term, ...]
    """Parameters and variables that may be spoken of here."""
    versions: Mapping[str, tuple[Term, ...]]
    """The versions of each symbol that there are by now, the state before first."""
    guard: bool = False
    """Whether this is a conjunct of the guard, or all of it."""

    def inside(self, *, guard: bool = False) -> "Context":
        """The context of a part of this part."""
        return self if self.guard == guard else replace(self, guard=guard)

    def binding(self, variables: list[Term]) -> "Context":
        """The context under a quantifier over some more variables."""
        return replace(self, elements=(*self.elements, *variables), guard=False)

    def alike(self, term: Term) -> Iterator[Term]:
        """The other elements of the same sort that may be spoken of here."""
        for element in self.elements:
            if element.sort() == term.sort() and not element.eq(term):
                yield element

    def of_sort(self, sort: str) -> Iterator[Term]:
        """The elements of the sort with that name."""
        return (element for element in self.elements if str(element.sort()) == sort)


def opened(term: Term, taken: tuple[Term, ...]) -> tuple[list[Term], Term]:
    """The variables and the body of a quantifier, with names that are not taken.

    >>> k = z3.Int("k")
    >>> opened(z3.ForAll([k], k > 0), (k,))
    ([k'], k' > 0)
    """
    names = {str(one) for one in taken}
    variables = []
    for at in range(term.num_vars()):
        name = str(term.var_name(at))
        while name in names:
            name += "'"
        names.add(name)
        variables.append(z3.Const(name, term.var_sort(at)))
    return variables, z3.substitute_vars(term.body(), *reversed(variables))
