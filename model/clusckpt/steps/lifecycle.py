"""Requests about one resource: bring it online, take it offline, fail it, delete it."""

from clusckpt.names import fold
from clusckpt.rules import Course, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import ClusterState
from clusckpt.steps.completion import completed
from clusckpt.steps.elementary import (
    RUNNING,
    begin_online,
    complete_online,
    delete,
    fail,
    go_offline,
    may_begin_online,
    may_complete_online,
    persist,
    unrestored,
)
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    BringOnline,
    DeleteClusterResource,
    DllOnline,
    FailClusterResource,
    OfflineClusterResource,
    OnlineClusterResource,
    RestoreCheckpoint,
)
from clusckpt_spec.register.ids import RuleID

_NONE: frozenset[Outcome] = frozenset()


def bring_online(
    rules: Rulebook, state: ClusterState, event: OnlineClusterResource
) -> frozenset[Outcome]:
    """OnlineClusterResource: accepted and pending, or online already when it returns.

    [MS-CMRP] ApiOnlineResource: the persistent state is Online even if this attempt fails.
    """
    name, rule = fold(event.resource), RuleID.ONLINE_STATES
    if name not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, rule)
    if state.resources[name].state is ResourceState.ONLINE_PENDING:
        return refused(Status.ERROR_INVALID_STATE, state, rule)
    state = persist(state, [name], online=True)
    if state.resources[name].state is ResourceState.ONLINE:
        return refused(Status.ERROR_SUCCESS, state, rule)
    if not may_begin_online(state, name):
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    accepted = begin_online(Course(state), name)
    return frozenset(
        {outcome(Status.ERROR_IO_PENDING, accepted, rule)}
        | {outcome(Status.ERROR_SUCCESS, end, rule) for end in completed(rules, accepted, name)}
    )


def take_offline(
    rules: Rulebook, state: ClusterState, event: OfflineClusterResource
) -> frozenset[Outcome]:
    """OfflineClusterResource; it may return before the resource is offline."""
    name, rule = fold(event.resource), RuleID.OFFLINE_STATES
    if name not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, rule)
    if state.resources[name].state is ResourceState.ONLINE_PENDING:
        return refused(Status.ERROR_INVALID_STATE, state, rule)
    state = persist(state, [name], online=False)
    if state.resources[name].state is ResourceState.OFFLINE:
        return refused(Status.ERROR_SUCCESS, state, rule)
    if state.resources[name].state is ResourceState.FAILED:
        return refused(Status.ERROR_RESOURCE_FAILED, state, rule)
    course = go_offline(rules, Course(state), name)
    answers = (Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING)
    return frozenset(outcome(status, course, rule) for status in answers)


def fail_resource(
    _: Rulebook, state: ClusterState, event: FailClusterResource
) -> frozenset[Outcome]:
    """FailClusterResource, or a failure that the cluster service noticed."""
    name, rule = fold(event.resource), RuleID.OFFLINE_STATES
    if name not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, rule)
    if state.resources[name].state not in RUNNING:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, fail(Course(state), name), rule)})


@clause(RuleID.DELETE_STATES)
def delete_resource(
    rules: Rulebook, state: ClusterState, event: DeleteClusterResource
) -> frozenset[Outcome]:
    """DeleteClusterResource: only an offline or failed resource on which no other depends."""
    name, rule = fold(event.resource), RuleID.DELETE_STATES
    if name not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, rule)
    if state.resources[name].state is ResourceState.ONLINE:
        return refused(Status.ERROR_RESOURCE_ONLINE, state, rule)
    if state.resources[name].state is ResourceState.ONLINE_PENDING:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    if any(name in other.dependencies for other in state.resources.values()):
        return refused(Status.ERROR_DEPENDENT_RESOURCE_EXISTS, state, rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, delete(rules, Course(state), name), rule)})


def begin_by_service(_: Rulebook, state: ClusterState, event: BringOnline) -> frozenset[Outcome]:
    """BringOnline: the cluster service returns a resource to its persistent state, Online."""
    name = fold(event.resource)
    if name not in state.resources or not state.resources[name].persistent_online:
        return _NONE
    if not may_begin_online(state, name):
        return _NONE
    course = begin_online(Course(state), name)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.ONLINE_STATES)})


def restore_checkpoint(
    rules: Rulebook, state: ClusterState, event: RestoreCheckpoint
) -> frozenset[Outcome]:
    """RestoreCheckpoint: the cluster service restores one checkpoint that still waits."""
    name = fold(event.resource)
    if name not in state.resources:
        return _NONE
    wanted = rules.comparison(event.checkpoint)
    return frozenset(
        outcome(
            Status.ERROR_SUCCESS,
            rules.restore(Course(state), name, checkpoint),
            RuleID.RESTORE_BEFORE_ONLINE,
        )
        for checkpoint in unrestored(state, name)
        if checkpoint.name.folded == wanted
    )


def dll_online(rules: Rulebook, state: ClusterState, event: DllOnline) -> frozenset[Outcome]:
    """DllOnline: the Online entry point of the resource DLL has run."""
    name = fold(event.resource)
    if name not in state.resources or not may_complete_online(rules, state, name):
        return _NONE
    course = complete_online(Course(state), name)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.RESTORE_BEFORE_ONLINE)})
