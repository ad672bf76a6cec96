"""Runs executed again, by the compiled clauses of the specification."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from clusckpt_proofs.recheck.expectation import SPECIFICATIONS
from clusckpt_proofs.recheck.records import Run, Step, Stuck
from clusckpt_proofs.recheck.tables import NotARun, is_element, scope_of, tables
from clusckpt_spec.readings import READINGS
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.program import Concrete, Instance, Program
from clusckpt_spec.system.sorts import Term


class Entry(Protocol):
    """Something that a specification names."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the name


Found = TypeVar("Found", bound=Entry)


class Executed:
    """A run that was executed: its program and its states, the first included."""

    def __init__(self, run: Run) -> None:
        """Execute a run.

        Raises:
            NotARun: if it is not one: a table or an element is not there, or a step may not happen.
        """
        if run.specification not in SPECIFICATIONS or run.reading not in READINGS:
            message = "there is no such specification or reading"
            raise NotARun(message)
        specification = SPECIFICATIONS[run.specification]
        rigid, state = tables(run, specification)
        reading = READINGS[run.reading]
        self.run = run
        self.program = Program(specification, reading, scope_of(run), rigid, history=True)
        self.schedule = [self.instance(step) for step in run.steps]
        self.states = [self.program.concrete(**state)]
        self._begun()
        for number, instance in enumerate(self.schedule, start=1):
            self.states.append(self._after(number, instance))

    def instance(self, step: Step | Stuck) -> Instance:
        """An action that exists under the reading, with elements that there are."""
        return step.action, self.elements(self.action(step.action).parameters, step.elements)

    def action(self, name: str) -> Action:
        """The action of that name."""
        specification, reading = self.program.specification, self.program.reading
        return named(name, specification.actions_under(reading))

    def elements(
        self, wanted: tuple[tuple[str, str], ...], given: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Elements of the sorts that are wanted."""
        sorts = [sort for _, sort in wanted]
        fitting = zip(sorts, given, strict=False)
        if len(sorts) != len(given) or not all(is_element(self.run, *one) for one in fitting):
            message = f"{list(given)} are not elements of {sorts}"
            raise NotARun(message)
        return given

    def holds(self, formula: Term, state: Concrete) -> bool:
        """Whether a closed formula holds in a state."""
        return self.program.predicate(formula)(state)

    def _begun(self) -> None:
        """Refuse a first state that is not what the run says of it."""
        specification, symbols = self.program.specification, self.program.state
        promised = specification.invariants_under(self.program.reading)
        initial = specification.initial(symbols)
        invariants = {one.name: one.formula(symbols) for one in promised}
        kind = initial if self.run.start == "initial" else invariants
        for name, formula in {**specification.axioms(symbols), **kind}.items():
            if not self.holds(formula, self.states[0]):
                message = f"the first state is not as it says: {name!r} does not hold"
                raise NotARun(message)

    def _after(self, number: int, instance: Instance) -> Concrete:
        state = self.program.step(self.states[-1], instance)
        if state is None:
            message = f"step {number}, {instance[0]}{instance[1]}, may not happen"
            raise NotARun(message)
        return state


def named(name: str, entries: Iterable[Found]) -> Found:
    """The entry of that name.

    Raises:
        NotARun: if there is none.
    """
    for entry in entries:
        if entry.name == name:
            return entry
    message = f"the specification has no {name!r} under this reading"
    raise NotARun(message)
