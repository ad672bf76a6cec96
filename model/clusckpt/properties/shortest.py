"""Shortening: a program that breaks a rule, without the events that it does not need."""

from collections.abc import Iterator

from clusckpt.properties.run import Happening, Run
from clusckpt.properties.violation import Violation
from clusckpt.steps import Outcome

Program = tuple[Happening, ...]
"""What happened, or is to happen, in order."""


def first_violation(begun: Run, program: Program) -> tuple[Run, Violation] | None:
    """The run of a program up to its first violation; None if it breaks nothing.

    An event that cannot happen is left out, and one that cannot give its answer gives another,
    so that a program of which a part was taken still runs. The run says what happened.
    """
    run = begun
    for happened in program:
        event, outcomes = happened.event, run.outcomes(happened.event)
        if outcomes:
            choice = _choice(outcomes, happened)
            violation = next(run.violations(event, outcomes[choice]), None)
            run = run.then(event, outcomes[choice], choice)
            if violation is not None:
                return run, violation
    return None


def shortened(begun: Run, program: Program) -> tuple[Run, Violation]:
    """The run of a program that breaks a rule, of which no event can be spared to break that rule.

    A part that breaks another rule first tells of something else, so it is not taken.

    Args:
        begun: the run before its first event, of the model in question.
        program: what happened.

    Raises:
        ValueError: if the program breaks no rule.
    """
    found = first_violation(begun, program)
    if found is None:
        message = "the program breaks no rule, so no part of it does; give one that does"
        raise ValueError(message)
    while (shorter := _shorter(begun, *found)) is not None:
        found = shorter
    return found


def _shorter(begun: Run, run: Run, violation: Violation) -> tuple[Run, Violation] | None:
    """The first part of a run that breaks the same rule with fewer events."""
    for part in _parts(run.program):
        found = first_violation(begun, part)
        shorter = found is not None and len(found[0].program) < len(run.program)
        if found is not None and shorter and found[1].rule is violation.rule:
            return found
    return None


def _choice(outcomes: list[Outcome], happened: Happening) -> int:
    """The outcome that comes nearest to what happened: the same one, or one with its answer."""
    if happened.choice < len(outcomes) and outcomes[happened.choice].status is happened.status:
        return happened.choice
    statuses = [one.status for one in outcomes]
    return statuses.index(happened.status) if happened.status in statuses else 0


def _parts(program: Program) -> Iterator[Program]:
    """The program without each of its halves, quarters and so on, down to single events."""
    length = len(program)
    while length > 1:
        length = (length + 1) // 2
        for start in range(0, len(program), length):
            yield program[:start] + program[start + length :]
