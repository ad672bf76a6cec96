"""The shape of one field incident: what happened, what the rules predict, what was seen."""

from dataclasses import dataclass

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID

__all__ = ["Incident"]


@dataclass(frozen=True, slots=True)
class Incident:
    """One documented case from the field.

    `source` is a plain citation; `story` tells in our own words what was set up and done;
    `prediction` is what the rules named in `rules` say must follow; `observed` is what the source
    reports, and it says so where the source reports no outcome. `evidence` has the choices that
    what was observed, or what its author takes for granted, speaks for.
    """

    id: str
    title: str
    source: str
    rules: tuple[RuleID, ...]
    story: str
    prediction: str
    observed: str
    evidence: tuple[tuple[AmbiguityID, str], ...] = ()
