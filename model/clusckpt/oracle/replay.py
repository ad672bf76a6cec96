"""Replay: a trace is followed with the set of states that remain possible.

The cluster service may take steps that a log does not show (restore a checkpoint, finish an
online, fail a group over), so before and after every event all of them are considered.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from clusckpt.files.trace_lines import status_number
from clusckpt.oracle.candidates import (
    LARGEST_SET,
    NO_PROVENANCE,
    Candidate,
    TooManyCandidates,
    closed,
    outcomes,
)
from clusckpt.oracle.observation import mismatches
from clusckpt.oracle.repair import happened, repaired
from clusckpt.oracle.verdict import Report, VerdictKind, Violation
from clusckpt.oracle.violations import impossible, nearest, wrong_observation, wrong_status
from clusckpt.rules import Rulebook
from clusckpt.start import initial_state
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import Header, TraceLine

MOST_VIOLATIONS: Final = 100
"""After so many violations a trace is not followed any further."""


class Follower:
    """A trace followed line by line under one reading, with the states that remain possible.

    With `goes_on`, what breaks a rule is taken as it is, and the next lines are judged from there;
    without, the first violation ends it.
    """

    def __init__(self, header: Header, rules: Rulebook, *, goes_on: bool = False) -> None:
        """Begin with the cluster of the header."""
        self._rules = rules
        self._most = MOST_VIOLATIONS if goes_on else 1
        self._explained = 0
        self._violations: list[Violation] = []
        self._undecided: TraceLine | None = None
        self.candidates = [Candidate(initial_state(header), NO_PROVENANCE)]

    @property
    def has_ended(self) -> bool:
        """Whether further lines make no difference: enough rules are broken, or undecided."""
        return self._undecided is not None or len(self._violations) >= self._most

    def follow(self, line: TraceLine) -> None:
        """Follow one more line, unless the report is fixed already."""
        if self.has_ended:
            return
        try:
            self.candidates, violation = _followed(self.candidates, line, self._rules)
        except (TooManyCandidates, TooManyOrders):
            self._undecided = line
            return
        if violation is not None:
            self._violations.append(violation)
        self._explained += not self._violations

    def report(self) -> Report:
        """The verdict on the lines so far."""
        name = self._rules.reading.name
        if self._violations:
            violations = tuple(self._violations)
            return Report(name, VerdictKind.VIOLATES, self._explained, violations)
        if self._undecided is not None:
            return _undecided(self._rules, self._explained, self._undecided)
        return Report(name, VerdictKind.CONFORMS, self._explained)


def replay(header: Header, lines: Iterable[TraceLine], rules: Rulebook) -> Report:
    """Follow a trace to its end, to its first violation, or until it cannot be followed.

    Args:
        header: the cluster at the start.
        lines: the events with what was returned and observed; read one at a time.
        rules: the rulebook of the reading to judge by.
    """
    follower = Follower(header, rules)
    for line in lines:
        follower.follow(line)
        if follower.has_ended:
            break
    return follower.report()


def _followed(
    candidates: list[Candidate], line: TraceLine, rules: Rulebook
) -> tuple[list[Candidate], Violation | None]:
    """The candidates after a line; if there are none, the violation, and candidates to go on."""
    looked = line.observed is not None and line.observed.logged is not None
    unlogged = [replace(one, logged=frozenset()) for one in candidates]
    before = closed(unlogged, rules, with_log=looked)
    every = outcomes(before, line.event, rules)
    if not every:
        return repaired(happened(before, line.event), line.observed), impossible(line)
    returned = [one for one in every if _returns(one, line)]
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


def _returns(candidate: Candidate, line: TraceLine) -> bool:
    if line.returned is None or candidate.outcome is None:
        return True
    return candidate.outcome.status.satisfied_by(status_number(line.returned))


def _undecided(rules: Rulebook, explained: int, line: TraceLine) -> Report:
    decisive = (
        f"more than {LARGEST_SET} states remain possible at line {line.number}; an observation "
        "there of every resource's state and every group's owner would decide"
    )
    return Report(rules.reading.name, VerdictKind.UNDECIDED, explained, decisive=decisive)
