"""A trace can name a key or a container in any of its ways; the oracle knows what is meant."""

import pytest

from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Platform
from clusckpt_spec.formats.events import AnyEvent, CryptGenKey, RegSetValueEx
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine

STRONG = "Microsoft Strong Cryptographic Provider"


def judged(event: AnyEvent, seen: Observation, platform: Platform = "x64") -> VerdictKind:
    """The verdict on one event and what was seen after it."""
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (), (), platform=platform)
    line = TraceLine(2, event, "ERROR_SUCCESS", seen)
    return replay(Header(TRACE_FORMAT, cluster), (line,), MSCS_PAGE_RULES).kind


def value_at(key: str) -> Observation:
    """A key of the node was seen with the value in it."""
    return Observation(registry={"N1": {key: {"v": 1}}})


@pytest.mark.parametrize(
    ("write", "seen"),
    [
        (RegSetValueEx("N1", r"Software\A", "v", 1, "32"), r"Software\Wow6432Node\A"),
        (RegSetValueEx("N1", r"Software\A", "v", 1, "64"), r"Software\A"),
        (RegSetValueEx("N1", r"Software\Policies\A", "v", 1, "32"), r"Software\Policies\A"),
        (RegSetValueEx("N1", r"System\ControlSet001\A", "v", 1), r"System\CurrentControlSet\A"),
        (RegSetValueEx("N1", r"System\CurrentControlSet\A", "v", 1), r"System\ControlSet001\A"),
    ],
)
def test_keys(write: RegSetValueEx, seen: str) -> None:
    """What is written under one name of a key is seen under another, and under no other key's."""
    assert judged(write, value_at(seen)) is VerdictKind.CONFORMS
    assert judged(write, value_at(seen + "0")) is VerdictKind.VIOLATES


def test_x86() -> None:
    """On x86 the 32-bit view is the only one."""
    write = RegSetValueEx("N1", r"Software\A", "v", 1, "32")

    assert judged(write, value_at(r"Software\A"), "x86") is VerdictKind.CONFORMS
    assert judged(write, value_at(r"Software\Wow6432Node\A"), "x86") is VerdictKind.VIOLATES


def test_containers() -> None:
    """Keys generated under one name of a container are seen under the other."""
    event = CryptGenKey("N1", r"1\\K", "keys")
    seen, other = (
        Observation(containers={"N1": {rf"1\{name}\k": "keys"}}) for name in (STRONG, "P")
    )

    assert judged(event, seen) is VerdictKind.CONFORMS
    assert judged(event, other) is VerdictKind.VIOLATES
