"""Witnesses: the tour meets every action and the premises of every invariant and theorem."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import product

import z3

from clusckpt_proofs.names import element_name, instance_name
from clusckpt_proofs.obligation import Answer, Kind, Obligation, Result
from clusckpt_proofs.recheck.records import Applies, Happens, Met, Shown, Stuck
from clusckpt_proofs.runs import recorded
from clusckpt_proofs.small_tours import (
    container_program,
    container_tour,
    list_program,
    list_tour,
)
from clusckpt_proofs.tour import (
    CALL_TOUR,
    DEADLOCK,
    R1,
    Schedule,
    call_program,
    checkpoint_program,
    checkpoint_tour,
    run,
)
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.program import Concrete, Instance, Program
from clusckpt_spec.system.system import Specification

Maker = Callable[[Reading], tuple[Program, Concrete]]
"""Makes the finite instance that a tour runs on, and its first state."""

TOURS: Mapping[str, tuple[Maker, Callable[[Reading], Schedule]]] = {
    CHECKPOINTS.name: (checkpoint_program, checkpoint_tour),
    CALLS.name: (call_program, lambda _: CALL_TOUR),
    LISTS.name: (list_program, list_tour),
    CONTAINERS.name: (container_program, container_tour),
}


class Tour:
    """An executed run of one specification, made when it is first asked for."""

    def __init__(self, specification: Specification, reading: Reading) -> None:
        """Take the tour of a specification; it is run when its states are first asked for."""
        make, schedule = TOURS[specification.name]
        self._made = make(reading)
        self.schedule = schedule(reading)

    @property
    def program(self) -> Program:
        """The finite instance that the tour runs on."""
        return self._made[0]

    @cached_property
    def states(self) -> list[Concrete]:
        """The states of the run, the first included."""
        return run(self.program, self._made[1], self.schedule)

    def shown(self, shows: Shown, story: str) -> Answer:
        """The answer that the tour shows something."""
        run = recorded(self.program, self._made[1], self.schedule, shows)
        return Answer(Result.HOLDS, (story,), run)

    def moments(self, action: Action | None = None) -> Iterator[tuple[int, Concrete, Instance]]:
        """Step numbers with the state before and the instance, of one action or of all."""
        for number, instance in enumerate(self.schedule, start=1):
            if action is None or instance[0] == action.name:
                yield number, self.states[number - 1], instance


def witness_obligations(specification: Specification, reading: Reading) -> Iterator[Obligation]:
    """One witness for each action, each invariant and each theorem of the reading."""
    tour = Tour(specification, reading)
    prefix = f"{reading.name}/{specification.name}/witness"
    for action in specification.actions_under(reading):
        yield Obligation(
            f"{prefix}/{action.name}", Kind.WITNESS, action.rules, _happens(tour, action)
        )
    for invariant in specification.invariants_under(reading):
        yield Obligation(
            f"{prefix}/{invariant.name}", Kind.WITNESS, invariant.rules, _met(tour, invariant)
        )
    for theorem in specification.theorems_under(reading):
        yield Obligation(
            f"{prefix}/{theorem.name}", Kind.WITNESS, theorem.rules, _applies(tour, theorem)
        )
    for everywhere in specification.step_theorems_under(reading):
        yield Obligation(
            f"{prefix}/{everywhere.name}", Kind.WITNESS, everywhere.rules, _arises(tour, everywhere)
        )
    if specification is CALLS:
        yield Obligation(
            f"{prefix}/ordinary_code_closes_a_cycle",
            Kind.WITNESS,
            (RuleID.NOT_PASSED_TO_DLL,),
            lambda: _deadlock(reading),
        )


def _happens(tour: Tour, action: Action) -> Callable[[], Answer]:
    def discharge() -> Answer:
        for number, _, instance in tour.moments(action):
            story = f"step {number} of the tour: {instance_name(tour.program, instance)}"
            return tour.shown(Happens(action=action.name, step=number), story)
        return _not_found(f"the tour never does {action.name}")

    return discharge


def _met(tour: Tour, invariant: Invariant) -> Callable[[], Answer]:
    def discharge() -> Answer:
        premises = z3.And(*invariant.claim(tour.program.state).premises.values())
        names = [name for name, _ in invariant.variables]
        met = tour.program.predicate(premises, *names)
        sizes = [range(tour.program.size(sort)) for _, sort in invariant.variables]
        for number, state in enumerate(tour.states):
            for chosen in product(*sizes):
                if met(state, *chosen):
                    whom = _named(tour, invariant, chosen)
                    shows = Met(invariant=invariant.name, elements=chosen, step=number)
                    return tour.shown(shows, f"after step {number} of the tour, for {whom}")
        return _not_found("the premises are never met in the tour")

    return discharge


def _applies(tour: Tour, theorem: ActionTheorem) -> Callable[[], Answer]:
    def discharge() -> Answer:
        program = tour.program
        premises = z3.And(*theorem.claim(program.state, program.next_state).premises.values())
        names = [name for name, _ in (*theorem.action.parameters, *theorem.variables)]
        met = program.predicate(premises, *names)
        sizes = [range(program.size(sort)) for _, sort in theorem.variables]
        for number, state, instance in tour.moments(theorem.action):
            for chosen in product(*sizes):
                if met(state, *instance[1], *chosen):
                    whom = _named(tour, theorem, chosen)
                    shows = Applies(theorem=theorem.name, elements=chosen, step=number)
                    return tour.shown(shows, f"step {number} of the tour, for {whom}")
        return _not_found(f"the premises are never met where the tour does {theorem.action.name}")

    return discharge


def _arises(tour: Tour, theorem: StepTheorem) -> Callable[[], Answer]:
    """Where the tour meets the premises of a theorem about every action, in a step it is about."""

    def discharge() -> Answer:
        program = tour.program
        premises = z3.And(*theorem.claim(program.state, program.next_state).premises.values())
        met = program.step_predicate(premises, *(name for name, _ in theorem.variables))
        sizes = [range(tour.program.size(sort)) for _, sort in theorem.variables]
        left_out = {action.name for action in theorem.except_for}
        for number, state, instance in tour.moments():
            for chosen in product(*sizes) if instance[0] not in left_out else ():
                if met(state, tour.states[number], *chosen):
                    whom = _named(tour, theorem, chosen)
                    shows = Applies(theorem=theorem.name, elements=chosen, step=number)
                    return tour.shown(shows, f"step {number} of the tour, for {whom}")
        return _not_found("the premises are never met in the tour")

    return discharge


def _deadlock(reading: Reading) -> Answer:
    program, start = call_program(reading)
    stuck = run(program, start, DEADLOCK)[-1]
    if program.step(stuck, ("answer", (R1, R1))) is not None:
        return _not_found("the code that was passed on can still be answered")
    shown = recorded(program, start, DEADLOCK, Stuck(action="answer", elements=(R1, R1)))
    story = " ; ".join(instance_name(program, instance) for instance in DEADLOCK)
    return Answer(Result.HOLDS, (story,), shown)


def _named(
    tour: Tour, claim: Invariant | ActionTheorem | StepTheorem, chosen: tuple[int, ...]
) -> str:
    return ", ".join(
        f"{name} = {element_name(sort, number, tour.program.rigid)}"
        for (name, sort), number in zip(claim.variables, chosen, strict=True)
    )


def _not_found(story: str) -> Answer:
    return Answer(Result.FAILS, (story,))
