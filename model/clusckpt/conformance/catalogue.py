"""The catalogue of scenarios, one a subject, with the rules that each puts to the test."""

from typing import Final

from clusckpt.conformance.clusters import ROOTS
from clusckpt.conformance.scenarios import Cast, Pattern, Scenario, control, restart, write
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register import RuleID

_ONLINE, _OFFLINE = events.OnlineClusterResource, events.OfflineClusterResource
_SET, _CODE = events.RegSetValueEx, events.ClusterResourceControl
_DELETE, _MOVE = events.DeleteClusterResource, events.MoveClusterGroup
_VIEWED = "Software\\Viewed"
_PATH = "D:\\Backup\\"


def _change_then_crash(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        write(cast),
        events.NodeCrash(cast.node),
        events.NodeJoin(cast.node),
    ]


def _changes_in_time(cast: Cast) -> list[AnyEvent]:
    later = 7 if cast.value != 7 else 8  # noqa: PLR2004 - any value that is not the first one
    passes = events.CaptureDelayPasses()
    return [_ONLINE(cast.resource), write(cast), passes, write(cast, value=later), passes]


def _offline_edit(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        _OFFLINE(cast.resource),
        write(cast),
        _ONLINE(cast.resource),
    ]


def _edit_before_online(cast: Cast) -> list[AnyEvent]:
    return [write(cast), _ONLINE(cast.resource)]


def _edit_while_failed(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        events.FailClusterResource(cast.resource),
        write(cast),
        _ONLINE(cast.resource),
    ]


def _there_and_back(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        write(cast),
        _MOVE(cast.group, cast.second),
        write(cast, cast.second, "there"),
        _MOVE(cast.group, cast.node),
    ]


def _one_key_for_two(cast: Cast) -> list[AnyEvent]:
    return [
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        events.ClusterResourceControl(
            cast.other, "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT", cast.root
        ),
        _ONLINE(cast.resource),
        write(cast),
        _ONLINE(cast.other),
        *restart(cast),
    ]


def _added_and_listed(cast: Cast) -> list[AnyEvent]:
    return [
        write(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root.upper()),
        control(cast, "GET_REGISTRY_CHECKPOINTS", None),
        control(cast, "DELETE_REGISTRY_CHECKPOINT", cast.root),
        control(cast, "DELETE_REGISTRY_CHECKPOINT", cast.root),
    ]


def _added_while_online(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        write(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        write(cast, value="after"),
        _MOVE(cast.group, cast.second),
    ]


def _not_a_path(cast: Cast) -> list[AnyEvent]:
    return [
        write(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT", "\\" + cast.root),
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root + "\\"),
        control(cast, "ADD_REGISTRY_CHECKPOINT", "Software\\Nowhere"),
        control(cast, "GET_REGISTRY_CHECKPOINTS", None),
    ]


def _narrow_view(cast: Cast) -> list[AnyEvent]:
    return [
        *_of_both_views(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT_32BIT", _VIEWED),
        control(cast, "ADD_REGISTRY_CHECKPOINT_64BIT", _VIEWED),
        control(cast, "GET_REGISTRY_CHECKPOINTS", None),
        _ONLINE(cast.resource),
        _SET(cast.node, _VIEWED, cast.name, "changed", "32"),
        _MOVE(cast.group, cast.second),
        control(cast, "DELETE_REGISTRY_CHECKPOINT", _VIEWED),
    ]


def _wide_view(cast: Cast) -> list[AnyEvent]:
    return [
        *_of_both_views(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT_64BIT", _VIEWED),
        _ONLINE(cast.resource),
        _SET(cast.node, _VIEWED, cast.name, "changed", "64"),
        _MOVE(cast.group, cast.second),
    ]


def _of_both_views(cast: Cast) -> list[AnyEvent]:
    """A key that no start has, with other contents in each view."""
    return [
        _SET(cast.node, _VIEWED, cast.name, "wide", "64"),
        _SET(cast.node, _VIEWED, cast.name, "narrow", "32"),
    ]


def _deletion_in_time(cast: Cast) -> list[AnyEvent]:
    passes = events.CaptureDelayPasses()
    deleted = events.RegDeleteValue(cast.node, cast.key, cast.name)
    return [_ONLINE(cast.resource), write(cast), passes, deleted, passes]


def _failed_without_its_root(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        write(cast),
        events.CaptureDelayPasses(),
        events.RegDeleteTree(cast.node, cast.key),
        events.FailClusterResource(cast.resource),
    ]


def _root_deleted(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        events.RegDeleteTree(cast.node, cast.key),
        *restart(cast),
        events.RegCreateKeyEx(cast.node, cast.key),
    ]


def _resource_deleted(cast: Cast) -> list[AnyEvent]:
    return [
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        _OFFLINE(cast.resource),
        _DELETE(cast.resource),
        events.CreateClusterResource(cast.resource, cast.group),
        control(cast, "GET_REGISTRY_CHECKPOINTS", None),
        _ONLINE(cast.resource),
    ]


def _resource_created(cast: Cast) -> list[AnyEvent]:
    return [
        events.CreateClusterResource(cast.spare, cast.group),
        _CODE(cast.spare, "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT", cast.root),
        _ONLINE(cast.spare),
    ]


def _backed_up(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        write(cast),
        events.BackupClusterDatabase(_PATH),
        write(cast, value="after"),
        events.RestoreClusterDatabase(_PATH, cast.node, force=True),
        _ONLINE(cast.resource),
    ]


def _deleted_after_backup(cast: Cast) -> list[AnyEvent]:
    return [
        write(cast),
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.key),
        events.BackupClusterDatabase(_PATH),
        _OFFLINE(cast.resource),
        _DELETE(cast.resource),
        events.CreateClusterResource(cast.resource, cast.group),
        control(cast, "GET_REGISTRY_CHECKPOINTS", None),
    ]


def _container(cast: Cast) -> list[AnyEvent]:
    return [
        events.CryptGenKey(cast.node, cast.container, "kept"),
        control(cast, "ADD_CRYPTO_CHECKPOINT", cast.container),
        control(cast, "GET_CRYPTO_CHECKPOINTS", None),
        control(cast, "TYPE_GET_CRYPTO_CHECKPOINTS", None),
        events.CryptGenKey(cast.node, cast.container, "other"),
        *restart(cast),
        control(cast, "DELETE_CRYPTO_CHECKPOINT", cast.container),
        control(cast, "GET_CRYPTO_CHECKPOINTS", None),
    ]


def _container_added_extended(cast: Cast) -> list[AnyEvent]:
    return [
        events.CryptGenKey(cast.node, cast.container, "kept"),
        control(cast, "ADD_CRYPTO_CHECKPOINT_EX", cast.container),
        control(cast, "GET_CRYPTO_CHECKPOINTS", None),
    ]


def _container_with_fixed_keys(cast: Cast) -> list[AnyEvent]:
    return [
        events.CryptGenKey(cast.node, cast.container, "fixed", exportable=False),
        control(cast, "ADD_CRYPTO_CHECKPOINT", cast.container),
        control(cast, "ADD_CRYPTO_CHECKPOINT_EX", cast.container),
        control(cast, "GET_CRYPTO_CHECKPOINTS", None),
    ]


def _asked_of_a_type(cast: Cast) -> list[AnyEvent]:
    return [
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        control(cast, "TYPE_GET_REGISTRY_CHECKPOINTS", None),
        control(cast, "TYPE_GET_CRYPTO_CHECKPOINTS", None),
    ]


def _wrong_moment(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        _ONLINE(cast.resource),
        _DELETE(cast.resource),
        events.FailClusterResource(cast.resource),
        _OFFLINE(cast.resource),
        _OFFLINE(cast.resource),
    ]


def _left_by_its_dependent(cast: Cast) -> list[AnyEvent]:
    """The first resource came online for the other one only, so nobody restarts it."""
    return [
        _ONLINE(cast.other),
        _OFFLINE(cast.other),
        events.FailClusterResource(cast.resource),
        _OFFLINE(cast.resource),
    ]


def _one_of_two_blocked(cast: Cast) -> list[AnyEvent]:
    first, second = ROOTS[0], ROOTS[3]
    return [
        _SET(cast.node, first, cast.name, "one"),
        _SET(cast.node, second, cast.name, "two"),
        control(cast, "ADD_REGISTRY_CHECKPOINT", first),
        control(cast, "ADD_REGISTRY_CHECKPOINT", second),
        _SET(cast.node, first, cast.name, cast.value),
        _SET(cast.node, second, cast.name, cast.value),
        events.RegSetKeySecurity(cast.node, first, writable=False),
        _ONLINE(cast.resource),
        events.RegSetKeySecurity(cast.node, first, writable=True),
    ]


def _owner_lost(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        events.NodeCrash(cast.node),
        events.NodeCrash(cast.second),
        events.NodeJoin(cast.second),
        events.NodeJoin(cast.node),
    ]


def _key_in_use(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        events.FailClusterResource(cast.resource),
        events.RegOpenKeyEx(cast.node, cast.key),
        write(cast),
        _ONLINE(cast.resource),
        events.RegCloseKey(cast.node, cast.key),
        *restart(cast),
    ]


def _quorum_troubles(cast: Cast) -> list[AnyEvent]:
    return [
        _ONLINE(cast.resource),
        events.QuorumChange("full"),
        write(cast),
        events.QuorumChange("lost"),
        events.QuorumChange("online"),
        events.NodeJoin(cast.node),
    ]


def _copy_lost(cast: Cast) -> list[AnyEvent]:
    return [
        control(cast, "ADD_REGISTRY_CHECKPOINT", cast.root),
        events.LoseStoredCopy(cast.resource, cast.root),
        _ONLINE(cast.resource),
        events.RecreateCheckpoints(cast.resource),
        *restart(cast),
    ]


def _scenario(pattern: Pattern, needs: set[type[AnyEvent]], *rules: RuleID) -> Scenario:
    name = pattern.__name__.strip("_").replace("_", " ")
    return Scenario(name, frozenset(rules), frozenset(needs), pattern)


_R = RuleID
_CAPTURES = (_R.CAPTURE_ONLINE, _R.KB_CAPTURE_ONLINE)
_RESTORES = (_R.RESTORE_BEFORE_ONLINE, _R.TREE_REPLACED, _R.KB_RESTORE_AT_ONLINE)
_REGISTRY_CODES = (_R.ADD_REGISTRY, _R.GET_REGISTRY, _R.DELETE_REGISTRY, _R.NAMES_CASELESS)
_VIEWS = (_R.ADD_REGISTRY_32BIT, _R.ADD_REGISTRY_64BIT)
_CRYPTO_CODES = (_R.ADD_CRYPTO, _R.GET_CRYPTO, _R.DELETE_CRYPTO)
_STATES = (_R.ONLINE_STATES, _R.OFFLINE_STATES, _R.DELETE_STATES)

CATALOGUE: Final[tuple[Scenario, ...]] = (
    _scenario(_change_then_crash, {_ONLINE, _SET, events.NodeCrash}, *_CAPTURES, _R.FAILOVER),
    _scenario(_changes_in_time, {_ONLINE, _SET}, *_CAPTURES),
    _scenario(
        _offline_edit,
        {_ONLINE, _OFFLINE, _SET},
        *(_R.OFFLINE_OVERWRITTEN, _R.KB_SAVE_AT_OFFLINE, *_RESTORES),
    ),
    _scenario(_edit_before_online, {_ONLINE, _SET}, _R.OFFLINE_OVERWRITTEN, *_RESTORES),
    _scenario(_edit_while_failed, {_ONLINE, _SET, events.FailClusterResource}, *_RESTORES),
    _scenario(_there_and_back, {_ONLINE, _SET, _MOVE}, _R.MOVE_GROUP, _R.INSTANCES, *_RESTORES),
    _scenario(_one_key_for_two, {_ONLINE, _CODE}, _R.INSTANCES, _R.KB_CAPTURE_AT_ADD),
    _scenario(_added_and_listed, {_CODE}, *_REGISTRY_CODES, _R.KB_CAPTURE_AT_ADD),
    _scenario(
        _added_while_online,
        {_ONLINE, _CODE},
        *(_R.KB_CAPTURE_AT_ADD, _R.NOT_PASSED_TO_DLL, *_CAPTURES),
    ),
    _scenario(_not_a_path, {_CODE}, _R.ADD_REGISTRY, _R.GET_REGISTRY),
    _scenario(_narrow_view, {_CODE, _SET}, *_VIEWS, _R.DELETE_REGISTRY),
    _scenario(_wide_view, {_CODE, _SET}, _R.ADD_REGISTRY_64BIT),
    _scenario(_deletion_in_time, {_ONLINE, events.RegDeleteValue}, *_CAPTURES),
    _scenario(
        _failed_without_its_root,
        {_ONLINE, events.RegDeleteTree, events.FailClusterResource},
        *(_R.ROOT_DELETED, *_RESTORES),
    ),
    _scenario(_root_deleted, {_ONLINE, events.RegDeleteTree}, _R.ROOT_DELETED, *_RESTORES),
    _scenario(_resource_deleted, {_DELETE, _CODE}, _R.DELETED_WITH_RESOURCE, _R.DELETE_STATES),
    _scenario(_resource_created, {events.CreateClusterResource, _CODE}, _R.KB_CAPTURE_AT_ADD),
    _scenario(
        _backed_up,
        {events.BackupClusterDatabase, events.RestoreClusterDatabase},
        *(_R.IN_BACKUP, _R.RESTORE_DATABASE),
    ),
    _scenario(
        _container,
        {events.CryptGenKey, _CODE},
        _R.CRYPTO_CONTAINERS,
        *_CRYPTO_CODES,
        _R.TYPE_GET_CRYPTO,
    ),
    _scenario(
        _deleted_after_backup,
        {_DELETE, _CODE, events.BackupClusterDatabase},
        *(_R.DELETED_WITH_RESOURCE, _R.DELETE_STATES),
    ),
    _scenario(
        _container_added_extended,
        {events.CryptGenKey, _CODE},
        _R.ADD_CRYPTO_EX,
    ),
    _scenario(
        _container_with_fixed_keys,
        {events.CryptGenKey, _CODE},
        *(_R.ADD_CRYPTO, _R.ADD_CRYPTO_EX, _R.GET_CRYPTO),
    ),
    _scenario(_asked_of_a_type, {_CODE}, _R.TYPE_GET_REGISTRY, _R.TYPE_GET_CRYPTO),
    _scenario(_wrong_moment, {_ONLINE, _OFFLINE, _DELETE}, *_STATES, _R.NOT_PASSED_TO_DLL),
    _scenario(
        _left_by_its_dependent,
        {_ONLINE, _OFFLINE, events.FailClusterResource},
        *(_R.ONLINE_STATES, _R.OFFLINE_STATES),
    ),
    _scenario(_one_of_two_blocked, {_ONLINE, _CODE, events.RegSetKeySecurity}, *_RESTORES),
    _scenario(_owner_lost, {_ONLINE, events.NodeCrash}, _R.FAILOVER, _R.RESTORE_BEFORE_ONLINE),
    _scenario(_key_in_use, {_ONLINE, events.RegOpenKeyEx}, *_RESTORES),
    _scenario(_quorum_troubles, {_ONLINE, events.QuorumChange}, _R.FAILOVER, *_CAPTURES),
    _scenario(_copy_lost, {_ONLINE, _CODE, events.LoseStoredCopy}, _R.RESTORE_BEFORE_ONLINE),
)
"""Every scenario."""
