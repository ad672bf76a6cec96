"""The step: everything that may come of an event in a state."""

from collections.abc import Callable
from typing import Any

from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import (
    codes,
    database,
    hindrances,
    internal,
    lifecycle,
    ownership,
    quorum,
    registry_writes,
)
from clusckpt.steps.outcome import Outcome
from clusckpt.steps.side_effects import with_side_effects
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent

Handler = Callable[[Rulebook, ClusterState, Any], frozenset[Outcome]]

_HANDLERS: dict[type[events.Event], Handler] = {
    events.RegCreateKeyEx: registry_writes.create_key,
    events.RegSetValueEx: registry_writes.set_value,
    events.RegDeleteValue: registry_writes.delete_value,
    events.RegDeleteTree: registry_writes.delete_tree,
    events.CryptGenKey: registry_writes.generate_keys,
    events.RegOpenKeyEx: hindrances.open_key,
    events.RegCloseKey: hindrances.close_key,
    events.RegSetKeySecurity: hindrances.set_key_security,
    events.CryptSetProvParam: hindrances.set_container_security,
    events.ClusterResourceControl: codes.control_resource,
    events.CreateClusterResource: lifecycle.create_resource,
    events.OnlineClusterResource: lifecycle.bring_online,
    events.OfflineClusterResource: lifecycle.take_offline,
    events.FailClusterResource: lifecycle.fail_resource,
    events.DeleteClusterResource: lifecycle.delete_resource,
    events.MoveClusterGroup: ownership.move_group,
    events.NodeCrash: ownership.crash_node,
    events.NodeJoin: ownership.join_node,
    events.BackupClusterDatabase: database.back_up,
    events.RestoreClusterDatabase: database.restore_backup,
    events.QuorumChange: quorum.change_quorum,
    events.LoseStoredCopy: quorum.lose_copy,
    events.RecreateCheckpoints: quorum.recreate_checkpoints,
    events.CaptureDelayPasses: internal.let_delay_pass,
    events.FailoverClusterGroup: ownership.fail_over_group,
    events.FailbackClusterGroup: ownership.fail_back_group,
    events.BringOnline: lifecycle.begin_by_service,
    events.RestoreCheckpoint: internal.restore_checkpoint,
    events.DllOnline: internal.dll_online,
    events.DllOffline: internal.dll_offline,
    events.DllTerminate: internal.dll_terminate,
    events.CaptureCheckpoint: internal.capture_checkpoint,
    events.DropStoredCopies: internal.drop_copies,
}


def step(
    state: ClusterState, event: AnyEvent, rules: Rulebook = MSCS_PAGE_RULES
) -> frozenset[Outcome]:
    r"""Every outcome that the rules allow; the empty set if the event cannot happen here.

    Args:
        state: the cluster before the event.
        event: what is called or happens; nodes and groups that it names must exist.
        rules: the rulebook, which carries the reading.

    Raises:
        InvalidPath: if an event of the registry names a key that no path can name, such as
            `\Software`. Files are checked when they are read; a caller of Python is told here.
        KeyError: if the event names a node or a group that the cluster does not have.
        TooManyOrders: if more ends of an online are possible than are followed.
        UnknownControlCode: if a control code has nothing to do with checkpoints.
        ValueError: if `input_bytes` is not hexadecimal, or a value does not fit its type.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> sorted(outcome.status.name for outcome in step(two_nodes(), OnlineClusterResource("A")))
    ['ERROR_IO_PENDING', 'ERROR_SUCCESS']
    """
    outcomes = _HANDLERS[type(event)](rules, state, event)
    if rules.has_side_effects:
        outcomes = frozenset(with_side_effects(rules, state, one) for one in outcomes)
    return outcomes
