"""Replay: a trace is followed with the set of states that remain possible.

The cluster service may take steps that a log does not show (restore a checkpoint, finish an
online, fail a group over), so before and after every event all of them are considered.
"""

from collections.abc import Iterable
from dataclasses import replace

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
from clusckpt.oracle.verdict import Report, VerdictKind, Violation
from clusckpt.oracle.violations import impossible, wrong_observation, wrong_status
from clusckpt.rules import Rulebook
from clusckpt.start import initial_state
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.formats.trace import Header, TraceLine


class Follower:
    """A trace followed line by line under one reading, with the states that remain possible."""

    def __init__(self, header: Header, rules: Rulebook) -> None:
        """Begin with the cluster of the header."""
        self._rules = rules
        self._explained = 0
        self._ended: Report | None = None
        self.candidates = [Candidate(initial_state(header), NO_PROVENANCE)]

    @property
    def has_ended(self) -> bool:
        """Whether further lines make no difference: a rule is broken, or it is undecided."""
        return self._ended is not None

    def follow(self, line: TraceLine) -> None:
        """Follow one more line, unless the report is fixed already."""
        if self._ended is not None:
            return
        try:
            self.candidates, violation = _followed(self.candidates, line, self._rules)
        except (TooManyCandidates, TooManyOrders):
            self._ended = _undecided(self._rules, self._explained, line)
            return
        if violation is None:
            self._explained += 1
        else:
            name = self._rules.reading.name
            self._ended = Report(name, VerdictKind.VIOLATES, self._explained, violation)

    def report(self) -> Report:
        """The verdict on the lines so far."""
        if self._ended is not None:
            return self._ended
        return Report(self._rules.reading.name, VerdictKind.CONFORMS, self._explained)


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
    """The candidates after a line, or the violation if there are none."""
    looked = line.observed is not None and line.observed.logged is not None
    unlogged = [replace(one, logged=frozenset()) for one in candidates]
    every = outcomes(closed(unlogged, rules, with_log=looked), line.event, rules)
    if not every:
        return [], impossible(line)
    returned = [one for one in every if _returns(one, line)]
    if not returned:
        return [], wrong_status(every, line)
    possible = closed(returned, rules, with_log=looked)
    wrong = [list(mismatches(one, line, rules.reading)) for one in possible]
    fitting = [one for one, found in zip(possible, wrong, strict=True) if not found]
    if fitting:
        return fitting, None
    return [], wrong_observation(possible, wrong, line)


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
