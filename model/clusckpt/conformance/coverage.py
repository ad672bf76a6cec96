"""Coverage: which rules a run put to the test, which not, and why not."""

from collections.abc import Iterator
from typing import Literal

from clusckpt.conformance.catalogue import CATALOGUE
from clusckpt.conformance.programs import callable_events
from clusckpt.conformance.run import Result
from clusckpt.conformance.told_as import TOLD_AS
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID

RuleVerdict = Literal["conforms", "violates", "not exercised"]


def rule_results(result: Result) -> Iterator[tuple[RuleID, RuleVerdict, int, str]]:
    """For every rule what it came to, how many executions tested it, and why if none did."""
    broken = {one.rule for one in result.findings}
    if not result.consistent:
        broken |= {one.rule for one in result.refuted.values()}
    for rule in RuleID:
        times = result.tested[rule]
        if rule in broken:
            yield rule, "violates", max(times, 1), ""
        elif times:
            yield rule, "conforms", times, ""
        else:
            yield rule, "not exercised", 0, why_not(rule, result)


def why_not(rule: RuleID, result: Result) -> str:
    """Why no execution put a rule to the test."""
    kinds = callable_events(result.capabilities.calls)
    about = [one for one in CATALOGUE if rule in one.rules]
    if about and not any(one.needs <= kinds for one in about):
        nearest = min(about, key=lambda one: len(one.needs - kinds))
        missing = sorted(kind.__name__ for kind in nearest.needs - kinds)
        return f"the party has no {' and no '.join(missing)}"
    if not any(_has(reading, rule) for reading in result.plan.readings):
        return "no reading that judges has this rule"
    if result.plan.rules and rule not in result.plan.rules:
        return "the run was asked for other rules"
    if rule in TOLD_AS:
        return f"a breach shows as one of {TOLD_AS[rule]}"
    if result.findings and not result.plan.keep_going:
        return "the run ended at the first rule that was broken; --keep-going goes on"
    return "no program of this budget showed it; give a bigger budget, or name it with --rules"


def _has(reading: Reading, rule: RuleID) -> bool:
    """Whether a reading has the rule: two of them stand for a choice that not all make."""
    if rule is RuleID.KB_SAVE_AT_OFFLINE:
        return reading[AmbiguityID.A2] == "saved"
    if rule is RuleID.KB_CAPTURE_AT_ADD:
        return reading[AmbiguityID.A4] == "at-add"
    return True
