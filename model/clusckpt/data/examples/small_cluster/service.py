"""JSON-RPC 2.0 on standard input and output, one object a line: `clusckpt-adapter/1`.

Run as `python small_cluster/adapter.py [--delay SECONDS]`, where the delay is that of the capture
timer; with `--bug NAME` or `--odd NAME` a bug or an oddity is planted in it. Everything it starts
and every file it makes is gone when it ends.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from . import backups, control_codes, groups, resources
from .members import NodeEnded, Pool
from .membership import Membership
from .observing import observed
from .planting import add_arguments, arguments_of, plant_chosen
from .refusal import Refusal
from .registry_calls import registry_call

LONGEST_LINE: Final = 64 << 20
"""In bytes."""

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND = -32700, -32600, -32601
INVALID_PARAMS, NOT_READY = -32602, -32000

Call = Callable[[Membership, dict[str, Any]], int | dict[str, Any] | None]


def _wait_for_timers(members: Membership, _: dict[str, Any]) -> None:
    members.wait_for_timers()


CALLS: dict[str, Call] = {
    "RegCreateKeyEx": registry_call,
    "RegSetValueEx": registry_call,
    "RegDeleteValue": registry_call,
    "RegDeleteTree": registry_call,
    "ClusterResourceControl": control_codes.control_resource,
    "CreateClusterResource": resources.create_resource,
    "OnlineClusterResource": resources.online_resource,
    "OfflineClusterResource": resources.offline_resource,
    "FailClusterResource": resources.fail_resource,
    "DeleteClusterResource": resources.delete_resource,
    "MoveClusterGroup": groups.move_group,
    "NodeCrash": groups.crash_node,
    "NodeJoin": groups.join_node,
    "BackupClusterDatabase": backups.back_up,
    "RestoreClusterDatabase": backups.restore_backup,
    "CaptureDelayPasses": _wait_for_timers,
}
CAPABILITIES: Final = {
    "protocol": "clusckpt-adapter/1",
    "implementation": {"name": "small_cluster", "version": "1"},
    "calls": list(CALLS),
    "observes": ["states", "owners", "registry", "stored", "checkpoints"],
}


class Fault(Exception):
    """A request that cannot be answered, with its number in JSON-RPC."""

    def __init__(self, code: int, message: str) -> None:
        """Say what is wrong with it."""
        super().__init__(message)
        self.code = code


class Service:
    """The methods of the protocol, on one cluster after the other."""

    def __init__(self, directory: Path, delay: float, for_nodes: Sequence[str] = ()) -> None:
        """Keep every file in a directory; captures are due after a delay in seconds.

        The processes of nodes are started with the arguments `for_nodes`.
        """
        self._directory, self._delay, self._resets = directory, delay, 0
        self._pool = Pool(for_nodes)
        self._members: Membership | None = None
        self.ended = False

    def answer(self, method: str, parameters: dict[str, Any]) -> object:
        """The result of a method.

        Raises:
            Fault: there is none.
        """
        if method == "initialize":
            return CAPABILITIES
        if method == "reset":
            self._reset(parameters)
            return None
        if method == "shutdown":
            self.ended = True
            return None
        if method != "observe" and method not in CALLS:
            raise Fault(METHOD_NOT_FOUND, f"no method {method!r}; allowed: {', '.join(CALLS)}")
        if self._members is None:
            raise Fault(NOT_READY, f"{method} came before reset; send reset first")
        if method == "observe":
            return observed(self._members, parameters)
        return _called(self._members, method, parameters)

    def close(self) -> None:
        """End the cluster and every process."""
        self._end()
        self._pool.close()

    def _reset(self, parameters: dict[str, Any]) -> None:
        if parameters.get("containers"):
            raise Fault(INVALID_PARAMS, "there are no key containers here; leave `containers` out")
        self._end()
        self._resets += 1
        folder = self._directory / f"cluster{self._resets}"
        self._members = Membership(folder, parameters, self._pool, self._delay)

    def _end(self) -> None:
        if self._members is not None:
            members, self._members = self._members, None
            members.leave()


def _called(members: Membership, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = CALLS[method](members, {**parameters, "call": method})
    except Refusal as refusal:
        return {"returned": refusal.status}
    return answer if isinstance(answer, dict) else {"returned": answer}


def respond(service: Service, line: bytes) -> dict[str, Any]:
    """The response to one line, whatever it holds."""
    response: dict[str, Any] = {"jsonrpc": "2.0", "id": None}
    try:
        request = _request(line)
        response["id"] = request.get("id")
        response["result"] = service.answer(request["method"], request.get("params") or {})
    except Fault as fault:
        response["error"] = {"code": fault.code, "message": str(fault)}
    except NodeEnded as ended:
        response["error"] = {"code": NOT_READY, "message": str(ended)}
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        message = f"parameters that are not as the protocol says: {wrong!r}"
        response["error"] = {"code": INVALID_PARAMS, "message": message}
    return response


def _request(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Fault(PARSE_ERROR, f"a line is longer than {LONGEST_LINE} bytes")
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise Fault(PARSE_ERROR, f"the line is not JSON: {wrong}") from wrong
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        raise Fault(INVALID_REQUEST, "a request is an object with the field method")
    return request


def serve(service: Service, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer line by line until `shutdown` or the end of the input."""
    while not service.ended and (line := requests.readline(LONGEST_LINE + 1)):
        response = respond(service, line)
        answers.write(json.dumps(response).encode() + b"\n")
        answers.flush()


def main() -> None:
    """Serve on standard input and output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.3, help="of the timer, in seconds")
    add_arguments(parser)
    chosen = parser.parse_args()
    plant_chosen(chosen)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    directory = Path(tempfile.mkdtemp(prefix="small_cluster-"))
    service = Service(directory, chosen.delay, arguments_of(chosen))
    try:
        serve(service, sys.stdin.buffer, sys.stdout.buffer)
    finally:
        service.close()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
