"""The step: everything that may come of an event in a state."""

from collections.abc import Callable, Iterator
from typing import Any

from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import control_codes, database, lifecycle, ownership, registry_writes
from clusckpt.steps.elementary import (
    can_host,
    may_begin_online,
    may_complete_online,
    unrestored,
)
from clusckpt.steps.outcome import Outcome
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent, InternalEvent

Handler = Callable[[Rulebook, ClusterState, Any], frozenset[Outcome]]

_HANDLERS: dict[type[events.Event], Handler] = {
    events.RegCreateKeyEx: registry_writes.create_key,
    events.RegSetValueEx: registry_writes.set_value,
    events.RegDeleteValue: registry_writes.delete_value,
    events.RegDeleteTree: registry_writes.delete_tree,
    events.CryptGenKey: registry_writes.generate_keys,
    events.ClusterResourceControl: control_codes.control_resource,
    events.OnlineClusterResource: lifecycle.bring_online,
    events.OfflineClusterResource: lifecycle.take_offline,
    events.FailClusterResource: lifecycle.fail_resource,
    events.DeleteClusterResource: lifecycle.delete_resource,
    events.MoveClusterGroup: ownership.move_group,
    events.NodeCrash: ownership.crash_node,
    events.NodeJoin: ownership.join_node,
    events.BackupClusterDatabase: database.back_up,
    events.RestoreClusterDatabase: database.restore_backup,
    events.FailoverClusterGroup: ownership.fail_over_group,
    events.BringOnline: lifecycle.begin_by_service,
    events.RestoreCheckpoint: lifecycle.restore_checkpoint,
    events.DllOnline: lifecycle.dll_online,
}


def step(
    state: ClusterState, event: AnyEvent, rules: Rulebook = MSCS_PAGE_RULES
) -> frozenset[Outcome]:
    """Every outcome that the rules allow; the empty set if the event cannot happen here.

    Args:
        state: the cluster before the event.
        event: what is called or happens; nodes and groups that it names must exist.
        rules: the rulebook, which carries the reading.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> sorted(outcome.status.name for outcome in step(two_nodes(), OnlineClusterResource("A")))
    ['ERROR_IO_PENDING', 'ERROR_SUCCESS']
    """
    return _HANDLERS[type(event)](rules, state, event)


def internal_events(state: ClusterState, rules: Rulebook) -> Iterator[InternalEvent]:
    """What the cluster service may do by itself in a state."""
    for name, resource in sorted(state.resources.items()):
        for checkpoint in unrestored(state, name):
            yield events.RestoreCheckpoint(resource.name, checkpoint.given)
        if may_complete_online(rules, state, name):
            yield events.DllOnline(resource.name)
        if resource.persistent_online and may_begin_online(state, name):
            yield events.BringOnline(resource.name)
    for group, entry in sorted(state.groups.items()):
        if not state.nodes[entry.owner].up:
            for node in sorted(state.nodes):
                if can_host(state, group, node):
                    yield events.FailoverClusterGroup(entry.name, state.nodes[node].name)
