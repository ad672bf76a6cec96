"""Controls for states, groups, deletion and the database: a step that each must accuse."""

from dataclasses import replace

from rpds import HashTrieMap

from clusckpt.names import fold
from clusckpt.properties import database, deletion, failover, ownership, requests, transitions
from clusckpt.state import Backup, CheckpointKind, CheckpointName
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    DeleteClusterResource,
    FailClusterResource,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    RestoreClusterDatabase,
)
from clusckpt_spec.register.ids import RuleID
from tests.model.properties.scenes import (
    KEY,
    ONLINE,
    ROOT_ONLINE,
    SHARED,
    WITH_ROOT,
    WRITE,
    Control,
    answer,
    copy_of,
    in_state,
    on_resource,
    owned_by,
    tree,
    tree_on,
)

OFFLINE = OfflineClusterResource("A")
FAIL = FailClusterResource("A")
DELETE = DeleteClusterResource("A")
MOVE = MoveClusterGroup("GA", "N2")
BACKUP = BackupClusterDatabase("P")
RESTORE = RestoreClusterDatabase("P", "N1")
PENDING = (ONLINE, Status.ERROR_IO_PENDING)


def copy_kept(outcome: Outcome) -> Outcome:
    """Leave a copy of the root of A."""
    key = fold("A"), CheckpointName(CheckpointKind.REGISTRY, fold(KEY))
    copies = outcome.state.copies.insert(key, tree(1))
    return replace(outcome, state=replace(outcome.state, copies=copies))


def without_backup(outcome: Outcome) -> Outcome:
    """Leave no backup."""
    return replace(outcome, state=replace(outcome.state, backups=HashTrieMap()))


def backup_without_copies(outcome: Outcome) -> Outcome:
    """Leave a backup of the lists alone."""
    state = outcome.state
    backups = HashTrieMap({fold("P"): Backup(state.resources, HashTrieMap())})
    return replace(outcome, state=replace(state, backups=backups))


REQUEST_CONTROLS = (
    Control(
        "an online request is forgotten",
        requests.online_answers,
        RuleID.ONLINE_STATES,
        (),
        ONLINE,
        on_resource("A", persistent_online=False),
    ),
    Control(
        "an online request is refused",
        requests.online_answers,
        RuleID.ONLINE_STATES,
        (),
        ONLINE,
        answer(Status.ERROR_INVALID_STATE),
    ),
    Control(
        "an online request on a node that is down succeeds",
        requests.online_answers,
        RuleID.ONLINE_STATES,
        (NodeCrash("N1"),),
        ONLINE,
        answer(Status.ERROR_SUCCESS),
        Status.UNSPECIFIED_FAILURE,
    ),
    Control(
        "a second online request is accepted",
        requests.online_answers,
        RuleID.ONLINE_STATES,
        (PENDING,),
        ONLINE,
        answer(Status.ERROR_IO_PENDING),
        Status.ERROR_INVALID_STATE,
    ),
    Control(
        "an offline request leaves the resource online",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (ONLINE,),
        OFFLINE,
        in_state(ResourceState.ONLINE),
    ),
    Control(
        "an offline request is forgotten",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (),
        OFFLINE,
        on_resource("A", persistent_online=True),
    ),
    Control(
        "a failed resource is taken offline",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (ONLINE, FAIL),
        OFFLINE,
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_RESOURCE_FAILED,
    ),
    Control(
        "a pending resource is taken offline",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (PENDING,),
        OFFLINE,
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_INVALID_STATE,
    ),
    Control(
        "a failure leaves the resource offline",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (ONLINE,),
        FAIL,
        in_state(ResourceState.OFFLINE),
    ),
    Control(
        "a resource that does not exist fails",
        requests.offline_answers,
        RuleID.OFFLINE_STATES,
        (),
        FailClusterResource("X"),
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_RESOURCE_NOT_FOUND,
    ),
    Control(
        "a write brings a resource online",
        transitions.states_change_on_request_only,
        RuleID.ONLINE_STATES,
        (),
        WRITE,
        in_state(ResourceState.ONLINE),
    ),
    Control(
        "a write takes a resource offline",
        transitions.states_change_on_request_only,
        RuleID.OFFLINE_STATES,
        (ONLINE,),
        WRITE,
        in_state(ResourceState.OFFLINE),
    ),
    Control(
        "an online resource is deleted",
        deletion.deletes_resting_resources_only,
        RuleID.DELETE_STATES,
        (ONLINE,),
        DELETE,
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_RESOURCE_ONLINE,
    ),
    Control(
        "a resource at rest is not deleted",
        deletion.deletes_resting_resources_only,
        RuleID.DELETE_STATES,
        (),
        DELETE,
        answer(Status.UNSPECIFIED_FAILURE),
    ),
    Control(
        "a deletion leaves a copy",
        deletion.checkpoints_go_with_the_resource,
        RuleID.DELETED_WITH_RESOURCE,
        WITH_ROOT,
        DELETE,
        copy_kept,
    ),
    Control(
        "a deletion takes the copy of another resource",
        deletion.checkpoints_go_with_the_resource,
        RuleID.DELETED_WITH_RESOURCE,
        SHARED,
        DELETE,
        copy_of(None, "B"),
    ),
)
"""Controls for requests about a resource."""

GROUP_CONTROLS = (
    Control(
        "a move leaves a resource offline",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (ONLINE,),
        MOVE,
        in_state(ResourceState.OFFLINE),
    ),
    Control(
        "a move brings up what was offline",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (),
        MOVE,
        in_state(ResourceState.ONLINE),
    ),
    Control(
        "a move moves nothing",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (),
        MOVE,
        owned_by("GA", "N1"),
    ),
    Control(
        "a move that is done fails",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (),
        MOVE,
        answer(Status.UNSPECIFIED_FAILURE),
    ),
    Control(
        "a move to the owner fails",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (),
        MoveClusterGroup("GA", "N1"),
        answer(Status.UNSPECIFIED_FAILURE),
    ),
    Control(
        "a move to a node that is down succeeds",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (NodeCrash("N2"),),
        MOVE,
        answer(Status.ERROR_SUCCESS),
        Status.UNSPECIFIED_FAILURE,
    ),
    Control(
        "a move of no group succeeds",
        ownership.move_answers,
        RuleID.MOVE_GROUP,
        (),
        MoveClusterGroup("GX"),
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_GROUP_NOT_FOUND,
    ),
    Control(
        "a write moves a group",
        ownership.groups_change_hands_for_a_reason,
        RuleID.MOVE_GROUP,
        (),
        WRITE,
        owned_by("GA", "N2"),
    ),
    Control(
        "a crash moves a group",
        ownership.groups_change_hands_for_a_reason,
        RuleID.FAILOVER,
        (),
        NodeCrash("N2"),
        owned_by("GA", "N2"),
    ),
    Control(
        "a failover goes nowhere",
        failover.failover_goes_to_an_active_node,
        RuleID.FAILOVER,
        (NodeCrash("N1"),),
        FailoverClusterGroup("GA", "N2"),
        owned_by("GA", "N1"),
    ),
    Control(
        "a failover loses a copy",
        failover.failover_goes_to_an_active_node,
        RuleID.FAILOVER,
        (*WITH_ROOT, NodeCrash("N1")),
        FailoverClusterGroup("GA", "N2"),
        copy_of(None),
    ),
    Control(
        "a crash loses a copy",
        failover.crash_saves_nothing,
        RuleID.FAILOVER,
        ROOT_ONLINE,
        NodeCrash("N1"),
        copy_of(None),
    ),
    Control(
        "a crash leaves a resource online",
        failover.crash_saves_nothing,
        RuleID.FAILOVER,
        (ONLINE,),
        NodeCrash("N1"),
        in_state(ResourceState.ONLINE),
    ),
    Control(
        "a node that joins stays down",
        failover.crash_saves_nothing,
        RuleID.FAILOVER,
        (NodeCrash("N1"),),
        NodeJoin("N1"),
        lambda one: replace(
            one,
            state=one.state.with_node(fold("N1"), replace(one.state.nodes[fold("N1")], up=False)),
        ),
    ),
    Control(
        "a resource runs on a node that is down",
        ownership.runs_on_active_possible_owner,
        RuleID.FAILOVER,
        (ONLINE,),
        NodeCrash("N1"),
        in_state(ResourceState.ONLINE),
    ),
    Control(
        "a resource runs where it cannot",
        ownership.runs_on_active_possible_owner,
        RuleID.MOVE_GROUP,
        (ONLINE,),
        MOVE,
        on_resource("A", possible_owners=frozenset({fold("N1")})),
    ),
)
"""Controls for groups and their owners."""

DATABASE_CONTROLS = (
    Control(
        "a backup lacks the copies",
        database.backup_has_every_checkpoint,
        RuleID.IN_BACKUP,
        WITH_ROOT,
        BACKUP,
        backup_without_copies,
    ),
    Control(
        "a backup is not there",
        database.backup_has_every_checkpoint,
        RuleID.IN_BACKUP,
        WITH_ROOT,
        BACKUP,
        without_backup,
    ),
    Control(
        "a backup changes later",
        database.backup_has_every_checkpoint,
        RuleID.IN_BACKUP,
        (*WITH_ROOT, BACKUP),
        WRITE,
        backup_without_copies,
    ),
    Control(
        "a restored database has no copies",
        database.database_comes_back,
        RuleID.RESTORE_DATABASE,
        (*WITH_ROOT, BACKUP, NodeCrash("N2")),
        RESTORE,
        copy_of(None),
    ),
    Control(
        "a restored database changes a registry",
        database.database_comes_back,
        RuleID.RESTORE_DATABASE,
        (*WITH_ROOT, BACKUP, NodeCrash("N2")),
        RESTORE,
        tree_on("N1", 7),
    ),
    Control(
        "a database is not restored",
        database.database_comes_back,
        RuleID.RESTORE_DATABASE,
        (*WITH_ROOT, BACKUP, NodeCrash("N2")),
        RESTORE,
        answer(Status.UNSPECIFIED_FAILURE),
    ),
    Control(
        "a database is restored while another node is active",
        database.database_comes_back,
        RuleID.RESTORE_DATABASE,
        (BACKUP,),
        RESTORE,
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_CLUSTER_NODE_UP,
    ),
    Control(
        "a database is restored without a backup",
        database.database_comes_back,
        RuleID.RESTORE_DATABASE,
        (NodeCrash("N2"),),
        RESTORE,
        answer(Status.ERROR_SUCCESS),
        Status.UNSPECIFIED_FAILURE,
    ),
)
"""Controls for backup and restore of the database."""
