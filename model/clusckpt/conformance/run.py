"""The conformance run: programs within a budget, and what they show about a party."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clusckpt.conformance.budget import DEFAULT_BUDGET, Budget
from clusckpt.conformance.course import Execution
from clusckpt.conformance.kept import keep, kept
from clusckpt.conformance.program import Program
from clusckpt.conformance.programs import callable_events, scenarios_for
from clusckpt.conformance.search import Aim, Enough, search
from clusckpt.conformance.session import FaultSeen, PartyLost, Session, broken_rule
from clusckpt.conformance.shortening import shortened
from clusckpt.conformance.told_as import as_told
from clusckpt.oracle import WINDOWS_READINGS, VerdictKind
from clusckpt.parties.party import Party
from clusckpt_spec.formats.adapter import Capabilities
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID

Progress = Callable[[int], None]
"""Told the number of programs so far."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do: the readings to judge by, the budget, the seed, the rules to look for.

    No rules means all. `keep_going` looks for further rules after the first that is broken.
    """

    readings: tuple[Reading, ...] = WINDOWS_READINGS
    budget: Budget = DEFAULT_BUDGET
    seed: int = 0
    rules: frozenset[RuleID] = frozenset()
    database: Path | None = None
    keep_going: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, the shortest program found that shows it, and under which readings.

    `steady` says whether the program showed it again when it was run once more.
    """

    rule: RuleID
    readings: tuple[str, ...]
    execution: Execution
    steady: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has shown.

    `findings` no reading explains; `refuted` has, for a reading that fails where another one
    explains, what refutes it. `programs` were made, and `executions` include those of shrinking.
    `unsupported` are calls that the party does not support, and that were left out.
    """

    plan: Plan
    capabilities: Capabilities
    programs: int
    executions: int
    seconds: float
    findings: tuple[Finding, ...]
    refuted: Mapping[str, Finding]
    faults: tuple[FaultSeen, ...]
    undecided: int
    tested: Counter[RuleID]
    calls: Counter[str]
    actions: frozenset[str]
    unsupported: Counter[str]

    @property
    def consistent(self) -> tuple[str, ...]:
        """The readings that explain everything that was seen."""
        broken = {name for one in self.findings for name in one.readings} | set(self.refuted)
        names = (reading.name for reading in self.plan.readings)
        return tuple(name for name in names if name not in broken)

    @property
    def verdict(self) -> VerdictKind:
        """Violates if no reading explains everything; undecided if not all could be judged.

        Where no call at all was answered, nothing was judged.
        """
        if not self.consistent:
            return VerdictKind.VIOLATES
        if self.faults or self.undecided or not self.calls:
            return VerdictKind.UNDECIDED
        return VerdictKind.CONFORMS


def run(
    party: Party, capabilities: Capabilities, plan: Plan, progress: Progress = lambda _: None
) -> Result:
    """Search for programs whose answers no reading explains, within the budget.

    Args:
        party: what is tested; it has answered `initialize` already.
        capabilities: what it answered.
        plan: what to do.
        progress: told how far it has come.
    """
    conductor = _Conductor(Session(party, capabilities, plan.readings), plan, progress)
    began = time.monotonic()
    findings = conductor.findings()
    refuted = conductor.refutations()
    session = conductor.session
    return Result(
        plan=plan,
        capabilities=capabilities,
        programs=conductor.programs,
        executions=session.executions,
        seconds=time.monotonic() - began,
        findings=findings,
        refuted=refuted,
        faults=tuple(session.faults),
        undecided=session.undecided,
        tested=session.tested,
        calls=session.calls,
        actions=frozenset(session.actions),
        unsupported=session.unsupported,
    )


class _Conductor:
    """Leads the search, round by round: each round ends with a finding or with the budget."""

    def __init__(self, session: Session, plan: Plan, progress: Progress) -> None:
        self.session, self.plan, self.progress = session, plan, progress
        self.programs = 0
        self.lost = self.ended = False
        self.known: set[RuleID] = set()
        self.shortest: tuple[RuleID, Execution] | None = None
        kinds = callable_events(session.capabilities.calls)
        self.scenarios = scenarios_for(kinds, plan.rules)
        seconds = plan.budget.seconds
        self.deadline = None if seconds is None else time.monotonic() + seconds

    def findings(self) -> tuple[Finding, ...]:
        """Every finding that the budget allows, of different rules."""
        found: list[Finding] = []
        portion = 0
        found += self._findings_of_kept()
        while not self._is_over() and (not found or self.plan.keep_going):
            self.shortest = None
            search(self._aim(portion), self._broken)
            found += self._findings_of_portion()
            portion += 1
        return tuple(found)

    def _findings_of_portion(self) -> list[Finding]:
        """What the last search ended with: one finding or none."""
        if self.shortest is None:
            return []
        rule, execution = self.shortest
        self.known.add(rule)
        finding = self._finding(rule, execution)
        if self.plan.database is not None:
            keep(self.plan.database, rule, finding.execution.program)
        return [finding]

    def _findings_of_kept(self) -> list[Finding]:
        """What the programs that an earlier run has kept still break."""
        found: list[Finding] = []
        for program in () if self.plan.database is None else kept(self.plan.database):
            self.shortest = None
            with suppress(Enough):
                self._broken(program)
            found += self._findings_of_portion()
        return found

    def _aim(self, portion: int) -> Aim:
        """The scenarios take turns to be in focus."""
        calls, seed = self.session.capabilities.calls, self.plan.seed + portion
        if not self.scenarios:
            return Aim(calls, None, seed)
        focus = self.scenarios[portion % len(self.scenarios)]
        return Aim(calls, focus, seed)

    def refutations(self) -> dict[str, Finding]:
        """For each reading that another one outlived, the shortest program that refutes it."""
        found: dict[str, Finding] = {}
        for name, execution in self.session.refuted.items():
            rule = broken_rule(execution.judgement.reports[name])
            if rule is not None:
                found[name] = self._refutation(name, rule, execution)
        return found

    def _is_over(self) -> bool:
        programs = self.plan.budget.programs
        used_up = programs is not None and self.programs >= programs
        started = self.programs > 0
        late = started and self.deadline is not None and time.monotonic() >= self.deadline
        return self.lost or self.ended or used_up or late

    def _broken(self, program: Program) -> RuleID | None:
        """What a program breaks; also the books on programs and on single readings."""
        if self.shortest is None and self._is_over():
            raise Enough
        execution = self._executed(program)
        if self.shortest is None:
            self.programs += 1
            self.progress(self.programs)
        rule = broken_rule(execution.violation)
        if rule is None:
            self._note_refuted(execution)
        if rule is None or not self._matters(rule) or rule in self.known:
            return None
        if self._is_shorter(execution, rule):
            self.shortest = rule, execution
        return rule

    def _is_shorter(self, execution: Execution, rule: RuleID) -> bool:
        """Whether an execution is the first to break a rule, or a shorter one for the same rule."""
        if self.shortest is None:
            return True
        known, shortest = self.shortest
        return rule is known and len(execution.trace.lines) < len(shortest.trace.lines)

    def _executed(self, program: Program) -> Execution:
        try:
            return self.session.executed(program)
        except PartyLost:
            self.lost = True
            raise Enough from None

    def _matters(self, rule: RuleID) -> bool:
        return not self.plan.rules or rule in as_told(self.plan.rules)

    def _note_refuted(self, execution: Execution) -> None:
        for name, report in execution.judgement.reports.items():
            rule = broken_rule(report)
            if rule is not None and self._matters(rule):
                self.session.refuted.setdefault(name, execution)
        everything = len(self.session.refuted) == len(self.plan.readings)
        if everything and not self.plan.keep_going:
            self.ended = True
            raise Enough

    def _finding(self, rule: RuleID, execution: Execution) -> Finding:
        names = tuple(reading.name for reading in self.plan.readings)
        return self._spared(rule, names, execution, self.session.executed)

    def _refutation(self, name: str, rule: RuleID, execution: Execution) -> Finding:
        if self.lost:
            return Finding(rule, (name,), execution, steady=False)
        again = partial(self.session.broken_by, name=name)
        return self._spared(rule, (name,), execution, again)

    def _spared(
        self,
        rule: RuleID,
        readings: tuple[str, ...],
        first: Execution,
        again: Callable[[Program], Execution],
    ) -> Finding:
        """The finding without every call that can be spared, and whether it comes again."""
        seen, program = [first], first.program

        def still(one: Program) -> bool:
            execution = again(one)
            if broken_rule(execution.violation) is not rule:
                return False
            seen.append(execution)
            return True

        try:
            steady = still(program)
            shorter = shortened(program, still) if steady else program
            steady = steady and still(shorter)
        except PartyLost:
            self.lost, steady = True, False
        return Finding(rule, readings, seen[-1], steady)
