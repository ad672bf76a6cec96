"""Traces are read line by line, and a written trace is read back the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import dump_trace, load_trace, open_trace
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource
from clusckpt_spec.formats.events import (
    ClusterResourceControl,
    MoveClusterGroup,
    NodeCrash,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Header, Observation, Trace, TraceLine
from clusckpt_spec.formats.values import RawValue

CLUSTER = Cluster(
    "clusckpt-cluster/1",
    ("N1", "N2"),
    (Group("G", "N1"),),
    (Resource("R", "G", registry_checkpoints=(RegistryCheckpoint(r"Software\Example"),)),),
)
TRACE = Trace(
    Header(
        "clusckpt-trace/1",
        CLUSTER,
        title="Größe",
        registry={"N1": {r"Software\Example": {"": "x", "Mode": 1}}},
        containers={"N2": {r"1\\K": "k1"}},
    ),
    (
        TraceLine(2, NodeCrash("N2")),
        TraceLine(3, RegSetValueEx("N1", "Software", "Raw", RawValue("REG_BINARY", "00")), 0),
        TraceLine(
            4,
            ClusterResourceControl("R", "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS"),
            "ERROR_MORE_DATA",
        ),
        TraceLine(
            5,
            MoveClusterGroup("G", "N2"),
            observed=Observation(
                states={"R": "Failed"},
                owners={"G": "N2"},
                registry={"N2": {r"Software\Example": {"Mode": None}, "Software": None}},
                containers={"N2": {r"1\\K": None}},
                stored={"R": {r"Software\Example": None}},
                checkpoints={"R": (r"Software\Example",)},
            ),
        ),
    ),
)
TEXT = dump_trace(TRACE)
HEADER = TEXT.splitlines()[0]


def message_of(tmp_path: Path, raw: bytes) -> str:
    """Read a file that is not a trace and give the message, with the file called FILE."""
    path = tmp_path / "a"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput) as refused:
        load_trace(path)
    return str(refused.value).replace(str(path), "FILE", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_dump_and_load(tmp_path: Path, encoding: str, line_break: str) -> None:
    """Reading what was written gives the same trace, in each accepted encoding."""
    path = tmp_path / "a"
    path.write_bytes(TEXT.replace("\n", line_break).encode(encoding))

    assert load_trace(path) == TRACE


def test_last_line_without_a_break(tmp_path: Path) -> None:
    """The break after the last line may be missing."""
    path = tmp_path / "a"
    path.write_text(TEXT.removesuffix("\n"))

    assert load_trace(path) == TRACE


VALUES = (
    st.text() | st.integers(0, 2**32 - 1) | st.builds(RawValue, st.just("REG_SZ"), st.just("00"))
)
LINES = st.builds(
    lambda value, name, returned: (RegSetValueEx("N1", "Software", name, value), returned),
    VALUES,
    st.text(),
    st.none() | st.integers(-(2**31), 2**32 - 1) | st.just("ERROR_SUCCESS"),
)


@given(lines=st.lists(LINES, max_size=5), title=st.text())
def test_any_trace(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[RegSetValueEx, int]], title: str
) -> None:
    """Any values, names and statuses come back as they were written."""
    numbered = tuple(
        TraceLine(number, event, returned) for number, (event, returned) in enumerate(lines, 2)
    )
    trace = Trace(Header("clusckpt-trace/1", CLUSTER, title), numbered)
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(dump_trace(trace), encoding="utf-8", newline="")

    assert load_trace(path) == trace


def test_dump_leaves_defaults_out() -> None:
    """A written line has only the fields that say something."""
    assert TEXT.splitlines()[1:3] == [
        '{"call":"NodeCrash","node":"N2"}',
        (
            '{"call":"RegSetValueEx","node":"N1","key":"Software","name":"Raw",'
            '"value":{"type":"REG_BINARY","hex":"00"},"returned":0}'
        ),
    ]


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """A fault on a later line does not keep the lines before it from being read."""
    path = tmp_path / "a"
    path.write_text(f'{HEADER}\n{{"call": "NodeCrash", "node": "N1"}}\nbroken')
    with open_trace(path) as trace:
        first = next(trace.lines)
        with pytest.raises(UnusableInput, match=":3: got text that is not JSON"):
            next(trace.lines)

    assert trace.header.cluster == CLUSTER
    assert first == TraceLine(2, NodeCrash("N1"))


def test_endless_trace_takes_no_memory(tmp_path: Path) -> None:
    """Fifty thousand lines are read with never more than one of them in memory."""
    path = tmp_path / "a"
    path.write_text(f"{HEADER}\n" + '{"call": "NodeCrash", "node": "N1"}\n' * 50_000)
    with open_trace(path) as trace:
        last = max(line.number for line in trace.lines)

    assert last == 50_001


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "FILE: got an empty file; "),
        (b"\n", "FILE:1: got a blank line; "),
        (TEXT.encode() + b"\n", "FILE:6: got a blank line; "),
        (b"MZ\x90\x00\x03", "FILE:1: got bytes that are not text in the encoding of the file; "),
        (b"\x7fELF\x00", "FILE:1: got a NUL character "),
        (HEADER[:-1].encode(), "FILE:1: got text that ends inside a JSON value "),
        (TEXT[:-3].encode(), "FILE:5: got text that ends inside a JSON value "),
        (b"[" * 100, "FILE:1: got lists and objects nested deeper than 32 levels; "),
        (
            f"{HEADER}\n".encode() + b'{"call":' * 100_000,
            "FILE:2: got lists and objects nested deeper than 32 levels; ",
        ),
        (f"{HEADER}\n".encode() + b"x" * 10_000_000, "FILE:2: got text that is not JSON "),
        (f"{HEADER}\n".encode() + b"x" * 17_000_000, "FILE:2: got a line of more than 16777216 "),
        (
            f'{HEADER}\n{{"call": "NodeCrash", "call": "NodeJoin", "node": "N1"}}'.encode(),
            'FILE:2: got the key "call" a second time in one object; ',
        ),
        (TEXT.replace("Größe", "x").encode("utf-16-le"), "FILE:1: got a NUL character "),
        (TEXT.encode("cp1252"), "FILE:1: got bytes that are not text in the encoding of the file"),
        (b"nodes: [N1]", "FILE:1: got text that is not JSON "),
        (b"[1]", "FILE:1: got a list of 1; allowed: one JSON object on each line; "),
    ],
)
def test_malformed(tmp_path: Path, raw: bytes, message: str) -> None:
    """Files that are no trace are refused with the line and what stood there."""
    assert message_of(tmp_path, raw).startswith(message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"format": "clusckpt-trace/2"},
            (
                'the format "clusckpt-trace/2" at format; allowed: "clusckpt-trace/1"; '
                "next: check that this is the file you meant to read, and its version"
            ),
        ),
        (
            {"nodes": []},
            (
                'the unknown field "nodes" at nodes; allowed: the fields "format", "cluster", '
                '"title", "source", "incident", "outcome", "registry", "containers", '
                '"missing", "skew"; '
                "next: remove the field; see clusckpt_spec/schemas/README.md for the format"
            ),
        ),
        (
            {"registry": {"N3": {}}},
            (
                'the unknown node "N3" at registry.N3; allowed: a node of the cluster: "N1", "N2"; '
                "next: correct the name, or add the node to the cluster"
            ),
        ),
        (
            {"cluster": json.loads(HEADER)["cluster"] | {"groups": [{"name": "H"}]}},
            (
                'the unknown group "G" at cluster.resources[0].group; '
                'allowed: a group of the cluster: "H"; '
                "next: correct the name, or add the group to the cluster"
            ),
        ),
        (
            {"cluster": json.loads(HEADER)["cluster"] | {"nodes": ["N1", "N1"]}},
            (
                'the node "N1" a second time (first as "N1") at cluster.nodes[1]; '
                "allowed: each node once; case does not tell names apart (CKPT-NAMES-CASELESS); "
                "next: remove or rename one of the two"
            ),
        ),
    ],
)
def test_bad_header(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    """One change to a good header gives the complete message."""
    header = json.dumps(json.loads(HEADER) | changes)

    assert message_of(tmp_path, header.encode()) == f"FILE:1: got {message}"
