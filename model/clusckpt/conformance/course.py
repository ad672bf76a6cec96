"""The course of a program: its trace so far, and what each reading makes of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusckpt.conformance.program import Program
from clusckpt.oracle import Judgement, JudgementKind, Report, VerdictKind
from clusckpt.oracle.replay import Follower
from clusckpt.oracle.tested import at_stake
from clusckpt.parties.party import Fault
from clusckpt.rules import Rulebook
from clusckpt.steps import step
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Trace, TraceLine
from clusckpt_spec.register import RuleID

HAPPENINGS = (
    events.NodeCrash
    | events.NodeJoin
    | events.QuorumChange
    | events.LoseStoredCopy
    | events.FailClusterResource
    | events.CaptureDelayPasses
)
"""What cannot happen in every state, and is left out where it cannot: nobody is asked for it."""


@dataclass(frozen=True, slots=True)
class Execution:
    """What a party made of a program: its trace, the judgement on it, or the fault that ended it.

    `actions` are those of the transition system by which some outcome of a call is explained,
    `tested` the rules that determined what came under the first reading;
    `skipped` counts calls that were left out because they cannot happen where they stand, and
    `unsupported` those, by name, of which the party said that it does not support them. Its
    program is without what the party does not support at the start.
    """

    program: Program
    trace: Trace
    judgement: Judgement
    fault: Fault | None = None
    actions: frozenset[str] = field(default_factory=frozenset)
    skipped: int = 0
    unsupported: Counter[str] = field(default_factory=Counter)
    tested: frozenset[RuleID] = field(default_factory=frozenset)

    @property
    def violation(self) -> Report | None:
        """The report that says most, if no reading explains the trace."""
        judgement = self.judgement
        return judgement.telling if judgement.kind is JudgementKind.VIOLATES else None


def is_undecided(execution: Execution) -> bool:
    """Whether no reading is known to explain an execution, and none could be ruled out."""
    kinds = {one.kind for one in execution.judgement.reports.values()}
    return VerdictKind.UNDECIDED in kinds and VerdictKind.CONFORMS not in kinds


class Course:
    """The trace so far, with a follower for each reading."""

    def __init__(self, program: Program, rulebooks: Sequence[Rulebook]) -> None:
        """Begin with the cluster of a program, judged by the rulebooks of some readings."""
        self.program = program
        self.rulebooks = {rules.reading.name: rules for rules in rulebooks}
        self.followers = {
            name: Follower(program.header, rules) for name, rules in self.rulebooks.items()
        }
        self.lines: list[TraceLine] = []
        self.actions: set[str] = set()
        self.tested: set[RuleID] = set()
        self.skipped = 0
        self.unsupported: Counter[str] = Counter()

    @property
    def has_ended(self) -> bool:
        """Whether every reading has its report."""
        return all(follower.has_ended for follower in self.followers.values())

    def can_happen(self, event: AnyEvent) -> bool:
        """Whether a happening is possible in every state that remains, under every reading."""
        if not isinstance(event, HAPPENINGS):
            return True
        return all(
            step(candidate.state, event, self.rulebooks[name])
            for name, follower in self.followers.items()
            if not follower.has_ended
            for candidate in follower.candidates
        )

    def follow(self, line: TraceLine) -> None:
        """Judge one more line."""
        self.lines.append(line)
        for follower in self.followers.values():
            follower.follow(line)
            if not follower.has_ended:
                self.actions.update(
                    move.action
                    for candidate in follower.candidates
                    if candidate.outcome is not None
                    for move in candidate.outcome.moves
                )
        self._note_tested(line)

    def _note_tested(self, line: TraceLine) -> None:
        """Note which rules a line puts to the test; later readings are not asked about that."""
        first = next(iter(self.followers.values()))
        report = first.report()
        if report.violation is not None:
            self.tested.add(report.violation.rule)
        elif not first.has_ended:
            self.tested.update(
                rule for candidate in first.candidates for rule in at_stake(candidate, line)
            )

    def execution(self, fault: Fault | None) -> Execution:
        """What it came to."""
        reports: Mapping[str, Report] = {
            name: follower.report() for name, follower in self.followers.items()
        }
        trace = Trace(self.program.header, tuple(self.lines))
        judgement = Judgement(reports, tuple(reports))
        actions = frozenset(self.actions)
        return Execution(
            program=self.program,
            trace=trace,
            judgement=judgement,
            fault=fault,
            actions=actions,
            skipped=self.skipped,
            unsupported=self.unsupported,
            tested=frozenset(self.tested),
        )
