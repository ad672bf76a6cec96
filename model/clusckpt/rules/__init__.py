"""The rules of the model: the clauses that say them, and the rulebook that brings them together."""

from clusckpt.rules.clause import clauses
from clusckpt.rules.course import Change, Course, Move, Part
from clusckpt.rules.rulebook import (
    KB174070_RULES,
    MSCS_PAGE_RULES,
    Rulebook,
    UnsupportedReading,
    rulebook,
)

__all__ = [
    "KB174070_RULES",
    "MSCS_PAGE_RULES",
    "Change",
    "Course",
    "Move",
    "Part",
    "Rulebook",
    "UnsupportedReading",
    "clauses",
    "rulebook",
]
