"""A party served over `clusckpt-adapter/1`: requests in, one line each, and responses out."""

from collections.abc import Callable
from typing import IO, Any, TypeVar

import msgspec

from clusckpt.files.trace_lines import CALLS
from clusckpt.files.wording import cut
from clusckpt.parties.party import Party, PartyFault
from clusckpt.parties.rpc import LONGEST_LINE, ErrorCode, Request, encoded_error, encoded_result
from clusckpt_spec.formats.adapter import InitializeParams, ObserveParams, ResetParams

T = TypeVar("T")

Method = Callable[[msgspec.Raw], Any]


class _WrongParameters(Exception):
    """The parameters of a request are not those of its method."""


def serve(party: Party, requests: IO[bytes], responses: IO[bytes]) -> None:
    r"""Answer requests until `shutdown` or their end; the party is closed then.

    >>> from io import BytesIO
    >>> from clusckpt.parties.model import ModelParty
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> answers = BytesIO()
    >>> serve(ModelParty(MSCS_PAGE), BytesIO(b'{"jsonrpc":"2.0","id":1,"method":"x"}'), answers)
    >>> print(answers.getvalue().decode().strip())
    {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"there is no method \"x\""}}
    """
    methods = _methods(party)
    try:
        while line := requests.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                _write(responses, encoded_error(None, ErrorCode.INVALID_REQUEST, "too long a line"))
                return
            if not line.strip():
                continue
            request, error = _decoded(line)
            _write(responses, error if request is None else _answered(request, methods))
            if request is not None and request.method == "shutdown":
                return
    finally:
        party.close()


def _write(responses: IO[bytes], line: bytes) -> None:
    responses.write(line)
    responses.flush()


def _decoded(line: bytes) -> tuple[Request, bytes] | tuple[None, bytes]:
    """The request of a line, or the response that says why there is none."""
    try:
        return msgspec.json.decode(line, type=Request), b""
    except msgspec.ValidationError as error:
        code = ErrorCode.INVALID_REQUEST
        return None, encoded_error(None, code, f"no request of JSON-RPC 2.0: {cut(str(error))}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, encoded_error(None, ErrorCode.PARSE_ERROR, f"no JSON: {cut(str(error))}")


def _answered(request: Request, methods: dict[str, Method]) -> bytes:
    if request.id is None:
        return b""  # JSON-RPC 2.0 answers no notification
    method = methods.get(request.method)
    if method is None:
        message = f'there is no method "{cut(request.method)}"'
        return encoded_error(request.id, ErrorCode.METHOD_NOT_FOUND, message)
    try:
        return encoded_result(request.id, method(request.params))
    except _WrongParameters as error:
        return encoded_error(request.id, ErrorCode.INVALID_PARAMS, str(error))
    except PartyFault as error:
        message = f"{error.fault.detail}; next: {error.fault.advice}"
        return encoded_error(request.id, ErrorCode.CANNOT_HAPPEN, message)


def _methods(party: Party) -> dict[str, Method]:
    def initialize(given: msgspec.Raw) -> object:
        _parameters(given, InitializeParams)
        return party.initialize()

    methods: dict[str, Method] = {
        "initialize": initialize,
        "reset": lambda given: party.reset(_parameters(given, ResetParams)),
        "observe": lambda given: party.observe(_parameters(given, ObserveParams)),
        "shutdown": lambda _: None,
    }
    return methods | {call: _calling(party, call) for call in CALLS}


def _calling(party: Party, call: str) -> Method:
    def method(given: msgspec.Raw) -> object:
        fields: dict[str, object] = _parameters(given, dict)
        try:
            event = msgspec.convert(fields | {"call": call}, CALLS[call])
        except msgspec.ValidationError as error:
            raise _WrongParameters(cut(str(error))) from error
        return party.call(event)

    return method


def _parameters(given: msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(given, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _WrongParameters(cut(str(error))) from error
