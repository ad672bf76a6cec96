"""Controls for what is late, fails, is missing or waits: a step that each property must accuse."""

from dataclasses import replace

from clusckpt.names import fold
from clusckpt.properties import (
    capture,
    deletion,
    dependent,
    failures,
    other_nodes,
    quorum,
    restore,
    saving,
)
from clusckpt.rules import MS_CMRP_RULES, WINDOWS_OBSERVED_RULES, LogEntry, rulebook
from clusckpt.start import registry_checkpoint
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import RegistryCheckpoint
from clusckpt_spec.formats.events import (
    CaptureDelayPasses,
    CreateClusterResource,
    CryptGenKey,
    CryptSetProvParam,
    DeleteClusterResource,
    FailClusterResource,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RecreateCheckpoints,
    RegCreateKeyEx,
    RegOpenKeyEx,
    RegSetValueEx,
)
from clusckpt_spec.readings import LIVE_PAIR
from clusckpt_spec.register.ids import RuleID
from tests.model.properties.scenes import (
    CONTAINER,
    ELSEWHERE,
    KEY,
    MORE,
    ONLINE,
    ROOT_ONLINE,
    WITH_CONTAINER,
    WITH_ROOT,
    Control,
    Doctor,
    answer,
    both,
    code,
    container_on,
    copy_of,
    on_resource,
    tree,
    tree_on,
)

OBSERVED = WINDOWS_OBSERVED_RULES
OPENED = RegOpenKeyEx("N1", KEY)
LOCKED = CryptSetProvParam("N1", CONTAINER, writable=False)
FULL, LOST = QuorumChange("full"), QuorumChange("lost")
DELETED = DeleteClusterResource("A")
CREATED = CreateClusterResource("A", "GA")
RECREATED = RecreateCheckpoints("A")
CHECKPOINT = registry_checkpoint(RegistryCheckpoint(KEY))
REPLICATED = (
    MoveClusterGroup("GB", "N2"),
    RegCreateKeyEx("N2", KEY),
    code("ADD_REGISTRY_CHECKPOINT", resource="B"),
    OnlineClusterResource("B"),
    *ROOT_ONLINE,
)
"""A and B are online on different nodes, and have the same root."""

NEEDS_C = on_resource("A", dependencies=frozenset({fold("C")}))


def unlogged(outcome: Outcome) -> Outcome:
    """Leave nothing in the event log."""
    return replace(outcome, logged=frozenset())


def logged(number: int, given: str) -> Doctor:
    """Leave an event about a checkpoint of A in the event log."""
    entry = LogEntry(number, fold("A"), given)
    return lambda outcome: replace(outcome, logged=outcome.logged | {entry})


def all_up(outcome: Outcome) -> Outcome:
    """Leave every node in the cluster."""
    state = outcome.state
    for name, node in state.nodes.items():
        state = state.with_node(name, replace(node, up=True))
    return replace(outcome, state=state)


def listed_again(outcome: Outcome) -> Outcome:
    """Leave A with a checkpoint whose copy is on the quorum."""
    found = outcome.state.resources[fold("A")].checkpoints.insert(CHECKPOINT.name, CHECKPOINT)
    return both(on_resource("A", checkpoints=found), copy_of(tree(1)))(outcome)


HARDSHIP_CONTROLS = (
    Control(
        "a capture does not come in time",
        capture.capture_comes_in_time,
        RuleID.CAPTURE_ONLINE,
        (*ROOT_ONLINE, MORE),
        CaptureDelayPasses(),
        copy_of(tree(1)),
        rules=OBSERVED,
    ),
    Control(
        "a capture that another's replication follows takes what was nowhere",
        capture.capture_comes_in_time,
        RuleID.CAPTURE_ONLINE,
        (*REPLICATED, RegSetValueEx("N2", KEY, "v", 5), MORE),
        CaptureDelayPasses(),
        copy_of(tree(7), "B"),
        rules=rulebook(LIVE_PAIR),
    ),
    Control(
        "a full quorum takes a copy",
        capture.nothing_is_stored_without_room,
        RuleID.CAPTURE_ONLINE,
        (*ROOT_ONLINE, FULL),
        MORE,
        copy_of(tree(2)),
    ),
    Control(
        "a failure saves",
        saving.only_an_orderly_offline_saves,
        RuleID.KB_SAVE_AT_OFFLINE,
        (*ROOT_ONLINE, MORE),
        FailClusterResource("A"),
        copy_of(tree(2)),
        rules=OBSERVED,
    ),
    Control(
        "a new resource has a checkpoint",
        deletion.new_resource_has_nothing,
        RuleID.DELETED_WITH_RESOURCE,
        (*WITH_ROOT, DELETED),
        CREATED,
        listed_again,
    ),
    Control(
        "a resource is created twice",
        deletion.new_resource_has_nothing,
        RuleID.DELETED_WITH_RESOURCE,
        (),
        CREATED,
        answer(Status.ERROR_SUCCESS),
        Status.UNSPECIFIED_FAILURE,
    ),
    Control(
        "a resource is online before what it needs",
        dependent.online_after_dependencies,
        RuleID.ONLINE_STATES,
        (),
        ONLINE,
        NEEDS_C,
    ),
    Control(
        "a resource is offline before what needs it",
        dependent.offline_after_dependents,
        RuleID.OFFLINE_STATES,
        (OnlineClusterResource("C"), ONLINE),
        OfflineClusterResource("C"),
        NEEDS_C,
    ),
    Control(
        "a failed restore is not told",
        failures.failed_restore_is_told,
        RuleID.RESTORE_BEFORE_ONLINE,
        (*WITH_ROOT, OPENED),
        ONLINE,
        unlogged,
        rules=OBSERVED,
    ),
    Control(
        "a restore fails for no reason",
        failures.failure_has_a_cause,
        RuleID.RESTORE_BEFORE_ONLINE,
        WITH_ROOT,
        ONLINE,
        logged(1024, KEY),
        rules=OBSERVED,
    ),
    Control(
        "a failed restore changes the tree",
        failures.failed_restore_changes_nothing,
        RuleID.TREE_REPLACED,
        (*WITH_ROOT, MORE, OPENED),
        ONLINE,
        tree_on("N1", 1),
        rules=OBSERVED,
    ),
    Control(
        "a failed restore changes the container",
        failures.failed_restore_changes_nothing,
        RuleID.CRYPTO_CONTAINERS,
        (*WITH_CONTAINER, CryptGenKey("N1", CONTAINER, "other"), LOCKED),
        ONLINE,
        container_on("N1", "first"),
        rules=OBSERVED,
    ),
    Control(
        "what is captured does not reach the peer",
        other_nodes.captured_trees_reach_other_nodes,
        RuleID.RESTORE_BEFORE_ONLINE,
        (*ROOT_ONLINE, MORE),
        CaptureDelayPasses(),
        tree_on("N2", 1),
        rules=rulebook(LIVE_PAIR),
    ),
    Control(
        "nodes take part without a quorum",
        quorum.lost_quorum_stops_everything,
        RuleID.FAILOVER,
        ROOT_ONLINE,
        LOST,
        all_up,
    ),
    Control(
        "the loss of the quorum changes a tree",
        quorum.lost_quorum_stops_everything,
        RuleID.FAILOVER,
        ROOT_ONLINE,
        LOST,
        tree_on("N1", 3),
    ),
    Control(
        "copies are made anew from another node",
        quorum.recreated_from_the_owner,
        RuleID.KB_CAPTURE_AT_ADD,
        (*WITH_ROOT, ELSEWHERE, MORE),
        RECREATED,
        copy_of(tree(1)),
    ),
    Control(
        "copies are made anew on a full quorum",
        quorum.recreated_from_the_owner,
        RuleID.KB_CAPTURE_AT_ADD,
        (*WITH_ROOT, FULL),
        RECREATED,
        answer(Status.ERROR_SUCCESS),
        Status.UNSPECIFIED_FAILURE,
    ),
    Control(
        "a resource is online without its copy",
        restore.online_with_every_copy,
        RuleID.RESTORE_BEFORE_ONLINE,
        WITH_ROOT,
        ONLINE,
        copy_of(None),
        rules=MS_CMRP_RULES,
    ),
)
"""Controls for late captures, failed restores, dependencies and the quorum."""
