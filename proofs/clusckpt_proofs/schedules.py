"""The other half of the collision theorem: a schedule that works for any conflict.

The state after each step has symbols of its own, tied to those before by the clause of the action.
That each step may happen, and that the last state is the one that was aimed at, is proved for
arbitrary resources, roots, key and node, in registries of any size.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from z3 import Not

from clusckpt_proofs.obligation import Kind, Obligation
from clusckpt_proofs.unbounded import proof
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Step, equalities
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.collision import COLLISION_RULE, MOVERS, Collision
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import Specification


def schedule_obligations(specification: Specification, reading: Reading) -> Iterator[Obligation]:
    """Every step of the schedule, and every part of its goal, by who has to move first."""
    if specification is CHECKPOINTS:
        for movers in MOVERS:
            yield from _Played(Collision(reading, unbounded(), movers)).obligations()


class _Played:
    """The schedule of one case, step by step."""

    def __init__(self, collision: Collision) -> None:
        self.collision = collision
        case = "_and_".join(collision.movers) or "nobody"
        self.prefix = f"{collision.reading.name}/{CHECKPOINTS.name}/collision/{case}_moves"

    def obligations(self) -> Iterator[Obligation]:
        """Each step may happen, and the goal is reached, part by part."""
        for number, planned in enumerate(self.collision.schedule):
            yield self._proof(f"step_{number + 1}_{planned.action.name}", number)
        for part in self.collision.goal(self.states[0], self.states[-1]):
            yield self._proof(part.replace(" ", "_"), len(self.collision.schedule), part)

    @cached_property
    def states(self) -> list[State]:
        """The symbols of every state, the first as in all other obligations."""
        sorts, reading = self.collision.sorts, self.collision.reading
        numbers = range(len(self.collision.schedule) + 1)
        return [declare(State, sorts, reading, f"_{at}" if at else "") for at in numbers]

    @cached_property
    def steps(self) -> list[Step]:
        """Every step, from its own state."""
        elements = self.collision.elements
        return [
            planned.action.clause(state, *(elements[name] for name in planned.arguments))
            for planned, state in zip(self.collision.schedule, self.states, strict=False)
        ]

    @cached_property
    def frames(self) -> list[list[Term]]:
        """What each step makes of every symbol."""
        pairs = zip(self.steps, self.states[1:], strict=True)
        return [[step.guard, *equalities(step.after, after)] for step, after in pairs]

    def _proof(self, name: str, number: int, part: str | None = None) -> Obligation:
        """That a step may happen after those before it, or, after all, a part of the goal."""

        def refutation() -> list[Term]:
            if part is None:
                return [*self._until(number), Not(self.steps[number].guard)]
            goal = self.collision.goal(self.states[0], self.states[-1])
            return [*self._until(number), Not(goal[part])]

        return proof(f"{self.prefix}/{name}", Kind.COLLISION, (COLLISION_RULE,), refutation)

    def _until(self, number: int) -> list[Term]:
        """The axioms, the start, and so many steps."""
        start = self.states[0]
        terms = [
            *CHECKPOINTS.axioms(start).values(),
            *CHECKPOINTS.initial(start).values(),
            *self.collision.premises(start).values(),
        ]
        return [*terms, *chain.from_iterable(self.frames[:number])]
