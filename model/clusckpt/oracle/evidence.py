"""Evidence: which choice of an ambiguity an observed trace supports.

A trace speaks about an ambiguity if, with all other choices of a reading kept, some of its choices
explain every line and others do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from clusckpt.oracle.replay import replay
from clusckpt.oracle.verdict import VerdictKind
from clusckpt.rules import rulebook
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import READINGS, Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a trace says about one ambiguity: the choices that explain it, and those that do not."""

    ambiguity: AmbiguityID
    supported: frozenset[str]
    refuted: frozenset[str]


def consistent_readings(
    trace: Trace, readings: Sequence[Reading] = tuple(READINGS.values())
) -> tuple[Reading, ...]:
    """The readings under which every line of a trace is explained.

    Args:
        trace: the whole trace.
        readings: those to try, by default all that ship.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
    >>> nothing_happened = Trace(Header(TRACE_FORMAT, cluster), ())
    >>> len(consistent_readings(nothing_happened)) == len(READINGS)
    True
    """
    return tuple(reading for reading in readings if explains(reading, trace))


def evidence(trace: Trace, reading: Reading) -> Iterator[Evidence]:
    """What a trace says about each ambiguity, next to a reading that explains it.

    Args:
        trace: the whole trace; nothing is said if the reading does not explain it.
        reading: the reading of which one choice at a time is changed.

    >>> from clusckpt_spec.api.status import Status
    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.events import BackupClusterDatabase
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, TraceLine
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
    >>> line = TraceLine(2, BackupClusterDatabase("D:/B"), "ERROR_SUCCESS")
    >>> (found,) = evidence(Trace(Header(TRACE_FORMAT, cluster), (line,)), MSCS_PAGE)
    >>> str(found.ambiguity), sorted(found.refuted)
    ('A43', ['since-2008'])
    """
    if not explains(reading, trace):
        return
    for ambiguity, record in AMBIGUITIES.items():
        kept = reading[ambiguity]
        verdicts = {
            choice.name: choice.name == kept
            or explains(with_choice(reading, ambiguity, choice.name), trace)
            for choice in record.choices
        }
        refuted = frozenset(name for name, explains in verdicts.items() if not explains)
        if refuted:
            yield Evidence(ambiguity, frozenset(verdicts) - refuted, refuted)


def with_choice(reading: Reading, ambiguity: AmbiguityID, choice: str) -> Reading:
    """The reading with one choice made otherwise.

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> with_choice(MSCS_PAGE, AmbiguityID.A43, "since-2008").name
    'mscs-page with A43 since-2008'
    """
    choices: Mapping[AmbiguityID, str] = MappingProxyType({**reading.choices, ambiguity: choice})
    return replace(reading, name=f"{reading.name} with {ambiguity} {choice}", choices=choices)


def explains(reading: Reading, trace: Trace) -> bool:
    """Whether every line of a trace is explained under a reading.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("SQL", group="G"),))
    >>> explains(MSCS_PAGE, Trace(Header(TRACE_FORMAT, cluster), ()))
    True
    """
    report = replay(trace.header, trace.lines, rulebook(reading))
    return report.kind is VerdictKind.CONFORMS
