"""Events and what may come of them. Start by reading `step`, then `elementary`."""

from clusckpt.steps.outcome import Outcome
from clusckpt.steps.step import internal_events, step

__all__ = ["Outcome", "internal_events", "step"]
