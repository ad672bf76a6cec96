"""Needed premises: drop one, and there is a counterexample, found by the solver and re-executed.

The counterexample is looked for over enumerated sorts: a state in which all invariants hold and
the weakened one too, and an action after which the weakened one does not. The solver's answer is
decoded, the action is run by the compiled clauses, and only if they agree does it count.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
    """A transition system over enumerated sorts, its terms grounded once and kept.

    z3 orders the parts of terms by their numbers in memory. So the terms are kept in a context of
    their own, and every question is asked in a new one: which counterexample is found then hardly
    depends on what else the process has done.
    """

    def __init__(self, specification: Specification, reading: Reading) -> None:
        """Take the specification under one reading; nothing is grounded before it is needed."""
        self.system = TransitionSystem(specification, reading, enumerated(SCOPE))
        self._context = z3.Context()

    @cached_property
    def lawful(self) -> Term:
        """The axioms and all invariants, of the state before."""
        lawful = z3.And(*self.system.axioms.values(), self.system.invariant)
        return _simple(lawful, self._context)

    @cached_property
    def relations(self) -> list[tuple[Action, Term]]:
        """Every action with its relation."""
        relations = self.system.relations
        actions = self.system.specification.actions_under(self.system.reading)
        return [(action, _simple(relations[action.name], self._context)) for action in actions]

    @cached_property
    def initial(self) -> Term:
        """The constraint that the state before is one in which a cluster may start."""
        return _simple(self.system.initial, self._context)

    def counterexample(self, invariant: Invariant, premise: str) -> Counterexample | str | None:
        """A step that breaks the weakened invariant; None if there is none, text if unknown."""
        before, after = self.system.before, self.system.after
        denial = z3.Not(invariant.formula(after, without=premise))
        solver, asked = self._asked(denial, invariant.formula(before, without=premise))
        for action, relation in self.relations:
            solver.push()
            solver.add(relation.translate(solver.ctx))
            answer = solver.check()
            if answer == z3.sat:
                return self._decoded(action, solver, (*asked, relation))
            if answer == z3.unknown:
                return str(solver.reason_unknown())
            solver.pop()
        return self._initially(invariant, premise)

    def _initially(self, invariant: Invariant, premise: str) -> Counterexample | str | None:
        """An initial state that breaks the weakened invariant."""
        denial = z3.Not(invariant.formula(self.system.before, without=premise))
        solver, asked = self._asked(denial)
        solver.add(self.initial.translate(solver.ctx))
        answer = solver.check()
        if answer == z3.unknown:
            return str(solver.reason_unknown())
        found = answer == z3.sat
        return self._decoded(None, solver, (*asked, self.initial)) if found else None

    def _asked(self, *further: Term) -> tuple[z3.Solver, tuple[Term, ...]]:
        """A solver with all that is promised of the state before and further terms, and these."""
        solver = z3.Solver(ctx=z3.Context())
        solver.set("timeout", TIMEOUT_MILLISECONDS)
        simple = tuple(_simple(term, solver.ctx) for term in further)
        solver.add(self.lawful.translate(solver.ctx), *simple)
        return solver, (self.lawful, *simple)

    def _decoded(
        self, action: Action | None, solver: z3.Solver, satisfied: tuple[Term, ...]
    ) -> Counterexample:
        found = decode(self.system, action, solver.model().translate(z3.main_ctx()))
        return replace(found, satisfied=satisfied)


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
        run = found.run(invariant, premise)
        return Answer(Result.HOLDS, found.story, run, found.satisfied)

    return discharge


def _simple(term: Term, context: z3.Context) -> Term:
    return z3.simplify(ground(term).translate(context))
