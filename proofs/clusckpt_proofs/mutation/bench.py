"""The bench: one action under one reading, ready for its mutants to be judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import z3

from clusckpt_proofs.mutation.cases import Case, rows
from clusckpt_proofs.mutation.clause import FREE, Clause, straight
from clusckpt_proofs.mutation.conditions import Condition
from clusckpt_proofs.mutation.finite import Example, Instance, places, representatives, sizes
from clusckpt_proofs.mutation.interpretation import Interpretation
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, StepTheorem
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import bound, changing
from clusckpt_spec.system.system import TransitionSystem

_FRESH_CASES = 6
"""So many new cases are put beside the known ones at a time; then all rows are made anew."""


def claims(system: TransitionSystem, action: Action) -> dict[str, Term]:
    """What is proved of an action, by name: invariants after it, theorems about it or about all."""
    specification, after = system.specification, system.after
    invariants = specification.invariants_under(system.reading)
    found = {entry.name: entry.formula(after) for entry in invariants}
    about: list[ActionTheorem | StepTheorem] = [
        entry
        for entry in specification.theorems_under(system.reading)
        if entry.action.name == action.name
    ]
    about += [
        entry
        for entry in specification.step_theorems_under(system.reading)
        if action in specification.concerned(entry, system.reading)
    ]
    for entry in about:
        formula = entry.claim(system.before, after).formula()
        elements = [bound(system.before, sort, name)[0] for name, sort in entry.variables]
        found[entry.name] = z3.ForAll(elements, formula) if elements else formula
    return found


@dataclass
class Bench:
    """An action in a finite instance, with the claims about it and the cases known so far.

    `tours` gives the moments of each tour that do the action, by the name of the reading.
    """

    instance: Instance
    action: Action
    tours: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)
    found: list[Case] = field(default_factory=list)
    _fresh: int = 0

    @cached_property
    def clause(self) -> Clause:
        """The clause of the action."""
        return straight(self.instance.system, self.action)

    @cached_property
    def claims(self) -> Mapping[str, Term]:
        """What is proved of the action."""
        return claims(self.instance.system, self.action)

    @cached_property
    def terms(self) -> Interpretation:
        """The action in every lawful state, for the solver."""
        return self.instance.terms.mutated(self.clause, representatives(self.action))

    @cached_property
    def rows(self) -> Interpretation:
        """The action in the known cases, but for the latest of them."""
        widest = max((one.scope for one in self.cases), key=lambda scope: scope.data)
        reader = self.instance.terms.reader
        return rows(self.cases, sizes(widest), reader).mutated(self.clause)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The known cases; those of the tours come first, in order."""
        return (*(case for tour in self.tours.values() for case in tour), *self.found)

    def example(self, wanted: Mapping[str, Condition]) -> Example | None:
        """A case in which one of the conditions holds; it is known from then on.

        Raises:
            TimeoutError: if the solver gives up.
        """
        example = self.instance.example(wanted, self.action, representatives(self.action))
        if example is not None:
            self.found.append(example.case)
            self._fresh += 1
            if self._fresh >= min(_FRESH_CASES, len(self.found)):
                self._fresh = 0
                self.__dict__.pop("rows", None)
        return example

    def broken(self, base: Interpretation, mutant: Clause) -> dict[str, Condition]:
        """For each claim that the mutant can break: when it happens and the claim fails."""
        world = base.mutated(mutant)
        guard = world.formula(mutant.guard)
        found = {}
        for name, term in self.claims.items():
            untouched = world.changed.isdisjoint(world.reader.read(term).names)
            if untouched and mutant.guard is self.clause.guard:
                continue
            failed = world.logic.every((guard, world.logic.no(world.formula(term))))
            if failed is not False:
                found[name] = failed
        return found

    def differs(self, base: Interpretation, mutant: Clause) -> Condition:
        """When one of mutant and original may happen and the other not, or they do otherwise."""
        world, logic = base.mutated(mutant), base.logic
        guard, mutated = base.formula(self.clause.guard), world.formula(mutant.guard)
        otherwise = logic.some(
            logic.no(_same(base, world, *cell))
            for cell in self._after()
            if cell[0] in world.changed
        )
        return logic.some((logic.no(logic.same(guard, mutated)), logic.every((guard, otherwise))))

    def known_broken(self, mutant: Clause) -> tuple[str, ...]:
        """The claims that the mutant breaks in some known case."""
        return tuple(self.broken(self.rows, mutant)) if self.cases else ()

    def known_differences(self, mutant: Clause) -> list[int]:
        """The known cases that tell the mutant from the original, by number."""
        if not self.cases:
            return []
        differing = self.differs(self.rows, mutant)
        return [
            at
            for at in range(len(self.cases))
            if differing is True or (differing is not False and differing >> at & 1)
        ]

    def off_tour(self, mutant: Clause) -> dict[str, int]:
        """For each reading whose tour the mutant would not repeat, the first moment of it.

        A clause that leaves something open allows what the tour did.
        """
        if any(name.endswith(FREE) for name in mutant.final.values()):
            return {}
        differing = self.known_differences(mutant)
        found = {}
        start = 0
        for reading, tour in self.tours.items():
            moments = [at - start for at in differing if start <= at < start + len(tour)]
            if moments:
                found[reading] = moments[0]
            start += len(tour)
        return found

    def _after(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        for entry in changing(self.instance.system.specification.state_type):
            for place in places(entry.domain, self.instance.scope):
                yield entry.name + "_next", entry.range.capitalize(), place


def _same(
    one: Interpretation, other: Interpretation, name: str, sort: str, place: tuple[int, ...]
) -> Condition:
    compared = one.logic.same if sort == "Bool" else one.logic.equal
    return compared(one.cell(name, sort, place), other.cell(name, sort, place))
