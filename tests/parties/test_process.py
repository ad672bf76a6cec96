"""A hostile adapter is reported as what it is, ended with all that it started, and started anew."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clusckpt.parties.party import Fault, FaultKind, PartyFault
from clusckpt.parties.process import ProcessParty
from clusckpt_spec.formats.adapter import Answer, ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster
from clusckpt_spec.formats.events import NodeCrash

HOSTILE = Path(__file__).parent / "hostile" / "adapter.py"
CLUSTER = Cluster(CLUSTER_FORMAT, ("N1",), (), ())
PATIENCE_S = 30.0
IMPATIENCE_S = 1.0
VARIABLE = "CLUSCKPT_TEST"


def marked(token: str) -> set[int]:
    """The processes that have the token in their environment, this one not counted."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if token.encode() in (entry / "environ").read_bytes():
                found.add(int(entry.name))
        except (OSError, ValueError):
            continue
    return found - {os.getpid()}


@pytest.fixture
def party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ProcessParty]]:
    """Makes an adapter that misbehaves once; afterwards none of its processes may be left."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    def make(misbehaviour: str, timeout_s: float = PATIENCE_S) -> ProcessParty:
        command = [sys.executable, "-S", str(HOSTILE), misbehaviour, str(tmp_path / "marker")]
        return ProcessParty(command, timeout_s=timeout_s, grace_s=0.1)

    yield make
    assert marked(str(tmp_path)) == set()


def driven(party: ProcessParty) -> None:
    """Every kind of request once."""
    party.initialize()
    party.reset(ResetParams(CLUSTER))
    assert party.call(NodeCrash("N1")) == Answer()
    party.observe(ObserveParams())
    party.close()


def fault_of(party: ProcessParty) -> Fault:
    """What is wrong with an adapter; it has been ended, and can be driven when started anew."""
    with pytest.raises(PartyFault) as caught:
        driven(party)
    assert marked(os.environ[VARIABLE]) == set()
    assert party.restart().implementation.name == "hostile"
    driven(party)
    return caught.value.fault


PROTOCOL_ONLY = "write nothing but the protocol to standard output; log to standard error"
UNKNOWN = 'the unknown resource "Nobody" at states.Nobody; allowed: a resource of the cluster: none'


@pytest.mark.parametrize(
    ("misbehaviour", "kind", "method", "detail"),
    [
        (
            "crashes",
            FaultKind.CRASHED,
            "NodeCrash",
            "it ended with status 3 before it answered; standard error: the cluster is gone",
        ),
        (
            "logs and crashes",
            FaultKind.CRASHED,
            "NodeCrash",
            "it ended with status 3 before it answered; standard error: the cluster is gone",
        ),
        ("refuses to end", FaultKind.REFUSES, "shutdown", "error 1: no"),
        (
            "exits early",
            FaultKind.CRASHED,
            "NodeCrash",
            "it ended with status 0 before it answered",
        ),
        (
            "floods",
            FaultKind.FLOODS,
            "NodeCrash",
            "101 lines (1616 bytes) came, and no answer among them",
        ),
        (
            "writes a long line",
            FaultKind.FLOODS,
            "NodeCrash",
            "a line of more than 16777216 bytes came",
        ),
        (
            "answers another request",
            FaultKind.OUT_OF_ORDER,
            "NodeCrash",
            "the answer to request 4 came, not to 3",
        ),
        (
            "answers twice",
            FaultKind.OUT_OF_ORDER,
            "NodeCrash",
            "the answer to request 2 came, not to 3",
        ),
        (
            "writes garbage",
            FaultKind.GARBAGE,
            "NodeCrash",
            "1 lines that are no JSON-RPC came, and no answer",
        ),
        (
            "answers in version 1",
            FaultKind.GARBAGE,
            "NodeCrash",
            "1 lines that are no JSON-RPC came, and no answer",
        ),
        (
            "answers with a list",
            FaultKind.WRONG_ANSWER,
            "NodeCrash",
            "Expected `object`, got `array`",
        ),
        (
            "answers with no status",
            FaultKind.WRONG_ANSWER,
            "NodeCrash",
            'the status "ERROR_SUCESS"; next: write "ERROR_SUCCESS" if you meant that',
        ),
        (
            "sees what is not there",
            FaultKind.WRONG_ANSWER,
            "observe",
            UNKNOWN,
        ),
        (
            "closes its output",
            FaultKind.HANGS,
            "NodeCrash",
            "it closed its standard output and goes on, so no answer can come",
        ),
    ],
)
def test_a_hostile_adapter_is_found_out(
    party: Callable[..., ProcessParty],
    misbehaviour: str,
    kind: FaultKind,
    method: str,
    detail: str,
) -> None:
    """Each misbehaviour has a kind and a detail of its own."""
    fault = fault_of(party(misbehaviour))

    assert (fault.kind, fault.method, fault.detail) == (kind, method, detail)


@pytest.mark.parametrize(
    ("misbehaviour", "method"),
    [("hangs at initialize", "initialize"), ("hangs at a call", "NodeCrash")],
)
def test_an_adapter_that_hangs(
    party: Callable[..., ProcessParty], misbehaviour: str, method: str
) -> None:
    """No answer in time is a fault, and the process ends though it heeds no SIGTERM."""
    fault = fault_of(party(misbehaviour, IMPATIENCE_S))

    assert (fault.kind, fault.method) == (FaultKind.HANGS, method)
    assert fault.detail == "no answer came in 1 s"


@pytest.mark.parametrize("misbehaviour", ["hangs at shutdown", "goes on after shutdown"])
def test_an_adapter_that_does_not_end(
    party: Callable[..., ProcessParty], misbehaviour: str
) -> None:
    """An adapter that does not shut down is ended, and that is told."""
    fault = fault_of(party(misbehaviour, IMPATIENCE_S))

    assert (fault.kind, fault.method) == (FaultKind.HANGS, "shutdown")


@pytest.mark.parametrize("misbehaviour", ["leaves a child", "leaves a child in another session"])
def test_children_left_behind(party: Callable[..., ProcessParty], misbehaviour: str) -> None:
    """A child that outlives the adapter is named and ended, wherever it has gone."""
    fault = fault_of(party(misbehaviour))

    assert (fault.kind, fault.method) == (FaultKind.LEFT_BEHIND, "shutdown")
    assert fault.detail.startswith("1 processes still ran after it had ended: ")


def test_deep_answers_do_no_harm(party: Callable[..., ProcessParty]) -> None:
    """A result of a million lists inside each other is no JSON that is read, so it is noise."""
    fault = fault_of(party("answers deeply"))

    assert fault.kind is FaultKind.FLOODS


def test_noise_is_listed(party: Callable[..., ProcessParty]) -> None:
    """A few log lines before an answer are passed over, and each is reported."""
    one = party("writes a log")
    driven(one)

    assert one.noise == [
        Fault(FaultKind.GARBAGE, "NodeCrash", "connecting", PROTOCOL_ONLY),
        Fault(FaultKind.GARBAGE, "NodeCrash", "connected", PROTOCOL_ONLY),
    ]


@pytest.mark.parametrize(
    ("misbehaviour", "detail"),
    [("refuses", "error 1: no"), ("refuses to read", "error -32700: no")],
)
def test_a_refusal_ends_nothing(
    party: Callable[..., ProcessParty], misbehaviour: str, detail: str
) -> None:
    """After an error of JSON-RPC the same process answers further requests."""
    one = party(misbehaviour)
    one.initialize()
    one.reset(ResetParams(CLUSTER))
    with pytest.raises(PartyFault) as caught:
        one.call(NodeCrash("N1"))
    one.observe(ObserveParams())
    one.close()

    assert caught.value.fault.kind is FaultKind.REFUSES
    assert caught.value.fault.detail == detail


def test_a_running_adapter_is_seen(party: Callable[..., ProcessParty], tmp_path: Path) -> None:
    """The look at the processes that every test ends with does see one that runs."""
    one = party("behaves")
    one.initialize()
    running = marked(str(tmp_path))
    one.close()

    assert len(running) == 1


def test_an_adapter_that_behaves(party: Callable[..., ProcessParty]) -> None:
    """No fault, no noise, no process; closing twice does nothing more."""
    one = party("behaves")
    driven(one)
    one.close()

    assert one.noise == []


@pytest.mark.parametrize("command", [["/nowhere/adapter"], [], ["a\0b"]])
def test_a_command_that_does_not_start(command: list[str]) -> None:
    """A program that is not there is a fault with its name, and so is no program at all."""
    with pytest.raises(PartyFault) as caught:
        ProcessParty(command).initialize()

    assert caught.value.fault.kind is FaultKind.NOT_STARTED
    assert caught.value.fault.advice == (
        "give the path of a program that can be executed, and its arguments"
    )


def test_nothing_is_asked_before_the_start() -> None:
    """A call without a process is a fault, and closing is none."""
    one = ProcessParty(["true"])
    with pytest.raises(PartyFault) as caught:
        one.call(NodeCrash("N1"))
    one.close()

    assert caught.value.fault.advice == "call initialize first"
