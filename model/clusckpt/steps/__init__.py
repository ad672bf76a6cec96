"""Events and what may come of them. Start by reading `step`, then `elementary`."""

from clusckpt.steps.by_itself import internal_events
from clusckpt.steps.outcome import Outcome
from clusckpt.steps.step import step

__all__ = ["Outcome", "internal_events", "step"]
