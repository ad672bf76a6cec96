"""Trials: parts of a trace replayed, to see whether the same violation comes out of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.observation_checks import observation_faults
from clusckpt.files.trace_checks import event_faults, header_faults
from clusckpt.oracle import VerdictKind, Violation
from clusckpt.oracle.replay import Follower
from clusckpt.rules import Rulebook
from clusckpt.slicing.parts import Part, is_course, only, parts
from clusckpt_spec.formats.trace import Header, TraceLine

MOST_WORK: Final = 200_000
"""So much is tried before the best slice so far is taken: lines, times the states followed."""

LEAST_WORK: Final = 500
"""So much every trial may take; beyond that, twice what the last success took."""

Lines = tuple[TraceLine, ...]
Progress = Callable[[int, int], None]
"""Told how many trials there were, and how many lines are left."""


class Spent(Exception):
    """As much was tried as may be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a replay: the verdict, and the first violation if there is one."""

    kind: VerdictKind
    violation: Violation | None = None


class Trials:
    """Replays under one rulebook, counted, and held against the violation that is looked for.

    `last_work` is what the last success took.
    """

    def __init__(
        self,
        rules: Rulebook,
        wanted: Violation,
        most_work: int = MOST_WORK,
        progress: Progress | None = None,
    ) -> None:
        """Take the rulebook, the violation, and how much may be tried."""
        self.rules, self.wanted = rules, wanted
        self.count = 0
        self._left = most_work
        self.last_work = 0
        self._progress = progress

    def violates_the_same(self, header: Header, lines: Lines) -> bool:
        """Whether the first violation of a trace is the one that is looked for, word for word.

        Raises:
            Spent: if no more may be tried.
        """
        if not is_usable(header, lines):
            return False
        left = self._left
        is_same = self.outcome(header, lines).violation == self.wanted
        if is_same:
            self.last_work = left - self._left
        return is_same

    def outcome(self, header: Header, lines: Lines) -> Outcome:
        """What comes of a replay; undecided, if it takes much more than the last success.

        Raises:
            Spent: if no more may be tried.
        """
        self.count += 1
        if self._progress is not None:
            self._progress(self.count, len(lines))
        follower, work = Follower(header, self.rules), LEAST_WORK + 2 * self.last_work
        for line in lines:
            used = len(follower.candidates)
            self._left, work = self._left - used, work - used
            if self._left < 0:
                raise Spent
            if work < 0:
                return Outcome(VerdictKind.UNDECIDED)
            follower.follow(line)
            if follower.has_ended:
                break
        report = follower.report()
        return Outcome(report.kind, report.violation)

    def without_each(self, header: Header, lines: Lines) -> list[Outcome]:
        """What comes of a trace without any one of what its last line and its contents say.

        One that is alone is not left out: nothing that is seen contradicts no rule.

        Raises:
            Spent: if no more may be tried.
        """
        last = len(lines) - 1
        every = [
            (at, part)
            for at, line in enumerate(lines)
            for part in parts(line)
            if at == last or not is_course(part)
        ]
        alone = sum(1 for line in lines for _ in parts(line)) == 1
        return [] if alone else [self.outcome(header, without(lines, {one})) for one in every]


def is_usable(header: Header, lines: Lines) -> bool:
    """Whether a trace is one that can be read: every name that it uses is known."""
    if next(header_faults(header), None) is not None:
        return False
    names = ClusterNames.of(header.cluster)
    for line in lines:
        if next(event_faults(line.event, names), None) is not None:
            return False
        names.learn(line.event)
        if line.observed and next(observation_faults(line.observed, names), None) is not None:
            return False
    return True


def without(lines: Lines, left_out: Collection[tuple[int, Part]]) -> Lines:
    """The lines without these parts, each with the place of its line."""
    touched = {at for at, _ in left_out}
    return tuple(
        only(line, [part for part in parts(line) if (at, part) not in left_out])
        if at in touched
        else line
        for at, line in enumerate(lines)
    )
