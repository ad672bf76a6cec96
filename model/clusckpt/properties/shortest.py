"""Shortening: a program that breaks a rule, without the events that it does not need."""

from collections.abc import Iterator

from clusckpt.properties.run import Run
from clusckpt.properties.violation import Violation
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent

Program = tuple[tuple[AnyEvent, Status], ...]


def broken(begun: Run, program: Program) -> tuple[Run, Violation] | None:
    """The run of a program up to its first violation; None if it cannot happen or breaks nothing.

    Args:
        begun: the run before its first event, of the model in question.
        program: events with the answer that each must give.
    """
    run = begun
    for event, status in program:
        fitting = [one for one in run.outcomes(event) if one.status is status]
        if not fitting:
            return None
        violation = next(run.violations(event, fitting[0]), None)
        run = run.then(event, fitting[0])
        if violation is not None:
            return run, violation
    return None


def shortened(begun: Run, program: Program) -> tuple[Run, Violation]:
    """The run of a program from which no event can be taken without losing the violation.

    Raises:
        ValueError: if the program breaks nothing.
    """
    found = broken(begun, program)
    if found is None:
        message = "the program breaks no rule, so there is nothing to shorten it to"
        raise ValueError(message)
    for candidate in _without_one(found[0].program):
        shorter = broken(begun, candidate)
        if shorter is not None:
            return shortened(begun, shorter[0].program)
    return found


def _without_one(program: Program) -> Iterator[Program]:
    """The program without each one of its events, the latest first."""
    for at in reversed(range(len(program))):
        yield program[:at] + program[at + 1 :]
