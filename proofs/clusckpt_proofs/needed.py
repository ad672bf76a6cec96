"""Needed premises: drop one, and there is a counterexample, found by the solver and re-executed.

The counterexample is looked for over enumerated sorts: a state in which all invariants hold and
the weakened one too, and an action after which the weakened one does not. The solver's answer is
decoded, the action is run by the compiled clauses, and only if they agree does it count.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

import z3

from clusckpt_proofs.decode import Counterexample, decode
from clusckpt_proofs.obligation import Answer, Kind, Obligation, Result
from clusckpt_proofs.unbounded import TIMEOUT_MILLISECONDS
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.ground import ground
from clusckpt_spec.system.sorts import Scope, Term, enumerated
from clusckpt_spec.system.system import Specification, TransitionSystem

SCOPE = Scope(node=2, resource=2, key=2, data=3)
"""Large enough for a counterexample to every weakened invariant."""


class FiniteSystem:
    """A transition system over enumerated sorts, its terms grounded once and kept."""

    def __init__(self, specification: Specification, reading: Reading) -> None:
        """Take the specification under one reading; nothing is grounded before it is needed."""
        self.system = TransitionSystem(specification, reading, enumerated(SCOPE))

    @cached_property
    def lawful(self) -> Term:
        """The axioms and all invariants, of the state before."""
        return _simple(z3.And(*self.system.axioms.values(), self.system.invariant))

    @cached_property
    def relations(self) -> list[tuple[Action, Term]]:
        """Every action with its relation."""
        relations = self.system.relations
        actions = self.system.specification.actions_under(self.system.reading)
        return [(action, _simple(relations[action.name])) for action in actions]

    def counterexample(self, invariant: Invariant, premise: str) -> Counterexample | str | None:
        """A step that breaks the weakened invariant; None if there is none, text if unknown."""
        before, after = self.system.before, self.system.after
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MILLISECONDS)
        solver.add(self.lawful, _simple(z3.Not(invariant.formula(after, without=premise))))
        solver.add(_simple(invariant.formula(before, without=premise)))
        for action, relation in self.relations:
            solver.push()
            solver.add(relation)
            answer = solver.check()
            if answer == z3.sat:
                return decode(self.system, action, solver.model())
            if answer == z3.unknown:
                return str(solver.reason_unknown())
            solver.pop()
        return self._initially(invariant, premise)

    def _initially(self, invariant: Invariant, premise: str) -> Counterexample | str | None:
        """An initial state that breaks the weakened invariant."""
        before = self.system.before
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MILLISECONDS)
        solver.add(self.lawful, _simple(self.system.initial))
        solver.add(_simple(z3.Not(invariant.formula(before, without=premise))))
        answer = solver.check()
        if answer == z3.unknown:
            return str(solver.reason_unknown())
        return decode(self.system, None, solver.model()) if answer == z3.sat else None


def needed_obligations(specification: Specification, reading: Reading) -> Iterator[Obligation]:
    """One obligation for each premise of each invariant."""
    finite = FiniteSystem(specification, reading)
    prefix = f"{reading.name}/{specification.name}/needed"
    for invariant in specification.invariants_under(reading):
        for premise in invariant.claim(finite.system.before).premises:
            name = f"{prefix}/{invariant.name}/{premise}"
            yield Obligation(
                name, Kind.NEEDED, invariant.rules, _needed(finite, invariant, premise)
            )


def _needed(finite: FiniteSystem, invariant: Invariant, premise: str) -> Callable[[], Answer]:
    def discharge() -> Answer:
        found = finite.counterexample(invariant, premise)
        if isinstance(found, str):
            return Answer(Result.UNKNOWN, (f"the solver gave up: {found}",))
        if found is None:
            return Answer(Result.FAILS, (f"it holds without the premise {premise!r} too",))
        if not found.breaks(invariant, premise):
            return Answer(Result.FAILS, ("the counterexample does not hold when executed",))
        return Answer(Result.HOLDS, found.story)

    return discharge


def _simple(term: Term) -> Term:
    return z3.simplify(ground(term))
