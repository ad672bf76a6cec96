"""A line that was read before is known, and says the same."""

import pytest

from clusckpt.files import known_lines
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.known_lines import KnownLines
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group

ONLINE = '{"call": "OnlineClusterResource", "resource": "A"}'
CREATE = '{"call": "CreateClusterResource", "resource": "A", "group": "G"}'
CRASH = '{"call": "NodeCrash", "node": "N1"}'


def _lines() -> KnownLines:
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), ())
    return KnownLines("trace.jsonl", ClusterNames.of(cluster))


def test_only_the_number_differs() -> None:
    """The same text at another place is the same event with another number."""
    lines = _lines()
    text = CRASH.replace("}", ', "returned": 0, "at": 1.5, "clock": "N1"}')
    first, second = lines.parsed(text, 2), lines.parsed(text, 3)

    assert (first.number, second.number) == (2, 3)
    assert second.event is first.event
    assert (second.returned, second.at, second.clock) == (0, 1.5, "N1")


def test_a_refusal_is_not_known() -> None:
    """A line that was refused before its resource was created is read again after that."""
    lines = _lines()
    with pytest.raises(UnusableInput):
        lines.parsed(ONLINE, 2)
    lines.parsed(CREATE, 3)

    assert lines.parsed(ONLINE, 4).number == 4


@pytest.mark.parametrize("limit", ["MOST_KNOWN", "LONGEST_KNOWN"])
def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """After many other lines, and if it is long, a line is read again."""
    monkeypatch.setattr(known_lines, limit, 1)
    lines = _lines()
    first = lines.parsed(CRASH, 2)
    lines.parsed(CREATE, 3)

    assert lines.parsed(CRASH, 4) == type(first)(4, first.event)
    assert lines.parsed(CRASH, 5).event is not first.event
