"""A showing: the conformance kit run on one exhibit, and what came of it."""

from contextlib import suppress

import msgspec

from clusckpt.conformance import Budget, Plan, Result, run
from clusckpt.exhibition.exhibit import Exhibit, Kind
from clusckpt.parties.party import PartyFault


class Showing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the kit found out about an exhibit, without being told what to look for.

    `right_rules` are those that a bug is rightly caught for, `found` the rule that the kit names
    (empty: it names none) and `calls` the length of the shortest program that shows it.
    `seconds` run until the first finding, shrinking included, or to the end of the budget.
    """

    name: str
    kind: str
    over: str
    reading: str
    right_rules: tuple[str, ...]
    found: str
    programs: int
    executions: int
    seconds: float
    calls: int = 0
    steady: bool = True
    faults: tuple[str, ...] = ()
    undecided: int = 0

    @property
    def is_as_it_should_be(self) -> bool:
        """Whether a bug was caught for a right rule, or an oddity was not accused.

        A bug may make a call impossible, which is a fault; an oddity may not. A bug that showed
        once is caught: with a timer in it, `steady` depends on the moment.
        """
        if self.kind == Kind.BUG:
            return self.found in self.right_rules
        return not self.found and not self.faults and self.programs > 0


def shown(exhibit: Exhibit, budget: Budget, seed: int = 0) -> Showing:
    """Run the kit on an exhibit; the exhibit is closed whatever happens.

    >>> from clusckpt.exhibition import EXHIBITS
    >>> one = shown(EXHIBITS["skip capture"], Budget(programs=4))
    >>> one.found, one.is_as_it_should_be
    ('CKPT-CAPTURE-ONLINE', True)
    """
    party = exhibit.party()
    try:
        capabilities = party.initialize()
        result = run(party, capabilities, Plan((exhibit.judged_by,), budget, seed))
    except PartyFault as error:
        return _not_shown(exhibit, str(error))
    finally:
        # What it has to say at its end is no finding.
        with suppress(PartyFault):
            party.close()
    return _showing(exhibit, result)


def _showing(exhibit: Exhibit, result: Result) -> Showing:
    first = next(iter(result.findings), None)
    return Showing(
        name=exhibit.name,
        kind=exhibit.kind.value,
        over=exhibit.over,
        reading=exhibit.judged_by.name,
        right_rules=tuple(sorted(rule.value for rule in exhibit.right_rules)),
        found="" if first is None else first.rule.value,
        programs=result.programs,
        executions=result.executions,
        seconds=round(result.seconds, 1),
        calls=0 if first is None else len(first.execution.trace.lines),
        steady=first is None or first.steady,
        faults=tuple(f"{one.fault.kind}: {one.fault.detail}" for one in result.faults),
        undecided=result.undecided,
    )


def _not_shown(exhibit: Exhibit, fault: str) -> Showing:
    return Showing(
        name=exhibit.name,
        kind=exhibit.kind.value,
        over=exhibit.over,
        reading=exhibit.judged_by.name,
        right_rules=tuple(sorted(rule.value for rule in exhibit.right_rules)),
        found="",
        programs=0,
        executions=0,
        seconds=0.0,
        faults=(fault,),
    )
