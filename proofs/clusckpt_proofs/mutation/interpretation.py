"""Interpretation: what a clause and its mutants come to in a finite instance.

The functions of the state before have tables whose entries are conditions; every update is
evaluated from them, element by element, and what a mutation does not touch is taken over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from clusckpt_proofs.mutation.clause import Clause, Definition
from clusckpt_proofs.mutation.compiled import Reader
from clusckpt_proofs.mutation.conditions import Logic
from clusckpt_proofs.mutation.evaluation import Place, Value, evaluated
from clusckpt_spec.system.sorts import Term

Leaf = Callable[[str, str, tuple[int, ...]], Value]
"""What a function that nothing defines comes to: from its name, its sort and its arguments."""


@dataclass
class Interpretation:
    """The meaning of every function: defined by an update, or given by `leaf`.

    `sizes` says how many elements each sort has.
    """

    logic: Logic
    sizes: Mapping[str, int]
    leaf: Leaf
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, int] = field(default_factory=dict)
    """Parameters of the action that stand for an element of their own."""
    original: "Interpretation | None" = None
    changed: frozenset[str] = frozenset()
    """The functions that differ from those of `original`; all others are taken over from it."""
    reader: Reader = field(default_factory=Reader)
    _cells: dict[tuple[str, tuple[int, ...]], Value] = field(default_factory=dict)
    _formulas: dict[int, Value] = field(default_factory=dict)

    def mutated(self, clause: Clause, fixed: Mapping[str, int] | None = None) -> "Interpretation":
        """The interpretation of another clause, as far as it differs from this one."""
        aliases = {symbol + "_next": name for symbol, name in clause.final.items()}
        changed = {name for name, target in aliases.items() if self.aliases.get(name) != target}
        for name, entry in clause.by_name.items():
            read = self.reader.read(entry.body).names
            if self.definitions.get(name) is not entry or not changed.isdisjoint(read):
                changed.add(name)
        changed |= {name for name, target in aliases.items() if target in changed}
        return replace(
            self,
            definitions=clause.by_name,
            aliases=aliases,
            fixed=self.fixed if fixed is None else fixed,
            original=self,
            changed=frozenset(changed | set(fixed or ())),
            _cells={},
            _formulas={},
        )

    def formula(self, term: Term) -> Value:
        """What a closed term comes to."""
        node = self.reader.read(term)
        if self.original is not None and self.changed.isdisjoint(node.names):
            return self.original.formula(term)
        key = term.get_id()
        if key not in self._formulas:
            self._formulas[key] = evaluated(node, Place(self, {}))
        return self._formulas[key]

    def cell(self, name: str, sort: str, arguments: tuple[int, ...]) -> Value:
        """What a function comes to for some elements."""
        if self.original is not None and name not in self.changed:
            return self.original.cell(name, sort, arguments)
        key = name, arguments
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._defined(name, sort, arguments)
        return found

    def _defined(self, name: str, sort: str, arguments: tuple[int, ...]) -> Value:
        if name in self.fixed:
            return self.fixed[name]
        target = self.aliases.get(name)
        if target is not None:
            return self.cell(target, sort, arguments)
        entry = self.definitions.get(name)
        if entry is None:
            return self.leaf(name, sort, arguments)
        names = (str(variable) for variable in entry.variables)
        local = dict(zip(names, arguments, strict=True))
        return evaluated(self.reader.read(entry.body), Place(self, local))
