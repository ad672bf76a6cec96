"""Requests about one resource: bring it online, take it offline, fail it, create and delete it."""

from clusckpt.names import fold
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import ClusterState, Resource
from clusckpt.steps.dependencies import dependents, needed, wanted
from clusckpt.steps.elementary import (
    RUNNING,
    begin_offline,
    begin_online,
    delete,
    fail,
    may_begin_online,
    persist,
)
from clusckpt.steps.outcome import Outcome, outcome, refused, unanswered
from clusckpt.steps.together import all_offline, all_online
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    BringOnline,
    CreateClusterResource,
    DeleteClusterResource,
    FailClusterResource,
    OfflineClusterResource,
    OnlineClusterResource,
)
from clusckpt_spec.register.ids import RuleID

_PENDING = (ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)


def bring_online(
    rules: Rulebook, state: ClusterState, event: OnlineClusterResource
) -> frozenset[Outcome]:
    """OnlineClusterResource: accepted and pending, or online already when it returns.

    [MS-CMRP] ApiOnlineResource: the persistent state is Online even if this attempt fails, and
    what the resource depends on comes online first. A restore that fails can fail the attempt.
    """
    name, rule = fold(event.resource), RuleID.ONLINE_STATES
    if no_answer := unanswered(state, name, rule):
        return no_answer
    if state.resources[name].state in _PENDING:
        return refused(Status.ERROR_INVALID_STATE, state, rule)
    state = persist(state, [name], online=True)
    if state.resources[name].state is ResourceState.ONLINE:
        return refused(Status.ERROR_SUCCESS, state, rule)
    coming = needed(state, name)
    if not all(may_begin_online(state, one) for one in coming):
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    accepted = Course(state)
    for one in coming:
        accepted = begin_online(accepted, one)
    return frozenset(
        {outcome(Status.ERROR_IO_PENDING, accepted, rule)}
        | {
            outcome(_answer(end.state.resources[name]), end, rule)
            for end in all_online(rules, accepted, coming)
        }
    )


def _answer(resource: Resource) -> Status:
    """What an online answers that has waited for its end; why it failed has no published code."""
    if resource.state is ResourceState.ONLINE:
        return Status.ERROR_SUCCESS
    failed = resource.state is ResourceState.FAILED
    return Status.UNSPECIFIED_FAILURE if failed else Status.ERROR_IO_PENDING


def take_offline(
    rules: Rulebook, state: ClusterState, event: OfflineClusterResource
) -> frozenset[Outcome]:
    """OfflineClusterResource; it may return before the resource is offline.

    What depends on the resource goes offline first.
    """
    name, rule = fold(event.resource), RuleID.OFFLINE_STATES
    if no_answer := unanswered(state, name, rule):
        return no_answer
    if state.resources[name].state in _PENDING:
        return refused(Status.ERROR_INVALID_STATE, state, rule)
    state = persist(state, [name], online=False)
    if state.resources[name].state is ResourceState.OFFLINE:
        return refused(Status.ERROR_SUCCESS, state, rule)
    if state.resources[name].state is ResourceState.FAILED:
        return refused(Status.ERROR_RESOURCE_FAILED, state, rule)
    going = [*dependents(state, name), name]
    if any(state.resources[one].state is ResourceState.ONLINE_PENDING for one in going):
        return refused(Status.ERROR_INVALID_STATE, state, rule)
    accepted = Course(state)
    for one in going:
        if state.resources[one].state is ResourceState.ONLINE:
            accepted = begin_offline(rules, accepted, one)
    end = all_offline(rules, accepted, going)
    answers = (Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING)
    return frozenset(
        {outcome(Status.ERROR_IO_PENDING, accepted, rule)}
        | {outcome(status, end, rule) for status in answers}
    )


def fail_resource(
    _: Rulebook, state: ClusterState, event: FailClusterResource
) -> frozenset[Outcome]:
    """FailClusterResource, or a failure that the cluster service noticed."""
    name, rule = fold(event.resource), RuleID.OFFLINE_STATES
    if no_answer := unanswered(state, name, rule):
        return no_answer
    if state.resources[name].state not in RUNNING:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, fail(Course(state), name), rule)})


@clause(RuleID.DELETE_STATES)
def delete_resource(
    rules: Rulebook, state: ClusterState, event: DeleteClusterResource
) -> frozenset[Outcome]:
    """DeleteClusterResource: only an offline or failed resource on which no other depends."""
    name, rule = fold(event.resource), RuleID.DELETE_STATES
    if no_answer := unanswered(state, name, rule):
        return no_answer
    if state.resources[name].state is ResourceState.ONLINE:
        return refused(Status.ERROR_RESOURCE_ONLINE, state, rule)
    if state.resources[name].state in _PENDING:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    if any(name in other.dependencies for other in state.resources.values()):
        return refused(Status.ERROR_DEPENDENT_RESOURCE_EXISTS, state, rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, delete(rules, Course(state), name), rule)})


def create_resource(
    _: Rulebook, state: ClusterState, event: CreateClusterResource
) -> frozenset[Outcome]:
    """CreateClusterResource: offline, without checkpoints, whatever a resource of that name had."""
    name, group, rule = fold(event.resource), fold(event.group), RuleID.DELETED_WITH_RESOURCE
    if not state.is_served:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    if group not in state.groups:
        return refused(Status.ERROR_GROUP_NOT_FOUND, state, rule)
    owner = state.nodes[state.groups[group].owner]
    if name in state.resources or not owner.up:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    everywhere = frozenset(state.nodes)
    course = Course(state).to(
        state.with_resource(name, Resource(event.resource, group, everywhere)),
        Change(Part.STATE, name, rule),
        Change(Part.LIST, name, rule),
        move=Move("create", (name,)),
    )
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def begin_by_service(_: Rulebook, state: ClusterState, event: BringOnline) -> frozenset[Outcome]:
    """BringOnline: the cluster service returns a resource to its persistent state, Online.

    It comes online after what it depends on, which comes online for its sake.
    """
    name = fold(event.resource)
    if name not in state.resources or not wanted(state, name):
        return frozenset()
    course = begin_online(Course(state), name)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.ONLINE_STATES)})
