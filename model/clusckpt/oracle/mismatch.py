"""A mismatch: where an observation and a candidate differ."""

from dataclasses import dataclass

from clusckpt.names import Folded
from clusckpt.rules import Part
from clusckpt.rules.course import Where
from clusckpt_spec.register import RuleID


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A part of an observation that a candidate does not have.

    `what` names the part, `got` is what was seen, `allowed` what the candidate has there. `rule`
    is the rule that is broken, where that does not depend on how the part came about.
    """

    part: Part
    subject: Folded
    where: Where
    what: str
    got: str
    allowed: str
    rule: RuleID | None = None
