"""What an observation names is in the cluster, and its states are those of the API."""

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.observation_checks import observation_faults
from clusckpt.files.sources import Fault
from clusckpt_spec.formats.cluster import Cluster, Group, Resource
from clusckpt_spec.formats.trace import LoggedEvent, Observation

CLUSTER = Cluster("clusckpt-cluster/1", ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),))
NAMES = ClusterNames.of(CLUSTER)


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
        groups={"g": "PartialOnline"},
        logged=(LoggedEvent(1024, "r", "anything"), LoggedEvent(0)),
        backup_files={r"\\share\backup": ("quolog.log", "1.CPT")},
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
        groups={"H": "Online", "G": "online"},
        logged=(LoggedEvent(1024, "Q"), LoggedEvent(-1)),
        backup_files={"P": ("a", "A"), "p": ("",)},
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
        ("groups", "H"): 'the unknown group "H"',
        ("groups", "G"): 'the state "online"',
        ("logged", 0, "resource"): 'the unknown resource "Q"',
        ("logged", 1, "id"): "the event -1",
        ("backup_files", "p"): 'the backup "p" a second time (first as "P")',
        ("backup_files", "P", 1): 'the file "A" a second time (first as "a")',
        ("backup_files", "p", 0): 'the file name ""',
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


def test_state_of_a_group() -> None:
    """A state of a group is spelled as the labels of the API states are."""
    ((_, fault),) = observation_faults(Observation(groups={"G": "Partial Online"}), NAMES)

    assert fault == Fault(
        'the state "Partial Online"',
        '"Unknown", "Online", "Offline", "Failed", "PartialOnline", "Pending"',
        'write "PartialOnline" if you meant that',
    )
