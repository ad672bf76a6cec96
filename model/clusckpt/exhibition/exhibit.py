"""An exhibit: an implementation that the kit is to catch, or one that it must not accuse."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clusckpt.parties.party import Party
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID


class Kind(StrEnum):
    """What an exhibit is there for."""

    BUG = "bug"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An implementation with one bug, or a legal one that only looks odd.

    Args:
        name: the name, of which there is no other.
        kind: a bug, which must be caught, or an oddity, which must not be accused.
        over: what it is made from: the reference model or the small cluster.
        description: what it does, in a sentence.
        judged_by: the one reading that the kit judges it by.
        party: makes the party; it has not been initialized.
        rule: the rule that a bug breaks.
        told_as: further rules that a verdict may name, each broken along with it.
    """

    name: str
    kind: Kind
    over: str
    description: str
    judged_by: Reading
    party: Callable[[], Party]
    rule: RuleID | None = None
    told_as: tuple[RuleID, ...] = ()

    @property
    def right_rules(self) -> frozenset[RuleID]:
        """The rules for which it is rightly caught; none for an oddity."""
        return frozenset(self.told_as if self.rule is None else (self.rule, *self.told_as))
