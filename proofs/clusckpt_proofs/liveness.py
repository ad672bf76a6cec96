"""Progress under weak fairness: the three premises of Lamport's rule WF1, for any size.

From the first, the helpful action can happen as long as something waits; from the second, no
action ends the waiting without the goal; from the third, the helpful action reaches the goal. That
a goal is then reached is the rule's conclusion, and not the solver's.
"""

from collections.abc import Iterator

from z3 import Not, Or

from clusckpt_proofs.obligation import Kind, Obligation, Refutation
from clusckpt_proofs.unbounded import proof
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action, Step, equalities
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.progress import PROGRESS, Progress
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.system import Specification, TransitionSystem


def progress_obligations(specification: Specification, reading: Reading) -> Iterator[Obligation]:
    """What has to be shown for every promise of progress that a reading makes."""
    if specification is CHECKPOINTS:
        system = TransitionSystem(specification, reading, unbounded())
        for progress in PROGRESS:
            if progress.when(reading):
                yield from promise_obligations(system, progress)


def promise_obligations(system: TransitionSystem, progress: Progress) -> Iterator[Obligation]:
    """What has to be shown for one promise of progress: enabled, helpful, stable."""
    yield from _Promise(system, progress).obligations()


class _Promise:
    """One promise of progress, about arbitrary elements."""

    def __init__(self, system: TransitionSystem, progress: Progress) -> None:
        self.system, self.progress = system, progress
        self.elements = progress.elements(system.before)
        self.prefix = f"{system.reading.name}/{system.specification.name}/progress/{progress.name}"

    def obligations(self) -> Iterator[Obligation]:
        """Enabled, helpful, and stable under every action."""
        yield self._named("enabled", self._enabled)
        yield self._named("reached", self._reached)
        for action in self.system.specification.actions_under(self.system.reading):
            yield self._stable(action)

    def _named(self, name: str, refutation: Refutation) -> Obligation:
        return proof(f"{self.prefix}/{name}", Kind.PROGRESS, self.progress.rules, refutation)

    def _given(self) -> list[Term]:
        waiting = self.progress.waiting(self.system.before, *self.elements)
        return [*self.system.axioms.values(), self.system.invariant, waiting]

    def _helpful(self) -> Step:
        return self.progress.helpful.clause(self.system.before, *self.elements)

    def _enabled(self) -> list[Term]:
        return [*self._given(), Not(self._helpful().guard)]

    def _reached(self) -> list[Term]:
        step, after = self._helpful(), self.system.after
        done = [step.guard, *equalities(step.after, after)]
        return [*self._given(), *done, Not(self.progress.goal(after, *self.elements))]

    def _stable(self, action: Action) -> Obligation:
        def refutation() -> list[Term]:
            after = self.system.after
            waits_on = self.progress.waiting(after, *self.elements)
            kept = Or(waits_on, self.progress.goal(after, *self.elements))
            return [*self._given(), self.system.relations[action.name], Not(kept)]

        return self._named(f"stable/{action.name}", refutation)
