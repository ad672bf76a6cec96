"""The slice of a trace: as little of it as still contradicts the rules, for the same reason.

What is left out falls in two kinds. What was seen can always be left out: if the rest contradicts
the rules, so does the whole. An event cannot: without the write that explains a value, that value
contradicts. So first as little as possible of what was seen is kept, next to every event, and then
an event is left out only if everything that is kept of what was seen is still needed as before.
In a long trace nobody could follow what might have happened unseen; there the statuses, states and
owners that were seen go together with their events.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import msgspec

from clusckpt.conformance.program import Program
from clusckpt.conformance.shortening import parts as parts_of_program
from clusckpt.oracle import VerdictKind, Violation
from clusckpt.oracle.replay import Follower
from clusckpt.rules import Rulebook
from clusckpt.slicing.connected import connected
from clusckpt.slicing.minimal import minimal
from clusckpt.slicing.parts import Part, is_course, only, parts
from clusckpt.slicing.trials import MOST_WORK, Lines, Outcome, Progress, Spent, Trials, without
from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.trace import Header, Trace, TraceLine

FIRST_LINE = 2
"""The number of the line after the header."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice, whose last line breaks a rule.

    Args:
        trace: the slice, its lines counted on from 2.
        lines: the number that each of its lines has in the whole trace.
        violation: what its last line breaks.
        trials: how many replays it took.
        is_shortest: whether nothing of it can be spared; not if as much was tried as may be.
    """

    trace: Trace
    lines: tuple[int, ...]
    violation: Violation
    trials: int
    is_shortest: bool


class NotViolated(ValueError):
    """The trace does not break the rule at the line that a slice was asked for."""


def sliced(
    header: Header,
    lines: Iterable[TraceLine],
    rules: Rulebook,
    violation: Violation,
    *,
    most_work: int = MOST_WORK,
    progress: Progress | None = None,
) -> Slice:
    """The shortest slice of a trace whose last line breaks the same rule in the same way.

    Args:
        header: the cluster at the start.
        lines: the trace; nothing after the violation is read.
        rules: the rulebook of the reading that finds the violation.
        violation: the first violation of the trace under that reading.
        most_work: how much is tried before the best slice so far is taken.
        progress: told of every trial.

    Raises:
        NotViolated: if this is not the first violation of the trace under this reading.
    """
    trials = Trials(rules, violation, most_work, progress)
    slicer = _Slicer(trials, header, _up_to(lines, violation.line))
    slicer.narrow()
    is_shortest = slicer.has_finished()
    renumbered = tuple(
        msgspec.structs.replace(line, number=number)
        for number, line in enumerate(slicer.lines, start=FIRST_LINE)
    )
    return Slice(
        Trace(slicer.header, renumbered),
        tuple(line.number for line in slicer.lines),
        replace(violation, line=renumbered[-1].number),
        trials.count,
        is_shortest,
    )


def _up_to(lines: Iterable[TraceLine], number: int) -> Lines:
    found: list[TraceLine] = []
    for line in lines:
        found.append(line)
        if line.number == number:
            return tuple(found)
    message = f"the trace has no line {number}; slice the trace in which the violation was found"
    raise NotViolated(message)


class _Slicer:
    """The slice so far; every change to it leaves a slice."""

    def __init__(self, trials: Trials, header: Header, lines: Lines) -> None:
        self._trials = trials
        self._without: list[Outcome] = []
        self._telling = lines[-1]
        self.header, self.lines = header, lines

    def has_finished(self) -> bool:
        """Make the slice shorter until nothing can be spared; whether it came to that."""
        try:
            before: tuple[Header, Lines] | None = None
            while before != (self.header, self.lines):
                before = self.header, self.lines
                self._leave_out_what_is_not_connected()
                self._look_at_less(
                    lambda at, part: at < len(self.lines) - 1 and not is_course(part)
                )
                self._let_less_happen(is_course)
                self._look_at_less(lambda _at, _part: True)
                self._let_less_happen(lambda _: False)
                self._start_simpler()
        except Spent:
            return False
        return True

    def narrow(self) -> None:
        """Keep as little as possible of the contents that were seen in the last line."""
        *earlier, last = self.lines
        follower = Follower(self.header, self._trials.rules)
        for line in earlier:
            self._trials.last_work += len(follower.candidates)
            follower.follow(line)
        if follower.has_ended or not self._ends_in_it(follower, last):
            wanted = self._trials.wanted
            message = (
                f"line {wanted.line} is not where the trace first breaks {wanted.rule} under "
                f"{self._trials.rules.reading.name}; slice a violation that the oracle reports"
            )
            raise NotViolated(message)
        course = [part for part in parts(last) if is_course(part)]
        contents = tuple(part for part in parts(last) if not is_course(part))
        kept = minimal(
            contents, lambda fewer: self._ends_in_it(follower, only(last, [*course, *fewer]))
        )
        self.lines = (*earlier, only(last, [*course, *kept]))
        needed = minimal(
            course, lambda fewer: self._ends_in_it(follower, only(last, [*fewer, *kept]))
        )
        self._telling = only(last, [*needed, *kept])

    def _ends_in_it(self, before: Follower, last: TraceLine) -> bool:
        """Whether a last line breaks the rule after all the lines before it."""
        follower = Follower(self.header, self._trials.rules)
        follower.candidates = before.candidates
        follower.follow(last)
        return follower.report().violation == self._trials.wanted

    def _leave_out_what_is_not_connected(self) -> None:
        for header, lines in connected(self.header, self.lines, self._telling):
            if self._trials.violates_the_same(header, lines):
                self.header, self.lines = header, lines
                return

    def _look_at_less(self, which: Callable[[int, Part], bool]) -> None:
        """Keep every event, and as little as possible of what was seen of this kind."""
        lines = self.lines
        every = tuple(
            (at, part) for at, line in enumerate(lines) for part in parts(line) if which(at, part)
        )

        def having(kept: Iterable[tuple[int, Part]]) -> Lines:
            return without(lines, set(every).difference(kept))

        def still(kept: tuple[tuple[int, Part], ...]) -> bool:
            return self._kept(
                self._trials.violates_the_same(self.header, having(kept)), having(kept)
            )

        minimal(every, still)
        self._without = self._trials.without_each(self.header, self.lines)

    def _let_less_happen(self, may_go: Callable[[Part], bool]) -> None:
        """Leave out events; with them goes what was seen after them, if it is of this kind."""
        earlier = self.lines[:-1]
        spare = tuple(line for line in earlier if all(map(may_go, parts(line))))
        numbers = {line.number for line in spare}
        fixed = [line for line in self.lines if line.number not in numbers]

        def still(fewer: tuple[TraceLine, ...]) -> bool:
            lines = tuple(sorted((*fixed, *fewer), key=lambda line: line.number))
            is_spared = self._is_slice(self.header, lines) and self._is_unseen(lines)
            return self._kept(is_spared, lines)

        minimal(spare, still)

    def _is_unseen(self, lines: Lines) -> bool:
        """Whether all that was seen after the other events is not needed next to those events."""
        left = {line.number for line in lines}
        gone = [at for at, line in enumerate(self.lines) if line.number not in left]
        seen = {(at, part) for at in gone for part in parts(self.lines[at])}
        if not seen:
            return True
        found = self._trials.outcome(self.header, without(self.lines, seen))
        return found.violation == self._trials.wanted or found.kind is VerdictKind.UNDECIDED

    def _kept(self, is_slice: bool, lines: Lines) -> bool:  # noqa: FBT001 - what was found
        """Take the lines if they are a slice; so the best one is there whenever trials end."""
        if is_slice:
            self.lines = lines
        return is_slice

    def _start_simpler(self) -> None:
        """Leave out what the cluster has at the start and nothing needs."""
        while (
            found := next(filter(self._fits, simpler(self.header, self.lines)), None)
        ) is not None:
            self.header = found

    def _fits(self, header: Header) -> bool:
        return self._is_slice(header, self.lines)

    def _is_slice(self, header: Header, lines: Lines) -> bool:
        """Whether the same violation comes out, and everything that is seen is needed as before."""
        if not self._trials.violates_the_same(header, lines):
            return False
        return self._trials.without_each(header, lines) == self._without


def simpler(header: Header, lines: Lines) -> Iterable[Header]:
    """Headers that lack something: a resource, root, group, node, key or the like."""
    start = ResetParams(header.cluster, header.registry, header.containers)
    program = Program(start, tuple(line.event for line in lines))
    for one in parts_of_program(program):
        if one.events == program.events:
            yield msgspec.structs.replace(
                header,
                cluster=one.start.cluster,
                registry=one.start.registry,
                containers=one.start.containers,
            )
