"""Replay: a trace is followed with the set of states that remain possible.

The cluster service may take steps that a log does not show (restore a checkpoint, finish an
online, fail a group over), so before and after every event all of them are considered.
"""

from collections.abc import Iterable
from typing import Final

from clusckpt.oracle.candidates import (
    LARGEST_SET,
    NO_PROVENANCE,
    Candidate,
    TooManyCandidates,
)
from clusckpt.oracle.line import followed
from clusckpt.oracle.missing import bridged
from clusckpt.oracle.orders import in_every_order
from clusckpt.oracle.verdict import Assumption, Report, VerdictKind, Violation
from clusckpt.oracle.windows import LONGEST_WINDOW, Window, in_some_order, windows
from clusckpt.rules import Rulebook
from clusckpt.start import initial_state
from clusckpt.steps.completion import TooManyOrders
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
        self._header, self._rules = header, rules
        self._most = MOST_VIOLATIONS if goes_on else 1
        self._explained = 0
        self._violations: list[Violation] = []
        self._assumed: list[Assumption] = []
        self._decisive = ""
        self.candidates = [Candidate(initial_state(header), NO_PROVENANCE)]

    @property
    def has_ended(self) -> bool:
        """Whether further lines make no difference: enough rules are broken, or undecided."""
        return bool(self._decisive) or len(self._violations) >= self._most

    def follow(self, line: TraceLine) -> None:
        """Follow one more line, unless the report is fixed already."""
        if self.has_ended:
            return
        try:
            found, violation = followed(self.candidates, line, self._rules)
            if violation is not None and self._header.missing:
                bridge = bridged(self.candidates, line, self._rules, self._header.missing)
                if bridge is not None:
                    found, violation = bridge.candidates, None
                    self._assumed.append(bridge.assumed)
        except (TooManyCandidates, TooManyOrders):
            self._decisive = too_many(line)
            return
        self.candidates = found
        if violation is not None:
            self._violations.append(violation)
        self._explained += not self._violations

    def follow_window(self, window: Window) -> None:
        """Follow some more lines whose order is not known, in every order that is possible."""
        if self.has_ended:
            return
        if len(window) > LONGEST_WINDOW:
            self._decisive = too_long(window)
            return
        skew = self._header.skew
        found = None
        if len(window) > 1:
            found = in_every_order(self.candidates, window, self._rules, skew)
        if found is not None:
            self.candidates = found
            self._explained += 0 if self._violations else len(window)
            return
        for line in in_some_order(window, skew):
            self.follow(line)

    def report(self) -> Report:
        """The verdict on the lines so far."""
        kind = VerdictKind.UNDECIDED if self._decisive else VerdictKind.CONFORMS
        return Report(
            self._rules.reading.name,
            VerdictKind.VIOLATES if self._violations else kind,
            self._explained,
            tuple(self._violations),
            "" if self._violations else self._decisive,
            tuple(self._assumed),
        )


def replay(header: Header, lines: Iterable[TraceLine], rules: Rulebook) -> Report:
    """Follow a trace to its end, to its first violation, or until it cannot be followed.

    Args:
        header: the cluster at the start.
        lines: the events with what was returned and observed; read one at a time.
        rules: the rulebook of the reading to judge by.
    """
    follower = Follower(header, rules)
    for window in windows(lines, header.skew):
        follower.follow_window(window)
        if follower.has_ended:
            break
    return follower.report()


def too_many(line: TraceLine) -> str:
    """What would decide where too many states remain possible."""
    return (
        f"more than {LARGEST_SET} states remain possible at line {line.number}; an observation "
        "there of every resource's state and every group's owner would decide"
    )


def too_long(window: Window) -> str:
    """What would decide where too many lines are in no known order."""
    return (
        f"the order of {len(window)} lines from line {window[0].number} on is not known, and "
        f"at most {LONGEST_WINDOW} are tried in every order; clocks that agree better, and a "
        "smaller skew in the header, would decide"
    )
