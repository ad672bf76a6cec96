"""The oracle: follows a trace with every state that remains possible.

Start by reading `replay`.
"""

from clusckpt.oracle.replay import replay
from clusckpt.oracle.verdict import Report, VerdictKind, Violation

__all__ = ["Report", "VerdictKind", "Violation", "replay"]
