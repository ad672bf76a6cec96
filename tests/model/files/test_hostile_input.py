"""Whatever the bytes, every reader gives its product or says that the input is unusable."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusckpt.files.checkpoint_table import load_checkpoint_table
from clusckpt.files.cluster_file import load_cluster
from clusckpt.files.errors import UnusableInput
from clusckpt.files.recognise import recognise
from clusckpt.files.trace_file import load_trace

PUBLISHED = (Path(__file__).parents[2] / "data" / "powershell-outputs.txt").read_bytes()
CLUSTER = {
    "format": "clusckpt-cluster/1",
    "nodes": ["N1", "N2"],
    "groups": [{"name": "G", "owner": "N1"}],
    "resources": [
        {
            "name": "R",
            "group": "G",
            "possible_owners": ["N1"],
            "registry_checkpoints": [{"key": "Software\\Example", "view": "32"}],
            "crypto_checkpoints": ["1\\\\MyKey"],
        }
    ],
}
LINES = [
    {"format": "clusckpt-trace/1", "cluster": CLUSTER, "registry": {"N1": {"Software": {"a": 1}}}},
    {"call": "RegSetValueEx", "node": "N1", "key": "A", "name": "", "value": "x", "returned": 0},
    {"call": "OnlineClusterResource", "resource": "R", "observed": {"states": {"R": "Online"}}},
]
YAML = rb"""format: clusckpt-cluster/1
nodes: [N1, 'N2']
groups:
  - name: G
resources:
  - {name: "R", group: G, registry_checkpoints: [{key: Software\Example}]}
"""
GOOD = {
    "cluster in JSON": json.dumps(CLUSTER, indent=1).encode(),
    "cluster in YAML": YAML,
    "trace": "\n".join(json.dumps(line) for line in LINES).encode(),
    "checkpoint table": PUBLISHED,
}
READERS: list[Callable[[Path], object]] = [
    load_cluster,
    load_trace,
    load_checkpoint_table,
    recognise,
]
PIECES = st.binary(max_size=4) | st.sampled_from(
    [
        b"{",
        b"[",
        b'"',
        b"\\",
        b"\n",
        b": ",
        b"- ",
        b"&a ",
        b"*a",
        b"!!x ",
        b"null",
        b"\\ud800",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"1e999",
        b"NaN",
        b"----  ----\n",
        b"...",
        b"[" * 40,
    ]
)


@st.composite
def spoilt_files(draw: st.DrawFn) -> bytes:
    """Draw a good file with a few pieces replaced, doubled or put in."""
    raw = draw(st.sampled_from(list(GOOD.values())))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 20)))
        piece = draw(PIECES | st.just(raw[start:end] * 2))
        raw = raw[:start] + piece + raw[end:]
    return raw


def survives(reader: Callable[[Path], object], path: Path) -> bool:
    """Whether a reader ends with its product or with a message on one line."""
    try:
        reader(path)
    except UnusableInput as error:
        return str(error).isprintable()
    return True


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that every example writes anew."""
    return tmp_path_factory.mktemp("hostile") / "input"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(raw=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(raw=b"\xff\xfe\x00\xd8")
@example(raw=b'{"a": "\\ud800"}')
@example(raw=b"%")
@example(raw=b"\x85")
@settings(max_examples=150)
def test_any_bytes(path: Path, reader: Callable[[Path], object], raw: bytes) -> None:
    """Random bytes and random text never raise anything else."""
    path.write_bytes(raw)

    assert survives(reader, path)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(raw=spoilt_files())
@settings(max_examples=400)
def test_spoilt_files(path: Path, reader: Callable[[Path], object], raw: bytes) -> None:
    """Good files with some bytes spoilt never raise anything else."""
    path.write_bytes(raw)

    assert survives(reader, path)


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("cluster in JSON", load_cluster),
        ("cluster in YAML", load_cluster),
        ("trace", load_trace),
        ("checkpoint table", load_checkpoint_table),
    ],
)
def test_good_files(path: Path, name: str, reader: Callable[[Path], object]) -> None:
    """The files that the test above spoils are good before."""
    path.write_bytes(GOOD[name])

    assert reader(path)
    assert recognise(path) in name.replace(" ", "-")
