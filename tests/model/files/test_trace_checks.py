"""What a trace names is in its cluster, and what it writes is well written."""

import pytest

from clusckpt.files.sources import Fault
from clusckpt.files.trace_checks import (
    ClusterNames,
    event_faults,
    header_faults,
    observation_faults,
)
from clusckpt_spec.formats.cluster import Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    ClusterResourceControl,
    CryptGenKey,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegSetValueEx,
    RestoreCheckpoint,
)
from clusckpt_spec.formats.trace import Header, Observation
from clusckpt_spec.formats.values import RawValue

CLUSTER = Cluster("clusckpt-cluster/1", ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),))
NAMES = ClusterNames.of(CLUSTER)


@pytest.mark.parametrize(
    "event",
    [
        OnlineClusterResource("r"),
        MoveClusterGroup("g"),
        MoveClusterGroup("G", "n2"),
        BackupClusterDatabase(r"\\share\backup"),
        ClusterResourceControl("R", 20971682, r"\Software\Wrong\On\Purpose"),
        ClusterResourceControl("R", 1, input_bytes="4100", host_node="n2", output_size=0),
        RestoreCheckpoint("R", "anything"),
        RegSetValueEx("N1", "Software", "n1", RawValue("REG_NONE", "")),
        CryptGenKey("N1", r"1\\K", "k1"),
    ],
)
def test_good_events(event: AnyEvent) -> None:
    """Known names in any spelling are accepted, and arguments of calls are not judged."""
    assert list(event_faults(event, NAMES)) == []


@pytest.mark.parametrize(
    ("event", "field", "came"),
    [
        (OnlineClusterResource("Q"), "resource", 'the unknown resource "Q"'),
        (MoveClusterGroup("H"), "group", 'the unknown group "H"'),
        (MoveClusterGroup("G", "N3"), "node", 'the unknown node "N3"'),
        (FailoverClusterGroup("G", ""), "node", 'the unknown node ""'),
        (NodeCrash("N3"), "node", 'the unknown node "N3"'),
        (RegCreateKeyEx("N1", "\\A"), "key", r'the key "\A" with a leading backslash'),
        (RegSetValueEx("N1", "", "v", 1), "key", "an empty key"),
        (RegDeleteValue("N1", "A\\", "v"), "key", 'the key "A\\" with an empty component'),
        (RegDeleteTree("N1", r"HKLM\A"), "key", r'the key "HKLM\A" that names the hive'),
        (RegSetValueEx("N1", "A", "v", RawValue("REG_SZ", "0")), "value", 'the bytes "0"'),
        (CryptGenKey("N1", "K", "k1"), "container", 'the key container "K"'),
        (
            ClusterResourceControl("R", 1, host_node="N3"),
            "host_node",
            'the unknown node "N3"',
        ),
        (ClusterResourceControl("R", 1, input_bytes="410"), "input_bytes", 'the bytes "410"'),
        (
            ClusterResourceControl("R", 1, "A", input_bytes="4100"),
            "input_bytes",
            'the input of a control code in both "input" and "input_bytes"',
        ),
    ],
)
def test_bad_events(event: AnyEvent, field: str, came: str) -> None:
    """The field with the unknown name or the badly written key is reported."""
    assert [(place, fault.came) for place, fault in event_faults(event, NAMES)] == [
        ((field,), came)
    ]


def test_good_header() -> None:
    """A header with contents for known nodes is accepted."""
    header = Header(
        "clusckpt-trace/1",
        CLUSTER,
        registry={"n1": {"Software": {"a": 1}}},
        containers={"N2": {r"1\\K": "k1"}},
    )

    assert list(header_faults(header)) == []


def test_bad_header() -> None:
    """Faults of the cluster, of the nodes, of keys and of containers are found."""
    cluster = Cluster("clusckpt-cluster/1", ("N1",), (), (Resource("R", "X"),))
    header = Header(
        "clusckpt-trace/1",
        cluster,
        registry={"N1": {"": {}}, "n1": {}, "N3": {}},
        containers={"N4": {"K": "k1"}},
    )
    found = {location: fault.came for location, fault in header_faults(header)}

    assert found == {
        ("cluster", "resources", 0, "group"): 'the unknown group "X"',
        ("registry", "N3"): 'the unknown node "N3"',
        ("registry", "n1"): 'the node "n1" a second time (first as "N1")',
        ("registry", "N1", ""): "an empty key",
        ("containers", "N4"): 'the unknown node "N4"',
        ("containers", "N4", "K"): 'the key container "K"',
    }


def test_good_observation() -> None:
    """Everything that can be observed of known names is accepted."""
    observation = Observation(
        states={"r": "OnlinePending"},
        owners={"g": "n2"},
        registry={"N2": {"Software": None}},
        containers={"N1": {r"1\\K": None}},
        stored={"R": {"Software": None}},
        checkpoints={"R": ("whatever was returned",)},
        output="00fF",
        bytes_returned=2,
    )

    assert list(observation_faults(observation, NAMES)) == []


def test_bad_observation() -> None:
    """Unknown names are found in every field of an observation."""
    observation = Observation(
        states={"Q": "Online", "R": "ONLINE"},
        owners={"H": "N1", "G": "N3"},
        registry={"N4": {"": None}},
        containers={"N5": {"K": None}},
        stored={"S": {r"A\\B": None}},
        checkpoints={"T": ()},
        output="0",
    )
    found = {location: fault.came for location, fault in observation_faults(observation, NAMES)}

    assert found == {
        ("states", "Q"): 'the unknown resource "Q"',
        ("states", "R"): 'the state "ONLINE"',
        ("owners", "H"): 'the unknown group "H"',
        ("owners", "G"): 'the unknown node "N3"',
        ("registry", "N4"): 'the unknown node "N4"',
        ("registry", "N4", ""): "an empty key",
        ("containers", "N5"): 'the unknown node "N5"',
        ("containers", "N5", "K"): 'the key container "K"',
        ("stored", "S"): 'the unknown resource "S"',
        ("stored", "S", r"A\\B"): r'the key "A\\B" with an empty component',
        ("checkpoints", "T"): 'the unknown resource "T"',
        ("output",): 'the bytes "0"',
    }


def test_state() -> None:
    """A state is spelled as the labels of the API states are."""
    ((_, fault),) = observation_faults(Observation(states={"R": "Pendin"}), NAMES)

    assert fault == Fault(
        'the state "Pendin"',
        '"Initializing", "Online", "Offline", "Failed", "Pending", "OnlinePending", '
        '"OfflinePending"',
        'write "Pending" if you meant that',
    )
