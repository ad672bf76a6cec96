"""Requests to bring a resource online, take it offline or fail it: answers and states."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.depending import coming_for, dependents_of
from clusckpt.properties.happening import PENDING, RESTING, in_state, is_running, is_served
from clusckpt.properties.hindered import may_have_failed
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    FailClusterResource,
    OfflineClusterResource,
    OnlineClusterResource,
)
from clusckpt_spec.register.ids import RuleID

_Answer = tuple[Status, ResourceState]


@property_of(RuleID.ONLINE_STATES)
def online_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """From a settled state the request is accepted and remembered; during a change it is refused.

    What the resource needs comes online first, so all of that must be able to. The online can
    fail, if a restore fails that it needs (A25, A27).
    """
    if isinstance(event, OnlineClusterResource):
        name = fold(event.resource)
        allowed = _online_answers(before, name)
        there = name in before.resources and name in outcome.state.resources
        if there and may_have_failed(chronicle.reading, before, outcome.state, name):
            allowed += [(Status.UNSPECIFIED_FAILURE, ResourceState.FAILED)] * (len(allowed) > 1)
        rule = RuleID.ONLINE_STATES
        yield from _wrong_answer(rule, before, outcome, name, allowed)
        if allowed and not _persists(outcome.state, name, online=True):
            yield violation(rule, f"{name} is not to stay online", "its persistent state is Online")


@property_of(RuleID.OFFLINE_STATES)
def offline_answers(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """An online resource goes offline, one at rest says so, one that is changing refuses."""
    rule = RuleID.OFFLINE_STATES
    if isinstance(event, OfflineClusterResource):
        name = fold(event.resource)
        allowed = _offline_answers(before, name)
        yield from _wrong_answer(rule, before, outcome, name, allowed)
        if allowed and not _persists(outcome.state, name, online=False):
            yield violation(rule, f"{name} is to stay online", "its persistent state is Offline")
    if isinstance(event, FailClusterResource):
        name = fold(event.resource)
        failed = [(Status.ERROR_SUCCESS, ResourceState.FAILED)] if is_running(before, name) else []
        yield from _wrong_answer(rule, before, outcome, name, failed)


def _online_answers(before: ClusterState, name: Folded) -> list[_Answer]:
    """The answers to an online request with the state after each; none if it is refused."""
    if name not in before.resources or not is_served(before):
        return []
    resource, owner = before.resources[name], before.owner_of(name)
    if resource.state is ResourceState.ONLINE:
        return [(Status.ERROR_SUCCESS, ResourceState.ONLINE)]
    if resource.state not in RESTING:
        return []
    possible = [before.resources[one].possible_owners for one in coming_for(before, name)]
    if not before.nodes[owner].up or not all(owner in owners for owners in possible):
        return [(Status.UNSPECIFIED_FAILURE, resource.state)]
    return [
        (Status.ERROR_SUCCESS, ResourceState.ONLINE),
        (Status.ERROR_IO_PENDING, ResourceState.ONLINE_PENDING),
    ]


def _offline_answers(before: ClusterState, name: Folded) -> list[_Answer]:
    """The answers to an offline request with the state after each; none if it is refused."""
    if name not in before.resources or not is_served(before):
        return []
    state = before.resources[name].state
    if state is ResourceState.OFFLINE:
        return [(Status.ERROR_SUCCESS, state)]
    if state is ResourceState.FAILED:
        return [(Status.ERROR_RESOURCE_FAILED, state)]
    if state is not ResourceState.ONLINE:
        return []
    pending = {ResourceState.ONLINE_PENDING}
    if pending & {before.resources[one].state for one in dependents_of(before, name)}:
        return [(Status.ERROR_INVALID_STATE, state)]
    return [
        (Status.ERROR_SUCCESS, ResourceState.OFFLINE),
        (Status.ERROR_IO_PENDING, ResourceState.OFFLINE),
        (Status.ERROR_IO_PENDING, ResourceState.OFFLINE_PENDING),
    ]


def _wrong_answer(
    rule: RuleID, before: ClusterState, outcome: Outcome, name: Folded, allowed: list[_Answer]
) -> Iterator[Violation]:
    """What is wrong with an answer; no allowed answer means that the request is refused."""
    if not allowed:
        yield from wrong_refusal(rule, before, outcome, _refusal(before, name))
        return
    resource = outcome.state.resources.get(name)
    if resource is None or not any(
        status.satisfied_by(outcome.status) and resource.state is state for status, state in allowed
    ):
        yield violation(
            rule,
            f"{outcome.status.name}, and {name} is "
            f"{'gone' if resource is None else state_label(resource.state)}",
            " or ".join(f"{status.name} and {state_label(state)}" for status, state in allowed),
        )


def _refusal(before: ClusterState, name: Folded) -> Status:
    """The status of a request that is refused."""
    if not is_served(before):
        return Status.UNSPECIFIED_FAILURE
    if name not in before.resources:
        return Status.ERROR_RESOURCE_NOT_FOUND
    pending = in_state(before, name, *PENDING)
    return Status.ERROR_INVALID_STATE if pending else Status.UNSPECIFIED_FAILURE


def _persists(state: ClusterState, name: Folded, *, online: bool) -> bool:
    """Whether a resource is there and has that persistent state."""
    return name in state.resources and state.resources[name].persistent_online is online
