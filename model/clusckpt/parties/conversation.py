"""One request at a time to a running adapter: its response, or what is wrong instead of it."""

import time

from clusckpt.files.wording import cut
from clusckpt.parties.adapter_process import AdapterProcess
from clusckpt.parties.bounded_lines import End
from clusckpt.parties.party import Fault, FaultKind
from clusckpt.parties.rpc import (
    LONGEST_LINE,
    Parameters,
    Response,
    decoded_response,
    encoded_request,
)

MOST_NOISE_LINES = 100
MOST_NOISE_BYTES = 64 * 1024
MOST_NOISE_KEPT = 1000

_SETTLE_S = 0.3
_PROTOCOL_ONLY = "write nothing but the protocol to standard output; log to standard error"


class Conversation:
    """The requests to one process, numbered from 1.

    Args:
        process: the running adapter.
        noise: takes a fault for each line that is no response and is passed over.
        timeout_s: how many seconds each response may take.
    """

    def __init__(self, process: AdapterProcess, noise: list[Fault], timeout_s: float) -> None:
        """Begin with nothing asked."""
        self.process = process
        self._noise = noise
        self._timeout_s = timeout_s
        self._number = 0

    def response(self, method: str, parameters: Parameters) -> Response | Fault:
        """Ask, and wait for the response or for the fault that there is none."""
        self._number += 1
        self.process.send(encoded_request(self._number, method, parameters))
        deadline = time.monotonic() + self._timeout_s
        lines = size = 0
        while isinstance(line := self.process.take(deadline), bytes):
            response = decoded_response(line)
            if response is not None:
                return self._in_order(response, method)
            lines, size = lines + 1, size + len(line)
            self._hear(method, line)
            if lines > MOST_NOISE_LINES or size > MOST_NOISE_BYTES:
                detail = f"{lines} lines ({size} bytes) came, and no answer among them"
                return Fault(FaultKind.FLOODS, method, detail, _PROTOCOL_ONLY)
        return self._no_response(method, line, lines)

    def _in_order(self, response: Response, method: str) -> Response | Fault:
        """The response, if it is that to the last request."""
        if response.id == self._number or response.refuses_unread:
            return response
        detail = f"the answer to request {response.id!r:.40} came, not to {self._number}"
        advice = "answer each request once, in order, with its id"
        return Fault(FaultKind.OUT_OF_ORDER, method, detail, advice)

    def _no_response(self, method: str, came: End | None, noise: int) -> Fault:
        """What came instead of a response: the end of the output, too long a line, or nothing."""
        if came is End.TOO_LONG:
            detail = f"a line of more than {LONGEST_LINE} bytes came"
            return Fault(FaultKind.FLOODS, method, detail, "answer with shorter lines")
        status = self.process.exit_status(_SETTLE_S) if came is End.CLOSED else None
        if noise and not status:
            detail = f"{noise} lines that are no JSON-RPC came, and no answer"
            return Fault(FaultKind.GARBAGE, method, detail, _PROTOCOL_ONLY)
        if came is None:
            detail = f"no answer came in {self._timeout_s:g} s"
            return Fault(FaultKind.HANGS, method, detail, "mend the adapter, or give it more time")
        if status is None:
            detail = "it closed its standard output and goes on, so no answer can come"
            return Fault(FaultKind.HANGS, method, detail, "keep standard output open")
        detail = f"it ended with status {status} before it answered"
        advice = "read its standard error, and mend the adapter"
        return Fault(FaultKind.CRASHED, method, detail, advice)

    def _hear(self, method: str, line: bytes) -> None:
        """Note a line that is no response."""
        if len(self._noise) < MOST_NOISE_KEPT:
            detail = cut(line[:400].decode(errors="replace"))
            self._noise.append(Fault(FaultKind.GARBAGE, method, detail, _PROTOCOL_ONLY))
