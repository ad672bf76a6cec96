"""Replay: a trace is followed with the set of states that remain possible.

The cluster service may take steps that a log does not show (restore a checkpoint, finish an
online, fail a group over), so before and after every event all of them are considered.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from clusckpt.files.trace_lines import status_number
from clusckpt.oracle.blame import rule_of_impossible, rule_of_mismatch
from clusckpt.oracle.candidates import (
    LARGEST_SET,
    NO_PROVENANCE,
    Candidate,
    TooManyCandidates,
    closed,
    outcomes,
)
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.oracle.observation import mismatches
from clusckpt.oracle.verdict import Report, VerdictKind, Violation
from clusckpt.rules import Part, Rulebook
from clusckpt.start import initial_state
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import Header, TraceLine


MOST_ALLOWED = 8
"""More values than this are not listed; under delayed captures many remain possible."""


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
        return [], _impossible(line)
    returned = [one for one in every if _returns(one, line)]
    if not returned:
        return [], _wrong_status(every, line)
    possible = closed(returned, rules, with_log=looked)
    wrong = [list(mismatches(one, line, rules.reading)) for one in possible]
    fitting = [one for one, found in zip(possible, wrong, strict=True) if not found]
    if fitting:
        return fitting, None
    return [], _wrong_observation(possible, wrong, line)


def _returns(candidate: Candidate, line: TraceLine) -> bool:
    if line.returned is None or candidate.outcome is None:
        return True
    return candidate.outcome.status.satisfied_by(status_number(line.returned))


def status_name(number: int) -> str:
    """The name of a status with its number, or the bare number if it has no name here.

    >>> status_name(183), status_name(31)
    ('ERROR_ALREADY_EXISTS (183)', '31')
    """
    known = {status.value: status.name for status in Status}
    return f"{known[number]} ({number})" if number in known else str(number)


def _impossible(line: TraceLine) -> Violation:
    rule = rule_of_impossible(line.event)
    name = type(line.event).__name__
    return Violation(line.number, name, f"{name} happened", ("it cannot happen here",), rule)


def _wrong_status(every: list[Candidate], line: TraceLine) -> Violation:
    allowed = {one.outcome.status for one in every if one.outcome is not None}
    rule = next(one.outcome.rule for one in every if one.outcome is not None)
    got = status_name(status_number(line.returned if line.returned is not None else 0))
    names = tuple(sorted(f"returned {_status_text(status)}" for status in allowed))
    return Violation(line.number, type(line.event).__name__, f"returned {got}", names, rule)


def _status_text(status: Status) -> str:
    if status is Status.UNSPECIFIED_FAILURE:
        return "a failing status that the documents do not name"
    return status_name(status.value)


def _wrong_observation(
    possible: list[Candidate], wrong: list[list[Mismatch]], line: TraceLine
) -> Violation:
    """Blame the candidate that comes closest, and list what every candidate would have had.

    A candidate in the observed states comes closer than one with the observed contents.
    """
    nearest = min(range(len(possible)), key=lambda at: _distance(wrong[at]))
    mismatch = wrong[nearest][0]
    closest = _distance(wrong[nearest])[0]
    near = [found for found in wrong if _distance(found)[0] == closest]
    allowed = {one.allowed for found in near for one in found if one.what == mismatch.what}
    values = sorted(allowed, key=_by_number)
    shown = [f"{mismatch.what}: {text}" for text in values[:MOST_ALLOWED]]
    if len(values) > MOST_ALLOWED:
        shown.append(f"{mismatch.what}: {len(values) - MOST_ALLOWED} further possibilities")
    return Violation(
        line=line.number,
        event=type(line.event).__name__,
        got=f"{mismatch.what}: {mismatch.got}",
        allowed=tuple(shown),
        rule=rule_of_mismatch(possible[nearest].provenance, mismatch),
    )


def _by_number(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers in a text by what they are worth."""
    parts = re.split(r"(\d+)", text)
    return tuple((int(part) if part.isdecimal() else 0, part) for part in parts)


def _distance(wrong: list[Mismatch]) -> tuple[int, int]:
    """How far a candidate is from what was observed: by states and owners, then by all."""
    return sum(one.part in (Part.STATE, Part.OWNER) for one in wrong), len(wrong)


def _undecided(rules: Rulebook, explained: int, line: TraceLine) -> Report:
    decisive = (
        f"more than {LARGEST_SET} states remain possible at line {line.number}; an observation "
        "there of every resource's state and every group's owner would decide"
    )
    return Report(rules.reading.name, VerdictKind.UNDECIDED, explained, decisive=decisive)
