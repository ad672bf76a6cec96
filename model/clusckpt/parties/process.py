"""A live process as a party: an adapter that speaks `clusckpt-adapter/1`."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any, TypeVar

import msgspec

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.wording import cut
from clusckpt.parties.adapter_process import AdapterProcess
from clusckpt.parties.answers import (
    WrongResult,
    checked_answer,
    checked_observation,
    decoded_result,
)
from clusckpt.parties.conversation import Conversation
from clusckpt.parties.party import Fault, FaultKind, PartyFault
from clusckpt.parties.rpc import ErrorCode, Parameters
from clusckpt_spec.formats.adapter import (
    ADAPTER_PROTOCOL,
    Answer,
    Capabilities,
    InitializeParams,
    ObserveParams,
    ResetParams,
)
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation

MOST_SHOWN = 5

_SETTLE_S = 0.3
_NO_CLUSTER = Cluster(CLUSTER_FORMAT, (), (), ())
_UNSUPPORTED = (ErrorCode.METHOD_NOT_FOUND, ErrorCode.INVALID_PARAMS)
_SCHEMA = "answer as adapter-1.schema.json says"

T = TypeVar("T")


class ProcessParty:
    """An adapter in a process of its own.

    `initialize` starts the process; after a fault the process has been ended, with all that it
    started, and `restart` (or `initialize`) starts another. `noise` has a fault for each line on
    standard output that was no answer and was passed over.

    Args:
        command: the program and its arguments.
        timeout_s: how many seconds each answer may take.
        grace_s: the seconds that it has to end when it is asked to (SIGTERM).
    """

    def __init__(
        self, command: Sequence[str], *, timeout_s: float = 60.0, grace_s: float = 2.0
    ) -> None:
        """Remember how to start it."""
        self._command = tuple(command)
        self._timeout_s = timeout_s
        self._grace_s = grace_s
        self._running: Conversation | None = None
        self._names = ClusterNames.of(_NO_CLUSTER)
        self.noise: list[Fault] = []

    def initialize(self) -> Capabilities:
        """Start the process if none runs, and ask who it speaks for and what it has."""
        if self._running is None:
            self._start()
        asked = InitializeParams(ADAPTER_PROTOCOL, version("clusckpt"))
        return self._ask("initialize", asked, Capabilities)

    def restart(self) -> Capabilities:
        """End whatever runs, start the adapter anew and initialize it; `reset` comes next."""
        self._end()
        return self.initialize()

    def reset(self, start: ResetParams) -> None:
        """Have the cluster set up as it is to stand at the start of a program."""
        self._ask("reset", start, type(None))
        self._names = ClusterNames.of(start.cluster)

    def call(self, event: AnyEvent) -> Answer:
        """Have a call made, and tell what it returned."""
        method = type(event).__name__
        answer = self._ask(method, event_parameters(event), Answer)
        self._check(method, checked_answer(answer))
        self._names.learn(event)
        return answer

    def observe(self, wanted: ObserveParams) -> Observation:
        """Have the cluster looked at."""
        observation = self._ask("observe", wanted, Observation)
        self._check("observe", checked_observation(observation, self._names))
        return observation

    def close(self) -> None:
        """Ask it to shut down, and end it with everything that it has started.

        Raises:
            PartyFault: when all has ended, if it did not shut down as it should, or left
                children behind (LEFT_BEHIND).
        """
        if self._running is None:
            return
        try:
            self._shut_down(self._running.process)
        finally:
            self._end()

    def _shut_down(self, process: AdapterProcess) -> None:
        self._ask("shutdown", {}, type(None))
        process.close_input()
        status = process.exit_status(self._timeout_s)
        if status is None:
            detail = f"it still ran {self._timeout_s:g} s after it had answered"
            raise PartyFault(Fault(FaultKind.HANGS, "shutdown", detail, "exit after the answer"))
        if left := process.left_behind(_SETTLE_S):
            told = ", ".join(f"{one.pid} ({cut(one.command)})" for one in left[:MOST_SHOWN])
            detail = f"{len(left)} processes still ran after it had ended: {told}"
            advice = "end every process that the adapter starts before it exits"
            raise PartyFault(Fault(FaultKind.LEFT_BEHIND, "shutdown", detail, advice))

    def _start(self) -> None:
        try:
            process = AdapterProcess(self._command, self._grace_s)
        except (OSError, ValueError, IndexError) as error:
            reason = getattr(error, "strerror", None) or str(error) or "no command"
            shown = cut(" ".join(self._command))
            detail = f"the command {shown!r} cannot be started ({reason})"
            advice = "give the path of a program that can be executed, and its arguments"
            raise PartyFault(Fault(FaultKind.NOT_STARTED, "initialize", detail, advice)) from error
        self._running = Conversation(process, self.noise, self._timeout_s)

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.process.end()

    def _ask(self, method: str, parameters: Parameters, kind: type[T]) -> T:
        """Send a request and decode its result; any fault but a refusal ends the process."""
        if self._running is None:
            detail = "no adapter runs"
            raise PartyFault(Fault(FaultKind.NOT_STARTED, method, detail, "call initialize first"))
        response = self._running.response(method, parameters)
        if isinstance(response, Fault):
            raise self._fatal(response)
        if response.error is not None:
            detail = f"error {response.error.code}: {cut(response.error.message)}"
            advice = "leave the call out of `calls` if the adapter never takes it"
            raise PartyFault(Fault(_kind_of(response.error.code), method, detail, advice))
        try:
            return decoded_result(response, kind)
        except WrongResult as error:
            raise self._wrong(method, str(error)) from error

    def _check(self, method: str, wrong: str | None) -> None:
        if wrong is not None:
            raise self._wrong(method, wrong)

    def _wrong(self, method: str, detail: str) -> PartyFault:
        return self._fatal(Fault(FaultKind.WRONG_ANSWER, method, detail, _SCHEMA))

    def _fatal(self, fault: Fault) -> PartyFault:
        """A fault that ends the process, with the last that it wrote to standard error."""
        if self._running is not None:
            process = self._running.process
            process.group.end(self._grace_s)
            if errors := process.last_errors():
                fault = replace(fault, detail=f"{fault.detail}; standard error: {errors}")
        self._end()
        return PartyFault(fault)


def _kind_of(code: int) -> FaultKind:
    """What an error of JSON-RPC says, by its number."""
    return FaultKind.UNSUPPORTED if code in _UNSUPPORTED else FaultKind.REFUSES


def event_parameters(event: AnyEvent) -> dict[str, Any]:
    """The parameters with which an event is called: its fields, without its name.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> event_parameters(NodeCrash("N1"))
    {'node': 'N1'}
    """
    parameters: dict[str, Any] = msgspec.to_builtins(event)
    return {name: value for name, value in parameters.items() if name != "call"}
