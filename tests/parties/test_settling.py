"""What a call sets going comes to its end; what waits for a timer or for nobody waits."""

from clusckpt.parties.canonical import canonical_text
from clusckpt.parties.model import ModelParty
from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    CaptureDelayPasses,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.readings import WINDOWS_OBSERVED

KEY = "Software\\Acme"
START = ResetParams(
    Cluster(
        CLUSTER_FORMAT,
        ("N1", "N2"),
        (Group("G", "N1", ("N1",)),),
        (
            Resource("R", "G", registry_checkpoints=(RegistryCheckpoint(KEY),)),
            Resource("S", "G", dependencies=("R",)),
        ),
    ),
    registry={"N1": {KEY: {"Mode": 1}}},
)


def started() -> ModelParty:
    """A model whose resources are online on N1."""
    party = ModelParty(WINDOWS_OBSERVED)
    party.reset(START)
    party.call(OnlineClusterResource("S"))
    return party


def states(party: ModelParty) -> dict[str, str]:
    """The states of the resources, and who owns the group."""
    seen = party.observe(ObserveParams(states=("R", "S"), owners=("G",)))
    return seen.states | seen.owners


def stored(party: ModelParty) -> object:
    """The value in the stored copy."""
    seen = party.observe(ObserveParams(stored={"R": {KEY: {KEY: ("Mode",)}}}))
    tree = seen.stored["R"][KEY]
    return None if tree is None else (tree[KEY] or {})["Mode"]


def test_a_failover_and_a_failback_come_to_their_end() -> None:
    """After a crash all is online on the other node, and back when the first one joins."""
    party = started()
    party.call(NodeCrash("N1"))
    after_crash = states(party)
    party.call(NodeJoin("N1"))

    assert after_crash == {"R": "Online", "S": "Online", "G": "N2"}
    assert states(party) == {"R": "Online", "S": "Online", "G": "N1"}


def test_what_is_taken_offline_stays_offline() -> None:
    """The service does not bring back what somebody has just taken offline."""
    party = started()
    party.call(OfflineClusterResource("R"))

    assert states(party) == {"R": "Offline", "S": "Offline", "G": "N1"}


def test_a_capture_by_a_timer_waits() -> None:
    """A change is in the stored copy when the delay has passed, and not before."""
    party = started()
    party.call(RegSetValueEx("N1", KEY, "Mode", 2))
    before = stored(party)
    party.call(CaptureDelayPasses())

    assert (before, stored(party)) == (1, 2)


def test_the_order_of_a_set_makes_no_difference() -> None:
    """Sets and maps that are equal have one text, in whatever order they were made."""
    names = [f"name {number}" for number in range(50)]
    shuffled = names[::-1]

    assert canonical_text(frozenset(names)) == canonical_text(frozenset(shuffled))
    assert canonical_text(dict.fromkeys(names)) == canonical_text(dict.fromkeys(shuffled))
    assert canonical_text(tuple(names)) != canonical_text(tuple(shuffled))
