"""The rules of the model: the clauses that say them, and the rulebook that brings them together.

Start by reading `capture` and `restore`; `choices` says which clause a reading calls for.
"""

from clusckpt.rules.clause import clauses
from clusckpt.rules.course import Change, Course, LogEntry, Move, Part
from clusckpt.rules.rulebook import (
    KB174070_RULES,
    MS_CMRP_RULES,
    MSCS_PAGE_RULES,
    WINDOWS_OBSERVED_RULES,
    Rulebook,
    rulebook,
)

__all__ = [
    "KB174070_RULES",
    "MSCS_PAGE_RULES",
    "MS_CMRP_RULES",
    "WINDOWS_OBSERVED_RULES",
    "Change",
    "Course",
    "LogEntry",
    "Move",
    "Part",
    "Rulebook",
    "clauses",
    "rulebook",
]
