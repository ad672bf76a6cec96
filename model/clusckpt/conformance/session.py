"""A session: programs executed on one party one after the other, with what was seen so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, runtime_checkable

from clusckpt.conformance.course import Execution, is_undecided
from clusckpt.conformance.execution import execute
from clusckpt.conformance.program import Program
from clusckpt.oracle import Report, VerdictKind, judge
from clusckpt.parties.party import Fault, Party, PartyFault
from clusckpt.rules import Rulebook, rulebook
from clusckpt_spec.formats.adapter import Capabilities
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID

MOST_FAULTS: Final = 5
"""After so many faults in a row the run is over: nothing more is to be learnt."""


@runtime_checkable
class Restartable(Protocol):
    """A party that can be started anew after a fault."""

    def restart(self) -> object:
        """Start it anew.

        Raises:
            PartyFault: if it does not start.
        """
        ...


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault with the program at which it first came, and how often it came."""

    fault: Fault
    program: Program
    times: int = 1


class PartyLost(Exception):
    """The party faults at every program, or does not start any more."""


class Session:
    """Executes programs and keeps the books.

    A reading that has been refuted is not asked again, unless no other one explains a trace.
    """

    def __init__(
        self, party: Party, capabilities: Capabilities, readings: Sequence[Reading]
    ) -> None:
        """Take a party that has answered `initialize` with these capabilities."""
        self.party, self.capabilities = party, capabilities
        self.readings = tuple(readings)
        self.rulebooks: dict[str, Rulebook] = {one.name: rulebook(one) for one in readings}
        self.refuted: dict[str, Execution] = {}
        self.faults: list[FaultSeen] = []
        self.tested: Counter[RuleID] = Counter()
        self.calls: Counter[str] = Counter()
        self.unsupported: Counter[str] = Counter()
        self.actions: set[str] = set()
        self.undecided = 0
        self.executions = 0
        self._in_a_row = 0

    def asked(self) -> list[Reading]:
        """The readings that are still to be asked: those not refuted, or all if none is left."""
        return [one for one in self.readings if one.name not in self.refuted] or [*self.readings]

    def executed(self, program: Program) -> Execution:
        """Execute a program, judged by every reading that matters, and note what it showed.

        Raises:
            PartyLost: if there is no point in going on.
        """
        asked = self.asked()
        rulebooks = [self.rulebooks[one.name] for one in asked]
        execution = self._with_all(execute(self.party, self.capabilities, program, rulebooks))
        self.executions += 1
        self.calls.update(type(line.event).__name__ for line in execution.trace.lines)
        self.unsupported.update(+execution.unsupported)
        self.actions |= execution.actions
        self.tested.update(execution.tested)
        self.undecided += is_undecided(execution)
        self._note_fault(execution)
        return execution

    def broken_by(self, program: Program, name: str) -> Execution:
        """Execute a program judged by one reading only; nothing is noted but faults.

        Raises:
            PartyLost: if there is no point in going on.
        """
        execution = execute(self.party, self.capabilities, program, [self.rulebooks[name]])
        self.executions += 1
        self._note_fault(execution)
        return execution

    def _with_all(self, execution: Execution) -> Execution:
        """If no reading that was asked explains a trace, the others are asked as well."""
        if execution.violation is None or len(execution.judgement.reports) == len(self.readings):
            return execution
        trace = execution.trace
        judgement = judge(trace.header, trace.lines, self.readings, self.readings)
        return replace(execution, judgement=judgement)

    def _note_fault(self, execution: Execution) -> None:
        fault = execution.fault
        if fault is None:
            self._in_a_row = 0
            return
        self._in_a_row += 1
        for at, seen in enumerate(self.faults):
            if (seen.fault.kind, seen.fault.method) == (fault.kind, fault.method):
                self.faults[at] = replace(seen, times=seen.times + 1)
                break
        else:
            self.faults.append(FaultSeen(fault, execution.program))
        if self._in_a_row >= MOST_FAULTS:
            raise PartyLost
        self._restart(execution.program)

    def _restart(self, program: Program) -> None:
        if isinstance(self.party, Restartable):
            try:
                self.party.restart()
            except PartyFault as error:
                self.faults.append(FaultSeen(error.fault, program))
                raise PartyLost from error


def broken_rule(report: Report | None) -> RuleID | None:
    """The rule that a report says is broken, if it says so."""
    if report is None or report.kind is not VerdictKind.VIOLATES or report.violation is None:
        return None
    return report.violation.rule
