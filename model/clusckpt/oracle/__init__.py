"""The oracle: follows a trace with every state that remains possible.

Start by reading `replay`, which follows one reading; `judge` follows several at once.

>>> from clusckpt.rules import WINDOWS_OBSERVED_RULES
>>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
>>> from clusckpt_spec.formats.events import OnlineClusterResource
>>> from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Trace, TraceLine
>>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
>>> header = Header(TRACE_FORMAT, cluster)
>>> lines = [TraceLine(2, OnlineClusterResource("SQL"), "ERROR_SUCCESS")]
>>> replay(header, lines, WINDOWS_OBSERVED_RULES).kind.value
'conforms'
>>> judge(header, lines, WINDOWS_READINGS).consistent
('mscs-page', 'kb174070', 'ms-cmrp', 'windows-observed')
>>> judgement = judge(header, lines, WINDOWS_READINGS)
>>> with_silences(judgement, Trace(header, tuple(lines)), WINDOWS_READINGS).kind.value
'conforms'
"""

from clusckpt.oracle.evidence import Evidence, evidence
from clusckpt.oracle.judgement import (
    WINDOWS_READINGS,
    Judgement,
    JudgementKind,
    judge,
    with_silences,
)
from clusckpt.oracle.replay import replay
from clusckpt.oracle.silence import Silence
from clusckpt.oracle.verdict import Assumption, Report, VerdictKind, Violation

__all__ = [
    "WINDOWS_READINGS",
    "Assumption",
    "Evidence",
    "Judgement",
    "JudgementKind",
    "Report",
    "Silence",
    "VerdictKind",
    "Violation",
    "evidence",
    "judge",
    "replay",
    "with_silences",
]
