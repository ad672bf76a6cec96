"""A session with an adapter: calls with time limits, written down as a trace."""

import contextlib
import json
import os
import select
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from clusckpt_spec.formats.adapter import (
    Answer,
    Capabilities,
    InitializeParams,
    ObserveParams,
    ResetParams,
)
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, Trace, TraceLine

LONGEST_WAIT = 60.0
"""In seconds; nobody waits so long, but for an adapter that hangs."""


class RpcError(Exception):
    """The adapter answered with an error of JSON-RPC."""

    def __init__(self, error: dict[str, Any]) -> None:
        """Keep its number."""
        super().__init__(error["message"])
        self.code: int = error["code"]


class Session:
    """An adapter that runs, in a process group of its own, and what it was asked."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        """Start the adapter."""
        self._process = subprocess.Popen(  # noqa: S603 - the tests name the adapters that they run
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._asked = 0
        self._wanted = ObserveParams()
        self._header: Header | None = None
        self._lines: list[TraceLine] = []

    @property
    def pid(self) -> int:
        """The process of the adapter, and the number of its process group."""
        return self._process.pid

    @property
    def trace(self) -> Trace:
        """What happened since the last reset."""
        assert self._header is not None

        return Trace(self._header, tuple(self._lines))

    def send(self, line: bytes) -> dict[str, Any]:
        """Send a line and wait for the line that answers it."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None

        requests.write(line + b"\n")
        requests.flush()
        ready, _, _ = select.select([answers], [], [], LONGEST_WAIT)

        assert ready, f"no answer within {LONGEST_WAIT} s to {line!r}"

        answer: dict[str, Any] = json.loads(answers.readline())
        return answer

    def ask(self, method: str, parameters: object = None) -> Any:  # noqa: ANN401 - each has its own
        """The result of a method.

        Raises:
            RpcError: it is an error.
        """
        self._asked += 1
        written = msgspec.to_builtins({} if parameters is None else parameters)
        request = {"jsonrpc": "2.0", "id": self._asked, "method": method, "params": written}
        answer = self.send(json.dumps(request).encode())

        assert (answer["jsonrpc"], answer["id"]) == ("2.0", self._asked)

        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]

    def initialize(self) -> Capabilities:
        """What the adapter says that it can do."""
        result = self.ask("initialize", InitializeParams("clusckpt-adapter/1", "tests"))
        return msgspec.convert(result, Capabilities)

    def reset(self, start: ResetParams, wanted: ObserveParams) -> None:
        """Set a cluster up; `wanted` is observed after every event."""
        assert self.ask("reset", start) is None

        self._wanted, self._lines = wanted, []
        self._header = Header(TRACE_FORMAT, start.cluster, registry=start.registry)

    def do(self, event: AnyEvent) -> int | str | None:
        """Make a call, and observe what it has come to; the status it answered."""
        parameters = dict(msgspec.to_builtins(event))
        answer = msgspec.convert(self.ask(parameters.pop("call"), parameters), Answer)
        seen = self.observe(self._wanted)
        if answer.output is not None:
            seen = msgspec.structs.replace(seen, output=answer.output)
        self._lines.append(TraceLine(len(self._lines) + 2, event, answer.returned, seen))
        return answer.returned

    def observe(self, wanted: ObserveParams) -> Observation:
        """What is seen now."""
        return msgspec.convert(self.ask("observe", wanted), Observation)

    def close_input(self) -> int:
        """The end of the input; the exit status of the adapter."""
        assert self._process.stdin is not None

        self._process.stdin.close()
        return self._process.wait(LONGEST_WAIT)

    def shut_down(self) -> int:
        """Ask for `shutdown`; the exit status of the adapter."""
        assert self.ask("shutdown") is None

        return self._process.wait(LONGEST_WAIT)

    def kill(self) -> int:
        """End the adapter with SIGKILL; its exit status."""
        self._process.kill()
        return self._process.wait(LONGEST_WAIT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Whatever happened, nothing of the session is left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(LONGEST_WAIT)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def alive(group: int) -> list[int]:
    """The processes of a process group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            # After the command, which may hold anything, come its state, its parent and its group.
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found
