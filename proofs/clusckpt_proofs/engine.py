"""The engine: every obligation of every specification, discharged one after the other."""

from collections.abc import Iterator, Sequence

from clusckpt_proofs.needed import needed_obligations
from clusckpt_proofs.obligation import Obligation, Verdict
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_proofs.witnesses import witness_obligations
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS

PROVED_READINGS: tuple[Reading, ...] = tuple(READINGS.values())
"""The readings that the transition system covers: all that ship here."""


def obligations(
    readings: Sequence[Reading] = PROVED_READINGS, only: RuleID | None = None
) -> list[Obligation]:
    """Every obligation, or those of one rule."""
    found = [
        obligation
        for reading in readings
        for specification in (CHECKPOINTS, CALLS)
        for source in (unbounded_obligations, witness_obligations, needed_obligations)
        for obligation in source(specification, reading)
    ]
    return [entry for entry in found if only is None or only in entry.rules]


def prove(
    readings: Sequence[Reading] = PROVED_READINGS, only: RuleID | None = None
) -> Iterator[Verdict]:
    """Discharge every obligation, or those of one rule, yielding each verdict as it comes."""
    for obligation in obligations(readings, only):
        yield obligation.verdict()
