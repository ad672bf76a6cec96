"""Violations: a rule that a step of a run breaks, with what came, what was allowed, and why."""

from dataclasses import dataclass

from clusckpt_spec.register import RULES, RuleID


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule; the message has one line each for got, allowed and because."""

    rule: RuleID
    message: str


def violation(rule: RuleID, got: str, allowed: str) -> Violation:
    """The violation of a rule; the register says because of what.

    >>> print(violation(RuleID.DELETE_STATES, "R1 is gone", "R1 stays").message)
    got: R1 is gone
    allowed: R1 stays
    because: Only an offline or failed resource on which no other depends can be deleted; every \
other attempt fails and changes nothing.
    """
    return Violation(rule, f"got: {got}\nallowed: {allowed}\nbecause: {RULES[rule].meaning}")
