"""The JSON Schemas (draft 2020-12) of the formats, generated from the structures that are them.

The generated files are committed in `clusckpt_spec/schemas`, for tools that do not run Python;
a test holds them against this module. `python -m clusckpt_spec.formats.schemas` rewrites them.
A trace is JSON Lines, so its schema describes any one line: the header or an event. What a
schema cannot say (names that must be known, or be there once) the readers check. The schema of the
adapter protocol describes any one line on the pipes: a request or a response.
"""

import json
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import msgspec

from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.api.status import Status
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
from clusckpt_spec.formats.reading import LONGEST_SUMMARY, READING_FORMAT, ProductTable, ReadingFile
from clusckpt_spec.formats.trace import (
    LEAST_STATUS,
    MOST_STATUS,
    TRACE_FORMAT,
    Header,
    Moment,
    Observation,
)
from clusckpt_spec.formats.vectors import VECTORS_FORMAT, VectorFile, VectorManifest
from clusckpt_spec.readings import READINGS

Schema = dict[str, Any]

SCHEMA_FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
EVENTS: tuple[type[msgspec.Struct], ...] = get_args(AnyEvent)


def cluster_schema() -> Schema:
    """Generate the schema of a document in `clusckpt-cluster/1`.

    >>> cluster_schema()["$id"]
    'https://clusckpt.invalid/schemas/cluster-1.json'
    """
    (reference,), definitions = _components((Cluster,))
    description = "A cluster with the checkpoints of its resources, as JSON or YAML."
    return _headed("cluster-1", CLUSTER_FORMAT, description) | reference | {"$defs": definitions}


def trace_schema() -> Schema:
    """Generate the schema of one line of a file in `clusckpt-trace/1`.

    >>> trace_schema()["anyOf"]
    [{'$ref': '#/$defs/Header'}, {'$ref': '#/$defs/Line'}]
    """
    _, definitions = _components((Header, Observation, Moment, *EVENTS))
    beside = _beside_event() | definitions.pop("Moment")["properties"]
    for event in EVENTS:
        definitions[event.__name__]["properties"] |= beside
    definitions["Returned"] = _returned()
    definitions["Line"] = {
        "title": "Line",
        "description": "A line after the header: an event, what it returned, what was observed.",
        "anyOf": [{"$ref": f"#/$defs/{event.__name__}"} for event in EVENTS],
    }
    description = "One line of a trace: the first is the header, every further one an event."
    one_of_two = {"anyOf": [{"$ref": "#/$defs/Header"}, {"$ref": "#/$defs/Line"}]}
    return _headed("trace-1", TRACE_FORMAT, description) | one_of_two | {"$defs": definitions}


def reading_schema() -> Schema:
    """Generate the schema of a document in `clusckpt-reading/1`, with every choice that there is.

    >>> reading_schema()["$defs"]["ReadingFile"]["properties"]["choices"]["properties"]["A1"]
    {'enum': ['immediate', 'eventual', 'optional']}
    """
    (reference,), definitions = _components((ReadingFile,))
    definitions["ReadingFile"]["properties"] |= {
        "summary": {"type": "string", "minLength": 1, "maxLength": LONGEST_SUMMARY},
        "base": {"enum": list(READINGS)},
        "choices": _named_only({name: {"enum": _choices(name)} for name in AMBIGUITIES}),
        "reasons": _named_only({name: {"type": "string", "minLength": 1} for name in _reasoned()}),
    }
    description = "A reading of the documents, as TOML: a shipped reading and what is different."
    return _headed("reading-1", READING_FORMAT, description) | reference | {"$defs": definitions}


def adapter_schema() -> Schema:
    """Generate the schema of one line of `clusckpt-adapter/1`: a request or a response.

    >>> adapter_schema()["$defs"]["NodeCrash"]["required"]
    ['node']
    """
    results = (Capabilities, Answer, Observation)
    _, definitions = _components((InitializeParams, ResetParams, ObserveParams, *results, *EVENTS))
    for event in EVENTS:
        parameters = definitions[event.__name__]
        del parameters["properties"]["call"]
        parameters["required"] = [one for one in parameters["required"] if one != "call"]
    definitions["Answer"]["properties"]["returned"] = {"$ref": "#/$defs/Returned"}
    definitions["Returned"] = _returned()
    definitions["Request"] = _request()
    definitions["Response"] = _response([kind.__name__ for kind in results])
    description = "One line between the conformance kit and an adapter: a request or a response."
    one_of_two = {"anyOf": [{"$ref": "#/$defs/Request"}, {"$ref": "#/$defs/Response"}]}
    return _headed("adapter-1", ADAPTER_PROTOCOL, description) | one_of_two | {"$defs": definitions}


def vectors_schema() -> Schema:
    """Generate the schema of a file in `clusckpt-vectors/1`, or of the manifest of a folder.

    >>> vectors_schema()["anyOf"]
    [{'$ref': '#/$defs/VectorFile'}, {'$ref': '#/$defs/VectorManifest'}]
    """
    references, definitions = _components((VectorFile, VectorManifest))
    description = "A file of test vectors, or the manifest of a folder of them."
    one_of_two = {"anyOf": references}
    return _headed("vectors-1", VECTORS_FORMAT, description) | one_of_two | {"$defs": definitions}


def generated_schemas() -> dict[str, Schema]:
    """Generate every schema, by the name of its file."""
    return {
        "adapter-1.schema.json": adapter_schema(),
        "cluster-1.schema.json": cluster_schema(),
        "reading-1.schema.json": reading_schema(),
        "trace-1.schema.json": trace_schema(),
        "vectors-1.schema.json": vectors_schema(),
    }


def committed_schema(file_name: str) -> Schema:
    """Read a committed schema."""
    content: Schema = json.loads((SCHEMA_FOLDER / file_name).read_text(encoding="utf-8"))
    return content


def write_schemas() -> None:
    """Rewrite the committed files."""
    for file_name, schema in generated_schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (SCHEMA_FOLDER / file_name).write_text(text, encoding="utf-8")


def _components(kinds: tuple[type, ...]) -> tuple[list[Schema], dict[str, Schema]]:
    """Generate the definitions of structures, as JSON has them and without indented docstrings."""
    generated = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    references, definitions = json.loads(json.dumps(generated))
    for definition in definitions.values():
        definition["description"] = cleandoc(definition["description"])
    return references, definitions


def _headed(name: str, title: str, description: str) -> Schema:
    identity = f"https://clusckpt.invalid/schemas/{name}.json"
    return {"$schema": DRAFT, "$id": identity, "title": title, "description": description}


def _choices(name: AmbiguityID) -> list[str]:
    return [choice.name for choice in AMBIGUITIES[name].choices]


def _reasoned() -> list[str]:
    """What a reading file can give a reason for."""
    return [*AMBIGUITIES, *(field.encode_name for field in msgspec.structs.fields(ProductTable))]


def _named_only(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _beside_event() -> Schema:
    return {
        "returned": {"$ref": "#/$defs/Returned"},
        "observed": {"anyOf": [{"$ref": "#/$defs/Observation"}, {"type": "null"}]},
    }


def _returned() -> Schema:
    return {
        "title": "Returned",
        "description": "The status that a call returned: a number of 32 bits, or a known name.",
        "anyOf": [
            {"type": "integer", "minimum": LEAST_STATUS, "maximum": MOST_STATUS},
            {"enum": list(Status.__members__)},
            {"type": "null"},
        ],
    }


def _request() -> Schema:
    """A request by its method: one of the protocol, or a call of a trace with its fields."""
    parameters = {
        "initialize": "InitializeParams",
        "reset": "ResetParams",
        "observe": "ObserveParams",
    } | {event.__name__: event.__name__ for event in EVENTS}
    methods = [
        {"properties": {"method": {"const": method}, "params": {"$ref": f"#/$defs/{kind}"}}}
        for method, kind in parameters.items()
    ]
    shutdown = {"properties": {"method": {"const": "shutdown"}, "params": {"type": "object"}}}
    return {
        "title": "Request",
        "description": "A request of the kit; its method decides what its parameters are.",
        "type": "object",
        "properties": {"jsonrpc": {"const": "2.0"}, "id": {"type": "integer", "minimum": 1}},
        "required": ["jsonrpc", "id", "method", "params"],
        "anyOf": [*methods, shutdown],
    }


def _response(results: list[str]) -> Schema:
    """A response: the result of the method that was asked for, or an error."""
    fault = {
        "type": "object",
        "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
        "required": ["code", "message"],
    }
    kinds = [*({"$ref": f"#/$defs/{name}"} for name in results), {"type": "null"}]
    return {
        "title": "Response",
        "description": "A response of the adapter: the result of its request, or an error.",
        "type": "object",
        "properties": {
            "jsonrpc": {"const": "2.0"},
            "id": {"type": ["integer", "null"]},
            "result": {"anyOf": kinds},
            "error": fault,
        },
        "required": ["jsonrpc", "id"],
        "oneOf": [{"required": ["result"]}, {"required": ["error"]}],
    }


if __name__ == "__main__":
    write_schemas()
