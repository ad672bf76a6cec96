"""One line of a trace becomes an event with what it returned and what was observed."""

import json

import pytest

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_lines import CALLS, parse_line, status_number
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    CreateClusterResource,
    NodeCrash,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Observation, TraceLine
from clusckpt_spec.formats.values import RawValue

NAMES = ClusterNames.of(
    Cluster("clusckpt-cluster/1", ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),))
)
SEE = "see clusckpt_spec/schemas/README.md for the format"
ALL_CALLS = (
    "one of RegCreateKeyEx, RegSetValueEx, RegDeleteValue, RegDeleteTree, CryptGenKey, "
    "RegOpenKeyEx, RegCloseKey, RegSetKeySecurity, CryptSetProvParam, ClusterResourceControl, "
    "CreateClusterResource, OnlineClusterResource, OfflineClusterResource, FailClusterResource, "
    "DeleteClusterResource, MoveClusterGroup, BackupClusterDatabase, RestoreClusterDatabase, "
    "NodeCrash, NodeJoin, QuorumChange, LoseStoredCopy, RecreateCheckpoints, CaptureDelayPasses, "
    "FailoverClusterGroup, FailbackClusterGroup, BringOnline, RestoreCheckpoint, DllOnline, "
    "DllOffline, DllTerminate, CaptureCheckpoint, DropStoredCopies"
)


def message_of(text: str) -> str:
    """Read a line that is not allowed, the fifth of its file, and give the message."""
    with pytest.raises(UnusableInput) as refused:
        parse_line(text, "a.jsonl", 5, NAMES)
    return str(refused.value)


def crash(**fields: object) -> str:
    """Write a line with an event and further fields."""
    return json.dumps({"call": "NodeCrash", "node": "N1"} | fields)


def test_event_alone() -> None:
    """A line may say no more than what happened."""
    assert parse_line(crash(), "a.jsonl", 5, NAMES) == TraceLine(5, NodeCrash("N1"))


def test_event_with_everything() -> None:
    """The fields of the event, the status and the observation are kept apart."""
    line = json.dumps(
        {
            "call": "RegSetValueEx",
            "node": "N1",
            "key": "Software",
            "name": "Seal",
            "value": {"type": "REG_BINARY", "hex": "00"},
            "returned": "ERROR_SUCCESS",
            "observed": {"states": {"R": "Online"}},
        }
    )

    assert parse_line(line, "a.jsonl", 5, NAMES) == TraceLine(
        5,
        RegSetValueEx("N1", "Software", "Seal", RawValue("REG_BINARY", "00")),
        "ERROR_SUCCESS",
        Observation(states={"R": "Online"}),
    )


def test_null_says_nothing() -> None:
    """A null status or observation is the same as none."""
    assert parse_line(crash(returned=None, observed=None), "a.jsonl", 5, NAMES) == TraceLine(
        5, NodeCrash("N1")
    )


@pytest.mark.parametrize("returned", [0, 183, -1, 2**32 - 1, -(2**31), "NTE_BAD_KEY"])
def test_returned(returned: int | str) -> None:
    """A status is kept as it was written: a number of 32 bits or a known name."""
    assert parse_line(crash(returned=returned), "a.jsonl", 5, NAMES).returned == returned


@pytest.mark.parametrize("returned", [2**32, -(2**31) - 1, True, 1.0, [], "ERROR_UNKNOWN", ""])
def test_no_status(returned: object) -> None:
    """Anything else is no status, and the message lists the names."""
    message = message_of(crash(returned=returned))

    assert message.startswith("a.jsonl:5: got ")
    assert (
        "at returned; allowed: a status of 32 bits as a number, or one of "
        + ", ".join(Status.__members__)
        + "; next: write"
    ) in message


def test_misspelt_status() -> None:
    """A status that is nearly right is recognised."""
    message = message_of(crash(returned="ERROR_ALREADY_EXIST"))

    assert message.endswith('; next: write "ERROR_ALREADY_EXISTS" if you meant that')


def test_status_number() -> None:
    """Names and numbers of the same status are one number."""
    assert status_number("NTE_BAD_KEYSET") == 0x80090016
    assert status_number(-1) == status_number("UNSPECIFIED_FAILURE") == -1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            (
                "a blank line; allowed: one JSON object on each line; "
                "the last line may end with a line break; next: remove the line"
            ),
        ),
        (
            "[]",
            f"a list of 0; allowed: one JSON object on each line; next: {SEE}",
        ),
        (
            "{}",
            f'an object without the field "call"; allowed: {ALL_CALLS}; next: {SEE}',
        ),
        (
            '{"call": "OnlineClusterResourse", "resource": "R"}',
            (
                'the unknown call "OnlineClusterResourse" at call; '
                f'allowed: {ALL_CALLS}; next: write "OnlineClusterResource" if you meant that'
            ),
        ),
        (
            '{"call": ["NodeCrash"]}',
            f"the unknown call a list of 1 at call; allowed: {ALL_CALLS}; next: {SEE}",
        ),
        (
            '{"call": "NodeCrash"}',
            (
                'an object without the field "node"; '
                f'allowed: an object with the fields "call", "node"; next: add the field; {SEE}'
            ),
        ),
        (
            crash(group="G"),
            (
                'the unknown field "group" at group; allowed: the fields "call", "node"; '
                f"next: remove the field; {SEE}"
            ),
        ),
        (
            crash(node=1),
            (
                "1 at node; allowed: text; next: write text in double quotes, "
                "also where it looks like a number or like yes or no"
            ),
        ),
        (
            crash(node="N3"),
            (
                'the unknown node "N3" at node; allowed: a node of the cluster: "N1", "N2"; '
                "next: correct the name, or add the node to the cluster"
            ),
        ),
        (
            crash(observed={"states": {"R": "online"}}),
            (
                'the state "online" at observed.states.R; allowed: "Initializing", "Online", '
                '"Offline", "Failed", "Pending", "OnlinePending", "OfflinePending"; '
                'next: write "Online" if you meant that'
            ),
        ),
        (
            crash(observed={"registry": {"N1": {"Software": {"a": 1, "b": []}}}}),
            (
                "a list of 0 at observed.registry.N1.Software.b; "
                "allowed: text or a whole number from 0 to 4294967295 or "
                'an object with the fields "type", "hex" or null; '
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            crash(observed=[]),
            f"a list of 0 at observed; allowed: an object; next: correct the value; {SEE}",
        ),
    ],
)
def test_bad_line(text: str, message: str) -> None:
    """Every message says file, line, what came, what is allowed and what to do next."""
    assert message_of(text) == f"a.jsonl:5: got {message}"


def test_what_a_line_creates_can_be_named() -> None:
    """A resource that an event creates is known on its line and on those after it, in any case."""
    names = ClusterNames.of(
        Cluster("clusckpt-cluster/1", ("N1",), (Group("G", "N1"),), (Resource("R", "G"),))
    )
    create = {"call": "CreateClusterResource", "resource": "New", "group": "G"}
    online = json.dumps({"call": "OnlineClusterResource", "resource": "NEW"})
    with pytest.raises(UnusableInput, match="the unknown resource"):
        parse_line(online, "a.jsonl", 2, names)
    observed = json.dumps(create | {"observed": {"states": {"New": "Offline"}}})

    assert parse_line(observed, "a.jsonl", 3, names).event == CreateClusterResource("New", "G")
    assert parse_line(online, "a.jsonl", 4, names).event == OnlineClusterResource("NEW")


def test_every_call_is_known() -> None:
    """A trace can name each event, and nothing else."""
    assert ", ".join(CALLS) == ALL_CALLS.removeprefix("one of ")
