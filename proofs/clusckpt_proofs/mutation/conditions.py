"""Conditions: truth values that depend on something, in the two ways that a mutant is judged.

A condition is a Python truth value where it is the same in every case. Otherwise it is either a
row of bits, one for each case of a list of known states, or a term for the solver. The
interpretation of clauses is the same for both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import z3
from z3 import z3core

Condition = Any
"""True, False, or what the algebra makes of anything else."""

Choice = Any
"""An element of a finite sort: its number, or a tuple with one condition for each element."""


class Algebra(Protocol):
    """How conditions are combined; none of the parts is a Python truth value."""

    def negation(self, part: Condition) -> Condition:
        """The condition that the part does not hold."""

    def conjunction(self, parts: list[Condition]) -> Condition:
        """The condition that all parts hold; there are two at least."""

    def disjunction(self, parts: list[Condition]) -> Condition:
        """The condition that some part holds; there are two at least."""


@dataclass(frozen=True)
class Rows:
    """Rows of bits: bit number `i` is the condition in case number `i`."""

    every: int
    """The row with a bit for every case."""

    def negation(self, part: Condition) -> Condition:
        """The cases in which the part does not hold."""
        return self.every ^ part

    def conjunction(self, parts: list[Condition]) -> Condition:
        """The cases in which all parts hold."""
        row = self.every
        for part in parts:
            row &= part
        return self._settled(row)

    def disjunction(self, parts: list[Condition]) -> Condition:
        """The cases in which some part holds."""
        row = 0
        for part in parts:
            row |= part
        return self._settled(row)

    def _settled(self, row: int) -> Condition:
        """A row that is the same in every case is a truth value; nothing more depends on it."""
        if row == self.every:
            return True
        return row or False


@dataclass(frozen=True)
class Terms:
    """Propositional terms for the solver.

    They are made by z3's own calls, because `z3.And` checks every part for its sort, which takes
    ten times as long, and there are millions of them.
    """

    def negation(self, part: Condition) -> Condition:
        """The negated term."""
        context = part.ctx
        return z3.BoolRef(z3core.Z3_mk_not(context.ref(), part.as_ast()), context)

    def conjunction(self, parts: list[Condition]) -> Condition:
        """All of the terms."""
        return _joined(z3core.Z3_mk_and, parts)

    def disjunction(self, parts: list[Condition]) -> Condition:
        """Any of the terms."""
        return _joined(z3core.Z3_mk_or, parts)


def _joined(make: Callable[..., Any], parts: list[Condition]) -> Condition:
    context = parts[0].ctx
    arguments = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    return z3.BoolRef(make(context.ref(), len(parts), arguments), context)


@dataclass(frozen=True)
class Logic:
    """Combines conditions and compares elements, whatever the algebra."""

    algebra: Algebra

    def no(self, part: Condition) -> Condition:
        """That the part does not hold."""
        return (not part) if isinstance(part, bool) else self.algebra.negation(part)

    def every(self, parts: Iterable[Condition]) -> Condition:
        """That all parts hold; parts after a false one are not asked for."""
        kept = []
        for part in parts:
            if part is False:
                return False
            if part is not True:
                kept.append(part)
        if len(kept) < 2:  # noqa: PLR2004 - the algebra combines two conditions or more
            return kept[0] if kept else True
        return self.algebra.conjunction(kept)

    def some(self, parts: Iterable[Condition]) -> Condition:
        """That some part holds; parts after a true one are not asked for."""
        kept = []
        for part in parts:
            if part is True:
                return True
            if part is not False:
                kept.append(part)
        if len(kept) < 2:  # noqa: PLR2004 - the algebra combines two conditions or more
            return kept[0] if kept else False
        return self.algebra.disjunction(kept)

    def same(self, left: Condition, right: Condition) -> Condition:
        """That two conditions agree."""
        if isinstance(left, bool):
            return right if left else self.no(right)
        if isinstance(right, bool):
            return left if right else self.no(left)
        both = self.every((left, right))
        return self.some((both, self.no(self.some((left, right)))))

    def equal(self, left: Choice, right: Choice) -> Condition:
        """That two elements are the same."""
        if isinstance(left, int):
            return left == right if isinstance(right, int) else right[left]
        if isinstance(right, int):
            return left[right]
        return self.some(self.every(pair) for pair in zip(left, right, strict=True))

    def either(self, test: Condition, chosen: Condition, other: Condition) -> Condition:
        """The condition `chosen` where the test holds, else `other`."""
        if isinstance(test, bool):
            return chosen if test else other
        return self.some((self.every((test, chosen)), self.every((self.no(test), other))))

    def one_of(self, test: Condition, chosen: Choice, other: Choice, size: int) -> Choice:
        """The element `chosen` where the test holds, else `other`, of a sort of that size."""
        if isinstance(test, bool):
            return chosen if test else other
        if isinstance(chosen, int) and chosen == other:
            return chosen
        pairs = zip(spread(chosen, size), spread(other, size), strict=True)
        return tuple(self.either(test, one, another) for one, another in pairs)


def spread(choice: Choice, size: int) -> tuple[Condition, ...]:
    """An element as one condition for each element of its sort.

    >>> spread(1, 3)
    (False, True, False)
    """
    if isinstance(choice, int):
        return tuple(number == choice for number in range(size))
    return tuple(choice)
