"""JSON-RPC 2.0, one object a line: requests and responses as bytes, and back.

The kit writes requests and reads responses; `serve` does the reverse. Ids count up from 1.
"""

from enum import IntEnum
from typing import Any, Final, Literal

import msgspec

LONGEST_LINE: Final = 16 * 1024 * 1024
"""The most bytes of one request or response."""

Parameters = msgspec.Struct | dict[str, Any]


class ErrorCode(IntEnum):
    """The errors of JSON-RPC 2.0 that the protocol uses, and one of its own."""

    PARSE_ERROR = -32700
    """The line is not JSON."""
    INVALID_REQUEST = -32600
    """The line is no request of JSON-RPC 2.0."""
    METHOD_NOT_FOUND = -32601
    """There is no such method."""
    INVALID_PARAMS = -32602
    """The parameters are not those of the method."""
    CANNOT_HAPPEN = -32000
    """The call cannot happen here, or cannot be made now."""


class Request(msgspec.Struct, frozen=True):
    """A request; the parameters are decoded by the method that they are for."""

    jsonrpc: Literal["2.0"]
    method: str
    id: int | str | None = None
    params: msgspec.Raw = msgspec.Raw(b"{}")


class RpcError(msgspec.Struct, frozen=True):
    """The error of a response: a number, and a sentence for people."""

    code: int
    message: str


class Response(msgspec.Struct, frozen=True, omit_defaults=True):
    """A response; it has a result (which can be null) or an error."""

    jsonrpc: Literal["2.0"]
    id: int | str | None
    result: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    error: RpcError | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it has a result or an error, and not both."""
        return (self.result is msgspec.UNSET) is (self.error is not None)

    @property
    def refuses_unread(self) -> bool:
        """Whether it is the error of a request whose id could not be read."""
        return self.id is None and self.error is not None


def encoded_request(number: int, method: str, parameters: Parameters) -> bytes:
    r"""Encode a request as one line.

    >>> encoded_request(1, "shutdown", {})
    b'{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{}}\n'
    """
    request = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
    return msgspec.json.encode(request) + b"\n"


def encoded_result(number: int | str | None, result: object) -> bytes:
    r"""Encode a response with a result as one line.

    >>> encoded_result(1, None)
    b'{"jsonrpc":"2.0","id":1,"result":null}\n'
    """
    return msgspec.json.encode({"jsonrpc": "2.0", "id": number, "result": result}) + b"\n"


def encoded_error(number: int | str | None, code: ErrorCode, message: str) -> bytes:
    r"""Encode a response with an error as one line.

    >>> encoded_error(None, ErrorCode.PARSE_ERROR, "no JSON")
    b'{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no JSON"}}\n'
    """
    response = Response("2.0", number, error=RpcError(code.value, message))
    return msgspec.json.encode(response) + b"\n"


def decoded_response(line: bytes) -> Response | None:
    """Decode a line to a response, or None if it is none.

    >>> decoded_response(b'{"jsonrpc": "2.0", "id": 1, "result": null}').id
    1
    >>> decoded_response(b"connecting ...") is None
    True
    """
    try:
        response = msgspec.json.decode(line, type=Response)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return response if response.is_complete else None
