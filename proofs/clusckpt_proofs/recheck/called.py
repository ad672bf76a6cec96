"""What is called for: an obligation that must be there, and what its files must say."""

from collections.abc import Callable
from dataclasses import dataclass

from clusckpt_proofs.recheck.records import Run
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.sorts import Term


@dataclass(frozen=True)
class CalledFor:
    """An obligation that must be there: its kind, its rules, and what its files must say."""

    kind: str
    rules: tuple[RuleID, ...]
    refutation: Callable[[], list[Term]] | None = None
    """The terms that a proof's file must state."""
    shows: Callable[[Run], bool] | None = None
    """Whether a run is about what the obligation is about."""
