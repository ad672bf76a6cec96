"""Cases: concrete states with arguments for an action, many evaluated at once.

The cases of an action are the moments of the tour that do it, and every counterexample that the
solver has found for a mutant of it: most mutants break something in a state that is already known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusckpt_proofs.mutation.clause import FREE
from clusckpt_proofs.mutation.compiled import Reader
from clusckpt_proofs.mutation.conditions import Logic, Rows
from clusckpt_proofs.mutation.evaluation import Value
from clusckpt_proofs.mutation.interpretation import Interpretation
from clusckpt_spec.system.program import Table
from clusckpt_spec.system.sorts import Scope


@dataclass(frozen=True)
class Case:
    """A lawful state in some scope, one table per symbol, and the action's arguments by name."""

    tables: Mapping[str, Table]
    arguments: Mapping[str, int]
    scope: Scope

    def value(self, name: str, arguments: tuple[int, ...]) -> Table:
        """What a symbol or a parameter is for some elements."""
        if name in self.arguments:
            return self.arguments[name]
        table = self.tables[name]
        for argument in arguments:
            table = table[argument]
        return table


def rows(cases: Sequence[Case], sizes: Mapping[str, int], reader: Reader) -> Interpretation:
    """The interpretation in which bit number `i` is about case number `i`.

    Terms that `reader` knows are not read again.
    """
    logic = Logic(Rows((1 << len(cases)) - 1))

    def leaf(name: str, sort: str, arguments: tuple[int, ...]) -> Value:
        if name.endswith(FREE):
            return other(leaf(name.removesuffix(FREE), sort, arguments), sort)
        values = [case.value(name, arguments) for case in cases]
        if sort == "Bool":
            return logic.some((row(values, wanted=True),))
        return tuple(row(values, wanted=element) for element in range(sizes[sort]))

    def row(values: Sequence[Table], *, wanted: Table) -> Value:
        bits = sum(1 << at for at, value in enumerate(values) if value == wanted)
        return logic.algebra.disjunction([bits, 0])

    def other(value: Value, sort: str) -> Value:
        # What may become anything becomes something else than it was.
        return logic.no(value) if sort == "Bool" else (*value[1:], value[0])

    return Interpretation(logic, sizes, leaf, reader=reader)
