"""What a trace names is in its cluster, and what it writes is well written."""

import pytest

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.trace_checks import event_faults, header_faults
from clusckpt_spec.formats.cluster import Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CaptureCheckpoint,
    ClusterResourceControl,
    CreateClusterResource,
    CryptGenKey,
    CryptSetProvParam,
    DropStoredCopies,
    FailbackClusterGroup,
    FailoverClusterGroup,
    LoseStoredCopy,
    MoveClusterGroup,
    NodeCrash,
    OnlineClusterResource,
    RecreateCheckpoints,
    RegCloseKey,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegOpenKeyEx,
    RegSetKeySecurity,
    RegSetValueEx,
    RestoreCheckpoint,
)
from clusckpt_spec.formats.trace import Header
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
        RegOpenKeyEx("n1", "Software"),
        RegCloseKey("N1", "Software"),
        RegSetKeySecurity("N1", "Software", writable=False),
        CryptSetProvParam("N1", r"1\\K", writable=False),
        CreateClusterResource("New", "g"),
        LoseStoredCopy("r", "anything"),
        RecreateCheckpoints("R"),
        CaptureCheckpoint("R", "anything"),
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
        (RegOpenKeyEx("N3", "A"), "node", 'the unknown node "N3"'),
        (RegOpenKeyEx("N1", "\\A"), "key", r'the key "\A" with a leading backslash'),
        (RegCloseKey("N1", ""), "key", "an empty key"),
        (
            RegSetKeySecurity("N1", "A\\", writable=True),
            "key",
            'the key "A\\" with an empty component',
        ),
        (CryptSetProvParam("N1", "K", writable=True), "container", 'the key container "K"'),
        (CreateClusterResource("New", "H"), "group", 'the unknown group "H"'),
        (CreateClusterResource("", "G"), "resource", 'the resource name ""'),
        (LoseStoredCopy("Q", "A"), "resource", 'the unknown resource "Q"'),
        (RecreateCheckpoints("Q"), "resource", 'the unknown resource "Q"'),
        (CaptureCheckpoint("Q", "A"), "resource", 'the unknown resource "Q"'),
        (DropStoredCopies("Q"), "resource", 'the unknown resource "Q"'),
        (FailbackClusterGroup("H"), "group", 'the unknown group "H"'),
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
