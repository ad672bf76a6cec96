"""Links: what every rule must be tied to, and where a tie is still pending.

A rule whose link is missing and not listed in `PENDING` is an orphan, and an orphan fails the
tests; so does a pending entry whose link exists by now.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from clusckpt_spec.register.ids import RuleID


class LinkKind(StrEnum):
    """What a rule is tied to."""

    SYSTEM = "system clause"
    """An action, an invariant or a theorem of the transition system."""
    MODEL = "model clause"
    """A clause of the reference model."""
    PROOF = "proof"
    """An invariant or a theorem whose obligations `clusckpt prove` discharges."""
    PROPERTY = "property"
    """A property of runs of the model, which the stateful tests check."""
    TEST = "test"
    """A test that is marked with the rule."""
    INCIDENT = "incident"
    """A field incident that the rule predicts."""
    PLANTED_BUG = "planted bug"
    """A planted bug of the gallery that breaks the rule."""
    VECTOR = "vector"
    """A portable test vector."""


REQUIRED = frozenset(LinkKind) - {LinkKind.INCIDENT, LinkKind.PROPERTY}
"""The links that every rule must have; published incidents do not touch every rule, and what a
property checks a marked test runs."""

PENDING: Mapping[tuple[RuleID, LinkKind], str] = MappingProxyType({})
"""The links that later issues fill, each with the issue and the reason: the one visible place."""
