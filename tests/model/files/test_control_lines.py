"""A control code in a trace: what its fields may be, and the message when they are not."""

import json

import pytest

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_lines import parse_line
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import ClusterResourceControl

NAMES = ClusterNames.of(
    Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),))
)
LINE = {"call": "ClusterResourceControl", "resource": "R", "code": 16777385}


def parsed(**fields: object) -> object:
    """The event of a line with these fields."""
    return parse_line(json.dumps(LINE | fields), "a.jsonl", 2, NAMES).event


def test_every_field_is_read() -> None:
    """A line can say everything about a call."""
    fields = {
        "input_bytes": "4100",
        "output_size": 30,
        "output_null": False,
        "host_node": "n2",
        "access": "Read",
        "caller": "32",
        "server": "read-only",
    }

    assert parsed(**fields) == ClusterResourceControl("R", LINE["code"], **fields)  # type: ignore[arg-type]


DIGITS = "two hexadecimal digits for each byte"
COMPLETE = "complete or remove the odd digit"
NUMBER = "a whole number from 0 to 4294967295 or null"
CORRECT = "correct the value; see clusckpt_spec/schemas/README.md for the format"


@pytest.mark.parametrize(
    ("fields", "came", "allowed", "advice"),
    [
        ({"output_size": -1}, "-1 at output_size", NUMBER, CORRECT),
        (
            {"input_bytes": "4g"},
            '"4g" at input_bytes',
            "text that matches ^[0-9A-Fa-f]*$ or null",
            CORRECT,
        ),
        ({"input_bytes": "410"}, 'the bytes "410" at input_bytes', DIGITS, COMPLETE),
        (
            {"input": "A", "input_bytes": "4100"},
            'the input of a control code in both "input" and "input_bytes" at input_bytes',
            "one of the two: the string, or the bytes of the buffer",
            "remove one of the two fields",
        ),
        (
            {"host_node": "N3"},
            'the unknown node "N3" at host_node',
            'a node of the cluster: "N1", "N2"',
            "correct the name, or add the node to the cluster",
        ),
        ({"access": "Write"}, '"Write" at access', '"All", "Read"', CORRECT),
        ({"observed": {"bytes_returned": -2}}, "-2 at observed.bytes_returned", NUMBER, CORRECT),
        ({"observed": {"output": "0"}}, 'the bytes "0" at observed.output', DIGITS, COMPLETE),
    ],
)
def test_bad_fields(fields: dict[str, object], came: str, allowed: str, advice: str) -> None:
    """A field that cannot be is refused with what came, what is allowed and what to do."""
    with pytest.raises(UnusableInput) as raised:
        parsed(**fields)

    assert str(raised.value) == f"a.jsonl:2: got {came}; allowed: {allowed}; next: {advice}"
