"""Every rule as a property of runs, written apart from the clauses that make the runs.

An observer sees each state, keeps a chronicle of what the rules speak of, and says at each step
which rules it breaks. Start by reading `chronicle`, then `every`.
"""

from clusckpt.properties.chronicle import Chronicle, begun
from clusckpt.properties.every import IN_REPORT_ORDER, violations
from clusckpt.properties.marked import properties
from clusckpt.properties.noting import noted
from clusckpt.properties.run import Run, started
from clusckpt.properties.violation import Violation

__all__ = [
    "IN_REPORT_ORDER",
    "Chronicle",
    "Run",
    "Violation",
    "begun",
    "noted",
    "properties",
    "started",
    "violations",
]
