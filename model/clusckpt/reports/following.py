"""Following: a trace gone through once more, with the states that remain possible at each line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from clusckpt.oracle import Violation
from clusckpt.oracle.candidates import Candidate, TooManyCandidates, closed, outcomes
from clusckpt.oracle.line import returns
from clusckpt.oracle.observation import mismatches
from clusckpt.oracle.replay import Follower
from clusckpt.rules import Part, Rulebook
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.formats.trace import Header, TraceLine


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A line and what the rules leave possible after it.

    `possible` is what the oracle goes on from. At a `violation` that is what was seen, and
    `allowed` is what the rules allow instead, as close to that as they do. A line that
    `is_followed` is not has neither.
    """

    line: TraceLine
    allowed: Sequence[Candidate] = ()
    possible: Sequence[Candidate] = ()
    violation: Violation | None = None
    is_followed: bool = True


def followed(header: Header, lines: Iterable[TraceLine], rules: Rulebook) -> Iterator[FollowedLine]:
    """Every line of a trace, followed under one reading as far as the oracle follows it.

    >>> from clusckpt.predictions.bundled import bundled_trace
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> trace = bundled_trace("rc11-login-mode-flips")
    >>> [one.violation is None for one in followed(trace.header, trace.lines, MSCS_PAGE_RULES)]
    [True, False]
    """
    follower = Follower(header, rules, goes_on=True)
    for line in lines:
        if _has_ended(follower):
            yield FollowedLine(line, is_followed=False)
            continue
        before, known = follower.candidates, len(follower.report().violations)
        follower.follow(line)
        found = follower.report().violations[known:]
        if found:
            allowed = _allowed(before, line, rules)
            yield FollowedLine(line, allowed, follower.candidates, found[0])
        elif _has_ended(follower):
            yield FollowedLine(line, is_followed=False)
        else:
            yield FollowedLine(line, follower.candidates, follower.candidates)


def _has_ended(follower: Follower) -> bool:
    return follower.has_ended


def _allowed(before: Sequence[Candidate], line: TraceLine, rules: Rulebook) -> Sequence[Candidate]:
    """What the rules allow after a line: with the status that it returned, if any has it."""
    unlogged = [replace(one, logged=frozenset()) for one in before]
    try:
        every = outcomes(closed(unlogged, rules), line.event, rules)
        returned = [one for one in every if returns(one, line)]
        possible = closed(returned or every, rules)
    except (TooManyCandidates, TooManyOrders):
        return ()
    distances = [_distance(one, line, rules) for one in possible]
    nearest = min(distances, default=0)
    return [one for one, far in zip(possible, distances, strict=True) if far == nearest]


def _distance(candidate: Candidate, line: TraceLine, rules: Rulebook) -> int:
    """How many states and owners were seen otherwise."""
    found = mismatches(candidate, line, rules.reading)
    return sum(one.part in (Part.STATE, Part.OWNER) for one in found)
