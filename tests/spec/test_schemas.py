"""The committed schemas are those of the structures, and agree with the readers and the prose."""

import json
import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from clusckpt.files.cluster_file import load_cluster
from clusckpt.files.errors import UnusableInput
from clusckpt.files.reading_file import load_reading
from clusckpt.files.trace_file import load_trace
from clusckpt.files.yaml_text import parse_yaml
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.formats import schemas
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.reading import ProductTable, ReadingFile
from clusckpt_spec.formats.schemas import (
    EVENTS,
    SCHEMA_FOLDER,
    committed_schema,
    generated_schemas,
    write_schemas,
)
from clusckpt_spec.formats.trace import Header, Observation

README = (SCHEMA_FOLDER / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```(yaml|jsonl|json|toml)\n(.*?)```", README, re.DOTALL)
FILES = [
    "adapter-1.schema.json",
    "cluster-1.schema.json",
    "reading-1.schema.json",
    "trace-1.schema.json",
    "vectors-1.schema.json",
]
CLUSTER_VALIDATOR = Draft202012Validator(committed_schema("cluster-1.schema.json"))
LINE_VALIDATOR = Draft202012Validator(committed_schema("trace-1.schema.json"))
READING_VALIDATOR = Draft202012Validator(committed_schema("reading-1.schema.json"))

CLUSTER: dict[str, Any] = {
    "format": "clusckpt-cluster/1",
    "nodes": ["N1", "N2"],
    "groups": [{"name": "G", "owner": "N1"}],
    "resources": [
        {
            "name": "R",
            "group": "G",
            "possible_owners": ["N1"],
            "registry_checkpoints": [{"key": "Software\\Example"}],
            "crypto_checkpoints": ["1\\\\MyKey"],
        }
    ],
}
HEADER: dict[str, Any] = {"format": "clusckpt-trace/1", "cluster": CLUSTER}
SET_VALUE: dict[str, Any] = {
    "call": "RegSetValueEx",
    "node": "N1",
    "key": "Software",
    "name": "Mode",
    "value": 1,
}
CONTROL: dict[str, Any] = {"call": "ClusterResourceControl", "resource": "R", "code": 1}


def changed(document: dict[str, Any], place: str, value: object) -> dict[str, Any]:
    """Copy a document with the value at a place, such as `groups.0.name`, set or added."""
    copy = deepcopy(document)
    *above, last = place.split(".")
    inner: Any = copy
    for step in above:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[int(last) if isinstance(inner, list) else last] = value
    return copy


def without(document: dict[str, Any], field: str) -> dict[str, Any]:
    """Copy a document without one of its fields."""
    return {name: value for name, value in document.items() if name != field}


def reads(path: Path, *documents: object) -> bool:
    """Whether the reader takes a cluster, or a trace of several lines."""
    text = "\n".join(json.dumps(document) for document in documents)
    path.write_text(text, encoding="utf-8")
    try:
        _ = load_cluster(path) if "clusckpt-trace" not in text else load_trace(path)
    except UnusableInput:
        return False
    return True


@pytest.mark.parametrize("file_name", FILES)
def test_committed_schemas_are_generated(file_name: str) -> None:
    """Each committed file is what the structures give; if not, run the module that writes them."""
    assert committed_schema(file_name) == generated_schemas()[file_name]


def test_every_schema_is_committed() -> None:
    """The folder holds the generated schemas and their descriptions, and nothing else."""
    prose = {"README.md", "vectors-1.md"}
    assert {path.name for path in SCHEMA_FOLDER.iterdir()} == {*generated_schemas(), *prose}


def test_writing_gives_the_committed_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing the schemas anew changes not a byte."""
    monkeypatch.setattr(schemas, "SCHEMA_FOLDER", tmp_path)
    write_schemas()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        name: (SCHEMA_FOLDER / name).read_bytes() for name in generated_schemas()
    }


@pytest.mark.parametrize("file_name", FILES)
def test_schemas_are_schemas(file_name: str) -> None:
    """Each schema keeps to its own draft, and says which format and version it is for."""
    schema = committed_schema(file_name)
    Draft202012Validator.check_schema(schema)
    name, version = file_name.split(".", maxsplit=1)[0].split("-")

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://clusckpt.invalid/schemas/{name}-{version}.json"
    assert schema["title"] == f"clusckpt-{name}/{version}"


@pytest.mark.parametrize("file_name", FILES)
def test_definitions_are_described(file_name: str) -> None:
    """Every definition has a title and a description for people."""
    definitions = committed_schema(file_name)["$defs"]

    assert [name for name, given in definitions.items() if given["title"] != name] == []
    assert [name for name, given in definitions.items() if len(given["description"]) < 15] == []


@pytest.mark.parametrize(("notation", "text"), EXAMPLES)
def test_examples_in_the_prose(tmp_path: Path, notation: str, text: str) -> None:
    """Every example in the description is valid for its schema and is read."""
    path = tmp_path / "example"
    path.write_text(text, encoding="utf-8")
    if notation == "jsonl":
        for line in text.splitlines():
            LINE_VALIDATOR.validate(json.loads(line))
        lines = load_trace(path).lines
        read = len(lines)
    elif notation == "toml":
        READING_VALIDATOR.validate(tomllib.loads(text))
        read = len(load_reading(path).choices)
    else:
        plain = parse_yaml(text, "example") if notation == "yaml" else json.loads(text)
        CLUSTER_VALIDATOR.validate(plain)
        read = len(load_cluster(path).resources)

    assert read > 0


def test_there_are_examples_of_everything() -> None:
    """The description has an example in each notation."""
    assert [notation for notation, _ in EXAMPLES] == ["yaml", "json", "jsonl", "toml"]


def test_prose_names_every_field() -> None:
    """Every field of the formats, every call with its fields and every state is described."""
    fields = {
        name
        for structure in (Cluster, Header, Observation, ReadingFile)
        for name in structure.__struct_fields__
    } | {f"product.{field.encode_name}" for field in msgspec.structs.fields(ProductTable)}
    rows = {
        event.__name__: re.search(rf"^\| `{event.__name__}` \| (.*) \|$", README, re.MULTILINE)
        for event in EVENTS
    }
    described = {
        call: tuple(re.findall(r"`(\w+)`", row.group(1))) if row else ()
        for call, row in rows.items()
    }

    assert {name for name in fields if f"`{name}`" not in README} == set()
    assert described == {event.__name__: event.__struct_fields__ for event in EVENTS}
    assert [s for s in map(state_label, ResourceState) if f"`{s}`" not in README] == []


@pytest.mark.parametrize(
    "document",
    [
        CLUSTER,
        changed(CLUSTER, "name", "Payroll"),
        changed(CLUSTER, "groups.0.owner", None),
        changed(CLUSTER, "groups", [{"name": "G"}]),
        changed(CLUSTER, "resources", []),
        changed(CLUSTER, "resources.0.possible_owners", None),
        changed(CLUSTER, "resources.0.registry_checkpoints.0.view", "32"),
    ],
)
def test_good_clusters(tmp_path: Path, document: dict[str, Any]) -> None:
    """Schema and reader both take a good cluster."""
    assert CLUSTER_VALIDATOR.is_valid(document)
    assert reads(tmp_path / "a", document)


@pytest.mark.parametrize(
    "document",
    [
        [],
        None,
        *(without(CLUSTER, field) for field in CLUSTER),
        changed(CLUSTER, "format", "clusckpt-cluster/2"),
        changed(CLUSTER, "unknown", 1),
        changed(CLUSTER, "nodes", "N1"),
        changed(CLUSTER, "nodes", None),
        changed(CLUSTER, "nodes.0", 1),
        changed(CLUSTER, "name", None),
        changed(CLUSTER, "groups.0", "G"),
        changed(CLUSTER, "groups.0.name", None),
        changed(CLUSTER, "groups.0.unknown", 1),
        changed(CLUSTER, "resources.0.group", None),
        changed(CLUSTER, "resources.0.dependencies", None),
        changed(CLUSTER, "resources.0.possible_owners", "N1"),
        changed(CLUSTER, "resources.0.registry_checkpoints.0", "Software"),
        changed(CLUSTER, "resources.0.registry_checkpoints.0.view", "16"),
        changed(CLUSTER, "resources.0.registry_checkpoints.0.view", 32),
        changed(CLUSTER, "resources.0.crypto_checkpoints.0", {}),
    ],
)
def test_bad_clusters(tmp_path: Path, document: object) -> None:
    """Schema and reader both refuse a cluster of the wrong shape."""
    assert not CLUSTER_VALIDATOR.is_valid(document)
    assert not reads(tmp_path / "a", document)


@pytest.mark.parametrize(
    "document",
    [
        changed(CLUSTER, "nodes.1", "n1"),
        changed(CLUSTER, "groups.0.owner", "N3"),
        changed(CLUSTER, "resources.0.group", "H"),
        changed(CLUSTER, "resources.0.possible_owners", []),
        changed(CLUSTER, "resources.0.registry_checkpoints.0.key", "\\Software"),
        changed(CLUSTER, "resources.0.crypto_checkpoints.0", "MyKey"),
    ],
)
def test_beyond_the_cluster_schema(tmp_path: Path, document: dict[str, Any]) -> None:
    """What the description calls beyond the schema is refused by the reader alone."""
    assert CLUSTER_VALIDATOR.is_valid(document)
    assert not reads(tmp_path / "a", document)


def example_of(event: type[msgspec.Struct]) -> dict[str, Any]:
    """Write an event with every field."""
    known: dict[str, Any] = {
        "node": "N1",
        "group": "G",
        "resource": "R",
        "container": "1\\\\K",
        "exportable": True,
        "force": True,
        "writable": True,
        "quorum": "full",
        "input": None,
        "input_bytes": "4100",
        "output_size": 0,
        "output_null": True,
        "host_node": "N2",
        "access": "Read",
        "caller": "32",
        "server": "read-only",
        "view": "32",
    }
    written = {name: known.get(name, "Software") for name in event.__struct_fields__}
    return {"call": event.__name__} | written


@pytest.mark.parametrize("event", EVENTS)
def test_every_event(tmp_path: Path, event: type[msgspec.Struct]) -> None:
    """Schema and reader both take each event, and neither takes it with an unknown field."""
    line = example_of(event)

    assert LINE_VALIDATOR.is_valid(line)
    assert reads(tmp_path / "a", HEADER, line)
    assert not LINE_VALIDATOR.is_valid(line | {"unknown": 1})
    assert not reads(tmp_path / "a", HEADER, line | {"unknown": 1})


@pytest.mark.parametrize(
    "beside",
    [
        {"value": ""},
        {"value": 2**32 - 1},
        {"value": {"type": "REG_QWORD", "hex": "00fF"}},
        {"returned": 0},
        {"returned": -(2**31)},
        {"returned": 2**32 - 1},
        {"returned": "NTE_BAD_KEY"},
        {"returned": None, "observed": None},
        {"observed": {}},
        {"observed": {"states": {"R": "Online"}, "owners": {"G": "N2"}}},
        {"observed": {"registry": {"N1": {"A": {"x": 1, "y": None}, "B": None}}}},
        {"observed": {"stored": {"R": {"A": None, "B": {"B": {}}}}, "checkpoints": {"R": []}}},
        {"observed": {"containers": {"N1": {"1\\\\K": None, "1\\\\L": "k"}}}},
        {"observed": {"output": "", "bytes_returned": 2**32 - 1}},
        {"observed": {"output": None, "bytes_returned": None}},
    ],
)
def test_good_lines(tmp_path: Path, beside: dict[str, Any]) -> None:
    """Schema and reader both take a good line."""
    assert LINE_VALIDATOR.is_valid(SET_VALUE | beside)
    assert reads(tmp_path / "a", HEADER, SET_VALUE | beside)


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        *(without(SET_VALUE, field) for field in SET_VALUE),
        SET_VALUE | {"call": "RegSetValue"},
        SET_VALUE | {"call": 7},
        SET_VALUE | {"key": None},
        SET_VALUE | {"value": -1},
        SET_VALUE | {"value": 2**32},
        SET_VALUE | {"value": 1.5},
        SET_VALUE | {"value": True},
        SET_VALUE | {"value": None},
        SET_VALUE | {"value": {"type": "REG_FOO", "hex": ""}},
        SET_VALUE | {"value": {"type": "REG_SZ"}},
        SET_VALUE | {"value": {"type": "REG_SZ", "hex": "xy"}},
        SET_VALUE | {"returned": 2**32},
        SET_VALUE | {"returned": "ERROR_FOO"},
        SET_VALUE | {"returned": True},
        SET_VALUE | {"observed": []},
        SET_VALUE | {"observed": {"unknown": {}}},
        SET_VALUE | {"observed": {"states": {"R": 2}}},
        SET_VALUE | {"observed": {"registry": {"N1": {"A": {"x": -1}}}}},
        SET_VALUE | {"observed": {"checkpoints": {"R": "A"}}},
        SET_VALUE | {"observed": {"output": "xy"}},
        SET_VALUE | {"observed": {"bytes_returned": -1}},
        SET_VALUE | {"output_size": 0},
        CONTROL | {"input": 0},
        CONTROL | {"input_bytes": "xy"},
        CONTROL | {"output_size": -1},
        CONTROL | {"output_size": 2**32},
        CONTROL | {"output_null": 1},
        CONTROL | {"host_node": 1},
        CONTROL | {"access": "Write"},
        CONTROL | {"caller": 32},
        CONTROL | {"server": "down"},
    ],
)
def test_bad_lines(tmp_path: Path, line: object) -> None:
    """Schema and reader both refuse a line of the wrong shape."""
    assert not LINE_VALIDATOR.is_valid(line)
    assert not reads(tmp_path / "a", HEADER, line)


@pytest.mark.parametrize(
    "line",
    [
        SET_VALUE | {"node": "N3"},
        SET_VALUE | {"key": "Software\\"},
        SET_VALUE | {"value": {"type": "REG_SZ", "hex": "0"}},
        SET_VALUE | {"observed": {"states": {"R": "ONLINE"}}},
        SET_VALUE | {"observed": {"output": "0"}},
        CONTROL | {"input": "Software", "input_bytes": "4100"},
        CONTROL | {"input_bytes": "410"},
        CONTROL | {"host_node": "N3"},
        SET_VALUE | {"observed": {"registry": {"N1": {"A": {"x": 1, "X": 1}}}}},
        HEADER,
    ],
)
def test_beyond_the_trace_schema(tmp_path: Path, line: dict[str, Any]) -> None:
    """What the description calls beyond the schema is refused by the reader alone."""
    assert LINE_VALIDATOR.is_valid(line)
    assert not reads(tmp_path / "a", HEADER, line)


@pytest.mark.parametrize(
    ("header", "good"),
    [
        (HEADER, True),
        (HEADER | {"title": "T", "source": "S", "incident": "RC01"}, True),
        (HEADER | {"outcome": "inferred"}, True),
        (HEADER | {"outcome": "guessed"}, False),
        (HEADER | {"registry": {"N1": {"A": {"": "x", "y": 1}}}}, True),
        (HEADER | {"containers": {"N1": {"1\\\\K": "k"}}}, True),
        (without(HEADER, "cluster"), False),
        (HEADER | {"format": "clusckpt-trace/2"}, False),
        (HEADER | {"unknown": 1}, False),
        (HEADER | {"cluster": without(CLUSTER, "nodes")}, False),
        (HEADER | {"registry": {"N1": {"A": {"y": None}}}}, False),
        (HEADER | {"registry": {"N1": {"A": None}}}, False),
        (HEADER | {"containers": {"N1": {"1\\\\K": None}}}, False),
    ],
)
def test_headers(tmp_path: Path, header: dict[str, Any], good: bool) -> None:  # noqa: FBT001
    """Schema and reader agree about headers."""
    assert LINE_VALIDATOR.is_valid(header) is good
    assert reads(tmp_path / "a", header) is good
