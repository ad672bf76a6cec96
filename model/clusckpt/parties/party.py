"""A party: whatever answers calls about a cluster, so that its answers can be judged.

A live process behind an adapter, a human at a console, the reference model itself: the
conformance run sees no difference. (The fourth kind, a log only, is judged by `clusckpt check`.)
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clusckpt_spec.formats.adapter import Answer, Capabilities, ObserveParams, ResetParams
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation


class Party(Protocol):
    """Answers calls about one cluster, which `reset` sets up anew.

    Every method raises `PartyFault` if no usable answer comes.
    """

    def initialize(self) -> Capabilities:
        """Who it is, and which calls and observations it has."""
        ...

    def reset(self, start: ResetParams) -> None:
        """Set the cluster up as it is to stand at the start of a program."""
        ...

    def call(self, event: AnyEvent) -> Answer:
        """Make a call, wait for what it sets going, and tell what it returned."""
        ...

    def observe(self, wanted: ObserveParams) -> Observation:
        """Look at the cluster as it is now."""
        ...

    def close(self) -> None:
        """End it, with everything that it has started; may be called twice."""
        ...


class FaultKind(StrEnum):
    """What kept a party from answering: each is reported as what it is."""

    NOT_STARTED = "not started"
    HANGS = "hangs"
    CRASHED = "crashed"
    FLOODS = "floods"
    OUT_OF_ORDER = "answers out of order"
    GARBAGE = "garbage on standard output"
    REFUSES = "refuses"
    """It answered with an error of JSON-RPC."""
    UNSUPPORTED = "does not support"
    """It answered that it has no such method, or none with such parameters: nothing happened."""
    WRONG_ANSWER = "wrong answer"
    """It answered with JSON that is not what the method's result must be."""
    LEFT_BEHIND = "leaves children behind"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind, the method that was asked, what came, and what to do about it."""

    kind: FaultKind
    method: str
    detail: str
    advice: str


class PartyFault(Exception):
    """A party gave no usable answer."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(f"{fault.kind}: {fault.method}: {fault.detail}")
        self.fault = fault
