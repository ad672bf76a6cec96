"""The schema of the protocol, its description and its structures say the same."""

import json
import re
from io import BytesIO
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import FaultKind
from clusckpt.parties.rpc import ErrorCode
from clusckpt.parties.serve import serve
from clusckpt_spec.formats.adapter import Answer, Capabilities, ObserveParams, ResetParams
from clusckpt_spec.formats.schemas import (
    EVENTS,
    SCHEMA_FOLDER,
    adapter_schema,
    committed_schema,
)
from clusckpt_spec.readings import MSCS_PAGE

FILE = "adapter-1.schema.json"
VALIDATOR = Draft202012Validator(committed_schema(FILE))
README = (SCHEMA_FOLDER / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## `clusckpt-adapter/1`")[2]
SESSION = [
    json.loads(line) for line in SECTION.partition("```text\n")[2].partition("```")[0].splitlines()
]
REQUEST: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "NodeCrash",
    "params": {"node": "N1"},
}
RESPONSE: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "result": {"returned": 0}}


def test_the_committed_schema_is_generated() -> None:
    """The committed file is what the structures give, and a schema of its own draft."""
    Draft202012Validator.check_schema(committed_schema(FILE))

    assert committed_schema(FILE) == adapter_schema()
    assert committed_schema(FILE)["title"] == "clusckpt-adapter/1"


def test_definitions_are_described() -> None:
    """Every definition has a title and a description for people."""
    definitions = committed_schema(FILE)["$defs"]

    assert [name for name, given in definitions.items() if given["title"] != name] == []
    assert [name for name, given in definitions.items() if len(given["description"]) < 15] == []


def test_the_session_is_valid() -> None:
    """Every line of the session in the description is valid; each request has its response."""
    requests, responses = SESSION[::2], SESSION[1::2]

    assert [line for line in SESSION if not VALIDATOR.is_valid(line)] == []
    assert [line["id"] for line in requests] == [line["id"] for line in responses]
    assert list(range(1, len(requests) + 1)) == [line["id"] for line in requests]


def test_the_session_is_one_that_can_be_had() -> None:
    """The model answers the requests of the session in the same way, but for the words."""
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in SESSION[::2])
    out = BytesIO()
    serve(ModelParty(MSCS_PAGE), BytesIO(lines), out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    written = SESSION[1::2]

    assert [line for line in answers if not VALIDATOR.is_valid(line)] == []
    assert [answers[at] for at in (1, 4, 6)] == [written[at] for at in (1, 4, 6)]
    assert answers[5]["error"]["code"] == written[5]["error"]["code"]
    assert [set(answer) for answer in answers] == [set(answer) for answer in written]


@pytest.mark.parametrize("event", EVENTS)
def test_every_call_is_a_method(event: type[msgspec.Struct]) -> None:
    """The parameters of a call are its fields: no more of them, and without its name."""
    definition = committed_schema(FILE)["$defs"][event.__name__]

    assert tuple(definition["properties"]) == event.__struct_fields__
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        {**REQUEST, "jsonrpc": "1.0"},
        {**REQUEST, "id": 0},
        {**REQUEST, "method": "NodeBurns"},
        {**REQUEST, "params": {}},
        {**REQUEST, "params": {"node": "N1", "call": "NodeCrash"}},
        {**REQUEST, "method": "initialize", "params": {"protocol": "clusckpt-adapter/2"}},
        {**RESPONSE, "result": []},
        {**RESPONSE, "result": {"returned": 2**32}},
        {**RESPONSE, "result": {"returned": "ERROR_FOO", "protocol": 1}},
        {**RESPONSE, "error": {"code": 1, "message": ""}},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 1}},
    ],
)
def test_wrong_lines(line: object) -> None:
    """A line that is neither a request nor a response of the protocol is not valid."""
    assert VALIDATOR.is_valid(REQUEST)
    assert VALIDATOR.is_valid(RESPONSE)
    assert not VALIDATOR.is_valid(line)


def test_the_description_is_complete() -> None:
    """The description names every field, every error and every kind of fault."""
    fields = {
        name
        for structure in (Capabilities, ResetParams, ObserveParams, Answer)
        for name in structure.__struct_fields__
    }

    assert {name for name in fields if f"`{name}`" not in SECTION} == set()
    assert [code for code in ErrorCode if f"| {code.value} |" not in SECTION] == []
    assert [kind for kind in FaultKind if not re.search(rf"\| {kind} \|", SECTION)] == []
