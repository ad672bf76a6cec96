"""The oracle: follows a trace with every state that remains possible.

Start by reading `replay`.
"""

from clusckpt.oracle.evidence import Evidence, evidence
from clusckpt.oracle.judgement import WINDOWS_READINGS, Judgement, JudgementKind, judge
from clusckpt.oracle.replay import replay
from clusckpt.oracle.verdict import Report, VerdictKind, Violation

__all__ = [
    "WINDOWS_READINGS",
    "Evidence",
    "Judgement",
    "JudgementKind",
    "Report",
    "VerdictKind",
    "Violation",
    "evidence",
    "judge",
    "replay",
]
