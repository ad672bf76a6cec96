"""One line of a trace: the states that remain possible after it, or what it violates."""

from dataclasses import replace

from clusckpt.files.trace_lines import status_number
from clusckpt.oracle.candidates import Candidate, closed, outcomes
from clusckpt.oracle.observation import mismatches
from clusckpt.oracle.repair import happened, repaired
from clusckpt.oracle.verdict import Violation
from clusckpt.oracle.violations import impossible, nearest, wrong_observation, wrong_status
from clusckpt.rules import Rulebook
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import TraceLine


def followed(
    candidates: list[Candidate], line: TraceLine, rules: Rulebook
) -> tuple[list[Candidate], Violation | None]:
    """The candidates after a line; if there are none, the violation, and candidates to go on.

    Args:
        candidates: the states that are possible before the line.
        line: the event, with what it returned and what was observed right after it.
        rules: the rulebook of the reading to judge by.

    Raises:
        TooManyCandidates: if more states remain possible than are followed.
        TooManyOrders: if more ends of an online are possible than are followed.
    """
    looked = line.observed is not None and line.observed.logged is not None
    unlogged = [replace(one, logged=frozenset()) for one in candidates]
    before = closed(unlogged, rules, with_log=looked)
    every = outcomes(before, line.event, rules)
    if not every:
        return repaired(happened(before, line.event), line.observed), impossible(line)
    returned = [one for one in every if returns(one, line)]
    if not returned:
        reached = before if _failed(line) else every
        return repaired(reached, line.observed), wrong_status(every, line)
    possible = closed(returned, rules, with_log=looked)
    wrong = [list(mismatches(one, line, rules.reading)) for one in possible]
    fitting = [one for one, found in zip(possible, wrong, strict=True) if not found]
    if fitting:
        return fitting, None
    near = nearest(possible, wrong)
    return repaired(near, line.observed), wrong_observation(possible, wrong, line)


def _failed(line: TraceLine) -> bool:
    """Whether a call came back with a failure, so that nothing should have changed."""
    succeeded = (Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING)
    return line.returned is not None and status_number(line.returned) not in succeeded


def returns(candidate: Candidate, line: TraceLine) -> bool:
    """Whether the last event returned in a candidate what the line says, if it says anything."""
    if line.returned is None or candidate.outcome is None:
        return True
    return candidate.outcome.status.satisfied_by(status_number(line.returned))
