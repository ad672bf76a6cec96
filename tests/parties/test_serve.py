"""The served protocol answers every line, and tells what is wrong with it by number and words."""

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest

from clusckpt.parties import rpc
from clusckpt.parties.model import ModelParty
from clusckpt.parties.serve import serve
from clusckpt_spec.readings import MSCS_PAGE

CLUSTER = {"format": "clusckpt-cluster/1", "nodes": ["N1"], "groups": [], "resources": []}


def request(method: str, params: object, number: int | None = 1) -> bytes:
    """A request as a line."""
    line = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(line).encode() + b"\n"


RESET = request("reset", {"cluster": CLUSTER})


def answered(*lines: bytes) -> list[dict[str, Any]]:
    """The responses of a served model."""
    responses = BytesIO()
    serve(ModelParty(MSCS_PAGE), BytesIO(b"".join(lines)), responses)
    return [json.loads(line) for line in responses.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        (b"{]\n", -32700, "no JSON: JSON is malformed: object keys must be strings (byte 1)"),
        (b"\xff\xfe\n", -32700, "no JSON: JSON is malformed: invalid character (byte 0)"),
        (
            b"[]\n",
            -32600,
            "no request of JSON-RPC 2.0: Expected `object`, got `array`",
        ),
        (
            b'{"jsonrpc": "1.0", "id": 1, "method": "observe"}\n',
            -32600,
            "no request of JSON-RPC 2.0: Invalid enum value '1.0' - at `$.jsonrpc`",
        ),
        (request("Observe", {}), -32601, 'there is no method "Observe"'),
        (
            request("initialize", {"protocol": "clusckpt-adapter/2", "kit": ""}),
            -32602,
            "Invalid enum value 'clusckpt-adapter/2' - at `$.protocol`",
        ),
        (request("NodeCrash", {}), -32602, "Object missing required field `node`"),
        (request("NodeCrash", {"node": "N1", "x": 1}), -32602, "Object contains unknown field `x`"),
        (request("NodeCrash", [1]), -32602, "Expected `object`, got `array`"),
        (
            request("NodeJoin", {"node": "N1"}),
            -32000,
            "the rules allow no outcome of it in this state; next: call it where it can happen",
        ),
    ],
)
def test_wrong_requests(line: bytes, code: int, message: str) -> None:
    """Each kind of wrong request has its number, and the party goes on."""
    _, wrong, right = answered(RESET, line, request("NodeCrash", {"node": "N1"}, 2))

    assert wrong["error"] == {"code": code, "message": message}
    assert right == {"jsonrpc": "2.0", "id": 2, "result": {"returned": "ERROR_SUCCESS"}}


def test_a_deep_request_does_no_harm() -> None:
    """A million lists inside each other are answered with an error."""
    (wrong,) = answered(b"[" * 10**6 + b"\n")

    assert wrong["error"]["code"] in (-32700, -32600)


def test_a_long_line_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than is allowed is refused, and nothing after it is read."""
    monkeypatch.setattr("clusckpt.parties.serve.LONGEST_LINE", 100)
    (wrong,) = answered(b"x" * 200 + b"\n", RESET)

    assert wrong["error"] == {"code": rpc.ErrorCode.INVALID_REQUEST, "message": "too long a line"}


def test_shutdown_and_notifications() -> None:
    """A request without an id and a blank line have no answer, and after `shutdown` nothing has."""
    shutdown = request("shutdown", {}, 7)

    assert answered(request("reset", {}, None), b"\n", shutdown, RESET) == [
        {"jsonrpc": "2.0", "id": 7, "result": None}
    ]


def test_the_command_refuses_an_unknown_reading() -> None:
    """A reading that there is not ends the command with status 2, without a traceback."""
    command = [sys.executable, "-m", "clusckpt.parties", "--reading", "unknown"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the program is this one's own interpreter

    assert ended.returncode == 2
    assert "invalid choice: 'unknown'" in ended.stderr
    assert "mscs-page" in ended.stderr
    assert "Traceback" not in ended.stderr
