"""By itself: what the cluster service may do in a state without being asked."""

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.rules import Rulebook
from clusckpt.state import RESTING, ClusterState, Resource
from clusckpt.steps.dependencies import wanted
from clusckpt.steps.elementary import (
    RUNNING,
    may_complete_offline,
    may_complete_online,
    unsaved,
)
from clusckpt.steps.internal import capturable
from clusckpt.steps.ownership import failback_target, failover_targets
from clusckpt.steps.restoring import restorable
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import InternalEvent


def internal_events(state: ClusterState, rules: Rulebook) -> Iterator[InternalEvent]:
    """What the cluster service may do by itself in a state, in order of name.

    Args:
        state: the cluster.
        rules: the rulebook, which carries the reading.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> from clusckpt.steps.step import step
    >>> (crashed,) = step(two_nodes(), events.NodeCrash("N1"))
    >>> list(internal_events(crashed.state, MSCS_PAGE_RULES))
    [FailoverClusterGroup(group='GA', node='N2')]
    """
    for name, resource in sorted(state.resources.items()):
        if resource.state in RUNNING or resource.due or resource.doubtful:
            yield from _while_running(state, rules, name, resource)
        if resource.state in RESTING and wanted(state, name):
            yield events.BringOnline(resource.name)
    for group in sorted(state.groups):
        yield from _of_group(state, group)
    if rules.chooses(AmbiguityID.A42, "two-steps"):
        for name in sorted({key[0] for key in state.copies} - set(state.resources)):
            yield events.DropStoredCopies(name)


def _while_running(
    state: ClusterState, rules: Rulebook, name: Folded, resource: Resource
) -> Iterator[InternalEvent]:
    for checkpoint in restorable(rules, state, name):
        yield events.RestoreCheckpoint(resource.name, checkpoint.given)
    to_store = {entry.name: entry for entry in capturable(rules, state, name)}
    to_store |= {entry.name: entry for entry in unsaved(rules, state, name)}
    for _, checkpoint in sorted(to_store.items()):
        yield events.CaptureCheckpoint(resource.name, checkpoint.given)
    if may_complete_online(rules, state, name):
        yield events.DllOnline(resource.name)
    if may_complete_offline(rules, state, name):
        yield events.DllOffline(resource.name)
    if resource.state is ResourceState.OFFLINE_PENDING:
        yield events.DllTerminate(resource.name)


def _of_group(state: ClusterState, group: Folded) -> Iterator[InternalEvent]:
    entry = state.groups[group]
    for node in failover_targets(state, group):
        yield events.FailoverClusterGroup(entry.name, state.nodes[node].name)
    if failback_target(state, group) is not None:
        yield events.FailbackClusterGroup(entry.name)
