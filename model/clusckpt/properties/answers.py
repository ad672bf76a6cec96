"""Answers: a call that is refused says so with the documented status and changes nothing."""

from collections.abc import Iterator

from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


def wrong_refusal(
    rule: RuleID, before: ClusterState, outcome: Outcome, allowed: Status
) -> Iterator[Violation]:
    """What is wrong with the answer to a call that must be refused with a status."""
    if not allowed.satisfied_by(outcome.status):
        yield violation(rule, outcome.status.name, f"{allowed.name}, and nothing changes")
    elif outcome.state != before:
        yield violation(rule, f"{allowed.name}, and the cluster changed", "nothing changes")
