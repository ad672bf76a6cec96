"""The oracle holds the bytes of a list, and their number, against what is allowed."""

from collections.abc import Sequence

import pytest

from clusckpt.buffers import Ending, encoded
from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from tests.drive import ADD, GET, rules_with

KEYS = ("Software\\B", "Software\\A")
SIZE = len(encoded(KEYS))
LIST_RULE = "CKPT-GET-REGISTRY"


def header() -> Header:
    """A on N1, whose registry has the keys."""
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("GA", "N1"),), (Resource("A", "GA"),))
    return Header(TRACE_FORMAT, cluster, registry={"N1": {key: {} for key in KEYS}})


def judged(
    returned: int | None,
    seen: Observation,
    event: ClusterResourceControl | None = None,
    choices: dict[AmbiguityID, str] | None = None,
    keys: Sequence[str] = KEYS,
) -> Report:
    """The verdict on a list of the keys, after they were added."""
    adds: list[AnyEvent] = [ClusterResourceControl("A", ADD, key) for key in keys]
    lines = [TraceLine(number, one, 0) for number, one in enumerate(adds, start=2)]
    asked = event or ClusterResourceControl("A", GET, output_size=1024)
    last = TraceLine(len(lines) + 2, asked, returned, seen)
    return replay(header(), [*lines, last], rules_with(choices or {}))


def output(*keys: str, ending: Ending = Ending.DOUBLE) -> str:
    """A list in hexadecimal."""
    return encoded(keys, ending).hex()


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize("order", [KEYS, KEYS[::-1]])
def test_a_right_list(order: tuple[str, ...]) -> None:
    """The list in any order, with its size, conforms."""
    seen = Observation(output=output(*order), bytes_returned=SIZE)

    assert judged(0, seen).kind is VerdictKind.CONFORMS
    assert judged(None, seen).kind is VerdictKind.CONFORMS


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("seen", "got", "allowed"),
    [
        (
            Observation(bytes_returned=SIZE - 2),
            f"lpcbBytesReturned for A: {SIZE - 2}",
            f"lpcbBytesReturned for A: {SIZE}",
        ),
        (
            Observation(output=output(*KEYS, ending=Ending.SINGLE)),
            "output buffer for A: the bytes do not end with 2 terminators",
            "output buffer for A: a MULTI_SZ with double terminator",
        ),
    ],
)
def test_a_wrong_form(seen: Observation, got: str, allowed: str) -> None:
    """A wrong size or ending breaks the contract of the list code."""
    violation = judged(0, seen).violation

    assert violation is not None
    assert (violation.rule, violation.got, violation.allowed) == (LIST_RULE, got, (allowed,))


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_a_root_that_is_not_listed() -> None:
    """A list without a root that was added breaks the contract of the code that added it."""
    violation = judged(0, Observation(output=output(KEYS[0]))).violation

    assert violation is not None
    assert violation.rule == "CKPT-ADD-REGISTRY"
    assert violation.got == "checkpoints of A: Software\\B"
    assert violation.allowed == ("checkpoints of A: Software\\A, Software\\B",)


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_the_order_of_the_adds() -> None:
    """Under the reading that lists in order, another order breaks the contract (A15)."""
    choices = {AmbiguityID.A15: "order-of-add"}
    violation = judged(0, Observation(output=output(*KEYS[::-1])), choices=choices).violation

    assert judged(0, Observation(output=output(*KEYS)), choices=choices).violation is None
    assert violation is not None
    assert violation.rule == LIST_RULE
    assert violation.allowed == ("order of the checkpoints of A: Software\\B, Software\\A",)


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("returned", "told", "right"),
    [(234, SIZE, True), (234, 8, False), (0, SIZE, False), (0, 8, False)],
)
def test_a_buffer_that_is_too_small(returned: int, told: int, right: bool) -> None:  # noqa: FBT001
    """A buffer of eight bytes is answered with the required size, and with nothing else."""
    event = ClusterResourceControl("A", GET, output_size=8)
    report = judged(returned, Observation(bytes_returned=told), event)

    assert (report.violation is None) is right


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_a_buffer_of_unknown_size() -> None:
    """A trace without the size of the buffer is not accused of either answer."""
    event = ClusterResourceControl("A", GET)

    assert judged(234, Observation(bytes_returned=SIZE), event).violation is None
    assert judged(0, Observation(output=output(*KEYS)), event).violation is None


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize("size", [0, 2, 4])
def test_an_empty_list(size: int) -> None:
    """Every form of an empty list conforms; under one reading only its own does (A16)."""
    seen = Observation(output=bytes(size).hex(), bytes_returned=size)
    one_form = {AmbiguityID.A16: "one-terminator"}

    assert judged(0, seen, keys=()).violation is None
    assert (judged(0, seen, choices=one_form, keys=()).violation is None) is (size == 2)


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_size_and_bytes_belong_together() -> None:
    """The size that is told is that of the bytes, also where several would be allowed."""
    violation = judged(0, Observation(output="0000", bytes_returned=4), keys=()).violation

    assert violation is not None
    assert violation.allowed == ("lpcbBytesReturned for A: 2",)


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_nothing_is_written_without_a_buffer() -> None:
    """NULL and zero may be answered with success, and then nothing can be in the buffer (A17)."""
    event = ClusterResourceControl("A", GET, output_size=0, output_null=True)
    violation = judged(0, Observation(output=output(*KEYS)), event).violation

    assert judged(0, Observation(output="", bytes_returned=SIZE), event).violation is None
    assert violation is not None
    assert violation.got == f"output buffer for A: {SIZE} bytes"
    assert violation.allowed == ("output buffer for A: none: lpOutBuffer is NULL",)


def test_calls_that_fail_are_not_judged_by_their_buffer() -> None:
    """What a call that fails leaves in the buffer and in lpcbBytesReturned is unreliable."""
    event = ClusterResourceControl("A", GET, output_size=8, output_null=True)

    assert judged(87, Observation(output="00", bytes_returned=7), event).violation is None
