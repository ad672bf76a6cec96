"""The reference model of cluster checkpointing, and what is built on it.

Start with `step`: everything that may come of an event in a state.
"""

from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt.rules import (
    KB174070_RULES,
    MS_CMRP_RULES,
    MSCS_PAGE_RULES,
    WINDOWS_OBSERVED_RULES,
    Rulebook,
    rulebook,
)
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step

__all__ = [
    "KB174070_RULES",
    "MSCS_PAGE_RULES",
    "MS_CMRP_RULES",
    "WINDOWS_OBSERVED_RULES",
    "ClusterState",
    "Outcome",
    "Report",
    "Rulebook",
    "VerdictKind",
    "initial_state",
    "replay",
    "rulebook",
    "step",
]
