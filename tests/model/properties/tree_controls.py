"""Controls for capture and restore: a step that each property must accuse, for each rule."""

from clusckpt.names import Folded
from clusckpt.properties import capture, instances, kb174070, offline, other_nodes, restore, saving
from clusckpt.registry import EMPTY_KEY
from clusckpt.rules import KB174070_RULES, WINDOWS_OBSERVED_RULES
from clusckpt.state import Container
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CryptGenKey,
    DllOnline,
    LoseStoredCopy,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegSetValueEx,
    RestoreCheckpoint,
)
from clusckpt_spec.register.ids import RuleID
from tests.model.properties.scenes import (
    CONTAINER,
    ELSEWHERE,
    GENERATE,
    KEY,
    MORE,
    ONLINE,
    ROOT_ONLINE,
    ROOT_PENDING,
    SHARED,
    WITH_CONTAINER,
    WITH_ROOT,
    WRITE,
    Control,
    code,
    container_on,
    copy_of,
    on_resource,
    tree,
    tree_on,
)

BELOW = f"{KEY}\\x"
OTHER_KEYS = CryptGenKey("N1", CONTAINER, "other")
RESTORED = RestoreCheckpoint("A", KEY)
NOTHING: frozenset[Folded] = frozenset()

INNER = f"{KEY}\\B"
OTHER_ROOT_LAST = (
    RegCreateKeyEx("N1", INNER),
    code("ADD_REGISTRY_CHECKPOINT"),
    code("ADD_REGISTRY_CHECKPOINT", INNER),
    (ONLINE, Status.ERROR_IO_PENDING),
    RestoreCheckpoint("A", INNER),
    RegSetValueEx("N1", INNER, "v", 2),
    RestoreCheckpoint("A", KEY),
)
"""A root of A is written on the way to online, and another of its roots restored over it."""

BOTH_ROOTS_CONTROL = Control(
    "a resource finds what its own other root was restored over",
    instances.own_data_stay,
    RuleID.INSTANCES,
    OTHER_ROOT_LAST,
    DllOnline("A"),
    tree_on("N1", 2, INNER),
    rules=WINDOWS_OBSERVED_RULES,
)
"""What is there is under both roots, so it is wrong for both."""

CAPTURE_CONTROLS = (
    Control(
        "a change is not captured",
        capture.change_is_captured,
        RuleID.CAPTURE_ONLINE,
        ROOT_ONLINE,
        MORE,
        copy_of(tree(1)),
    ),
    Control(
        "a copy changes to what was nowhere",
        capture.only_own_trees_are_captured,
        RuleID.CAPTURE_ONLINE,
        ROOT_ONLINE,
        GENERATE,
        copy_of(tree(7)),
    ),
    Control(
        "a copy takes what another resource captured on another node",
        capture.only_own_trees_are_captured,
        RuleID.INSTANCES,
        (*SHARED, ONLINE, MoveClusterGroup("GB", "N2"), OnlineClusterResource("B")),
        MORE,
        copy_of(tree(2), "B"),
    ),
    Control(
        "a deleted root is captured as empty",
        capture.last_good_copy_stays,
        RuleID.ROOT_DELETED,
        ROOT_ONLINE,
        RegDeleteTree("N1", KEY),
        copy_of(EMPTY_KEY),
    ),
    Control(
        "a copy is dropped when the resource goes offline without its root",
        capture.last_good_copy_stays,
        RuleID.ROOT_DELETED,
        (*ROOT_ONLINE, RegDeleteTree("N1", KEY)),
        OfflineClusterResource("A"),
        copy_of(None),
    ),
    Control(
        "a value that was set is not written",
        kb174070.update_is_written,
        RuleID.KB_CAPTURE_ONLINE,
        ROOT_ONLINE,
        MORE,
        copy_of(tree(1)),
    ),
    Control(
        "a value that was deleted stays",
        kb174070.update_is_written,
        RuleID.KB_CAPTURE_ONLINE,
        ROOT_ONLINE,
        RegDeleteValue("N1", KEY, "v"),
        copy_of(tree(1)),
    ),
    Control(
        "a key that was created is not written",
        kb174070.update_is_written,
        RuleID.KB_CAPTURE_ONLINE,
        ROOT_ONLINE,
        RegCreateKeyEx("N1", BELOW),
        copy_of(tree(1)),
    ),
    Control(
        "an update is written nowhere",
        kb174070.update_is_written,
        RuleID.KB_CAPTURE_ONLINE,
        (*ROOT_ONLINE, RegCreateKeyEx("N1", BELOW)),
        RegDeleteTree("N1", BELOW),
        copy_of(None),
    ),
    Control(
        "an add takes no copy",
        kb174070.first_copy_at_add,
        RuleID.KB_CAPTURE_AT_ADD,
        (WRITE,),
        code("ADD_REGISTRY_CHECKPOINT"),
        copy_of(None),
    ),
    Control(
        "an add of a container copies other keys",
        kb174070.first_copy_at_add,
        RuleID.CRYPTO_CONTAINERS,
        (GENERATE,),
        code("ADD_CRYPTO_CHECKPOINT", CONTAINER),
        copy_of(Container("other")),
    ),
    Control(
        "an offline saves nothing",
        saving.saved_at_offline,
        RuleID.KB_SAVE_AT_OFFLINE,
        (*WITH_CONTAINER, ONLINE, OTHER_KEYS),
        OfflineClusterResource("A"),
        copy_of(Container("first")),
        rules=KB174070_RULES,
    ),
    Control(
        "an offline change is captured",
        offline.nothing_is_captured_offline,
        RuleID.OFFLINE_OVERWRITTEN,
        WITH_ROOT,
        MORE,
        copy_of(tree(2)),
    ),
    Control(
        "an offline resource takes what another captured",
        offline.nothing_is_captured_offline,
        RuleID.INSTANCES,
        (*SHARED, ONLINE),
        MORE,
        copy_of(tree(2), "B"),
    ),
    Control(
        "a copy has data that the resource never had",
        instances.own_data_stay,
        RuleID.INSTANCES,
        WITH_ROOT,
        ELSEWHERE,
        copy_of(tree(3)),
    ),
    Control(
        "a resource finds data that it never had",
        instances.own_data_stay,
        RuleID.INSTANCES,
        ROOT_ONLINE,
        ELSEWHERE,
        tree_on("N1", 3),
    ),
    Control(
        "a resource loses what it found when no copy was left",
        instances.own_data_stay,
        RuleID.INSTANCES,
        (*ROOT_PENDING, RESTORED, LoseStoredCopy("A", KEY), MORE, DllOnline("A")),
        ELSEWHERE,
        tree_on("N1", 3),
    ),
    Control(
        "data of another instance are not put in place",
        instances.shared_data_are_replaced,
        RuleID.INSTANCES,
        (*SHARED, ONLINE, MORE),
        OnlineClusterResource("B"),
        tree_on("N1", 2),
    ),
)
"""Controls for what is stored, and of whom."""

RESTORE_CONTROLS = (
    Control(
        "a restore writes another node",
        other_nodes.trees_change_on_the_owner_only,
        RuleID.RESTORE_BEFORE_ONLINE,
        WITH_ROOT,
        ONLINE,
        tree_on("N2", 1, "Software"),
    ),
    Control(
        "a restore writes a container on another node",
        other_nodes.containers_change_on_the_owner_only,
        RuleID.RESTORE_BEFORE_ONLINE,
        WITH_CONTAINER,
        ONLINE,
        container_on("N2", "first"),
    ),
    Control(
        "a resource is online before its restore",
        restore.restored_in_time,
        RuleID.RESTORE_BEFORE_ONLINE,
        (*ROOT_PENDING, RESTORED),
        DllOnline("A"),
        on_resource("A", restored=NOTHING),
    ),
    Control(
        "a resource is online without a restore",
        restore.restored_in_time,
        RuleID.KB_RESTORE_AT_ONLINE,
        WITH_ROOT,
        ONLINE,
        on_resource("A", restored=NOTHING),
    ),
    Control(
        "a tree is not restored on the new node",
        restore.node_has_what_is_stored,
        RuleID.RESTORE_BEFORE_ONLINE,
        (*WITH_ROOT, MoveClusterGroup("GA", "N2")),
        ONLINE,
        tree_on("N2", None),
    ),
    Control(
        "a tree is not restored on the same node",
        restore.node_has_what_is_stored,
        RuleID.KB_RESTORE_AT_ONLINE,
        (*WITH_ROOT, MORE),
        ONLINE,
        tree_on("N1", 2),
    ),
    Control(
        "one restore leaves a tree as it was",
        restore.node_has_what_is_stored,
        RuleID.KB_RESTORE_AT_ONLINE,
        (*ROOT_PENDING, MORE),
        RESTORED,
        tree_on("N1", 2),
    ),
    Control(
        "a tree is merged",
        restore.node_has_what_is_stored,
        RuleID.TREE_REPLACED,
        (*WITH_ROOT, RegSetValueEx("N1", BELOW, "v", 1)),
        ONLINE,
        tree_on("N1", 1, BELOW),
    ),
    Control(
        "a container keeps its keys",
        restore.node_has_what_is_stored,
        RuleID.CRYPTO_CONTAINERS,
        (*WITH_CONTAINER, OTHER_KEYS),
        ONLINE,
        container_on("N1", "other"),
    ),
    Control(
        "a container is not there",
        restore.node_has_what_is_stored,
        RuleID.RESTORE_BEFORE_ONLINE,
        (*WITH_CONTAINER, MoveClusterGroup("GA", "N2")),
        ONLINE,
        container_on("N2", None),
    ),
    Control(
        "a move restores what was not saved",
        restore.move_restores_what_was_saved,
        RuleID.KB_SAVE_AT_OFFLINE,
        (*WITH_CONTAINER, ONLINE, OTHER_KEYS),
        MoveClusterGroup("GA", "N2"),
        container_on("N2", "first"),
        rules=KB174070_RULES,
    ),
    Control(
        "an offline change survives",
        offline.offline_change_is_overwritten,
        RuleID.OFFLINE_OVERWRITTEN,
        (*WITH_ROOT, MORE),
        ONLINE,
        tree_on("N1", 2),
    ),
)
"""Controls for what is restored, where and when."""
