"""The reference model of cluster checkpointing, and what is built on it.

Start with `step`: everything that may come of an event in a state.
"""

from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook, UnsupportedReading, rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step

__all__ = [
    "KB174070_RULES",
    "MSCS_PAGE_RULES",
    "ClusterState",
    "Outcome",
    "Report",
    "Rulebook",
    "UnsupportedReading",
    "VerdictKind",
    "initial_state",
    "replay",
    "rulebook",
    "step",
]
