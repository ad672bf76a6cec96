"""Deletion: which resources can be deleted, and what goes with them."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import same
from clusckpt.properties.happening import RESTING, is_served
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    CreateClusterResource,
    DeleteClusterResource,
    RestoreClusterDatabase,
)
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.DELETE_STATES)
def deletes_resting_resources_only(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """DeleteClusterResource takes a resource at rest on which no other depends, and no other."""
    if not isinstance(event, DeleteClusterResource):
        return
    name = fold(event.resource)
    refusal = _refusal(before, name)
    if refusal is not None:
        yield from wrong_refusal(RuleID.DELETE_STATES, before, outcome, refusal)
    elif outcome.status is not Status.ERROR_SUCCESS or name in outcome.state.resources:
        yield violation(
            RuleID.DELETE_STATES,
            f"{outcome.status.name} to the deletion of {name}, which is "
            f"{state_label(before.resources[name].state)}",
            f"ERROR_SUCCESS, and {name} is gone",
        )


@property_of(RuleID.DELETED_WITH_RESOURCE)
def checkpoints_go_with_the_resource(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that is gone has no copy; all other copies and every registry stay (A32).

    Other readings drop its copies in a later step (A42), or remove its trees as well (A32).
    """
    after, reading = outcome.state, chronicle.reading
    if isinstance(event, RestoreClusterDatabase):
        return
    later = reading[AmbiguityID.A42] == "two-steps"
    trees_go = reading[AmbiguityID.A32] == "registry-removed"
    for name in sorted(set(before.resources) - set(after.resources)):
        left = sorted(key[1].folded for key in after.copies if key[0] == name)
        if left and not later:
            yield violation(
                RuleID.DELETED_WITH_RESOURCE,
                f"{name} is deleted and the quorum holds its copies of {left}",
                f"no copy of {name}",
            )
        expected = {key: copy for key, copy in before.copies.items() if key[0] != name}
        others = {key: copy for key, copy in after.copies.items() if key[0] != name}
        if others != expected or not (trees_go or same(after.nodes, before.nodes)):
            yield violation(
                RuleID.DELETED_WITH_RESOURCE,
                f"the deletion of {name} changed copies of other resources, or a node",
                f"only what belongs to {name} goes",
            )


@property_of(RuleID.DELETED_WITH_RESOURCE)
def new_resource_has_nothing(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that is created has no checkpoint, whatever one of its name had before."""
    if not isinstance(event, CreateClusterResource):
        return
    name, group, rule = fold(event.resource), fold(event.group), RuleID.DELETED_WITH_RESOURCE
    if is_served(before) and group not in before.groups:
        yield from wrong_refusal(rule, before, outcome, Status.ERROR_GROUP_NOT_FOUND)
        return
    if (
        not is_served(before)
        or name in before.resources
        or not before.nodes[before.groups[group].owner].up
    ):
        yield from wrong_refusal(rule, before, outcome, Status.UNSPECIFIED_FAILURE)
        return
    resource = outcome.state.resources.get(name)
    if resource is None or resource.state is not ResourceState.OFFLINE:
        yield violation(rule, f"{outcome.status.name}, and no {name} at rest", f"{name}, offline")
        return
    later = chronicle.reading[AmbiguityID.A42] == "two-steps"
    copies = [] if later else [key[1] for key in outcome.state.copies if key[0] == name]
    found = sorted(one.folded for one in (*resource.checkpoints, *copies))
    if found:
        yield violation(rule, f"{name} is new and has {found}", f"{name} without a checkpoint")


def _refusal(before: ClusterState, name: Folded) -> Status | None:
    """The status with which a deletion is refused, or None if it is not."""
    if not is_served(before):
        return Status.UNSPECIFIED_FAILURE
    if name not in before.resources:
        return Status.ERROR_RESOURCE_NOT_FOUND
    state = before.resources[name].state
    if state is ResourceState.ONLINE:
        return Status.ERROR_RESOURCE_ONLINE
    if state not in RESTING:
        return Status.UNSPECIFIED_FAILURE
    if any(name in other.dependencies for other in before.resources.values()):
        return Status.ERROR_DEPENDENT_RESOURCE_EXISTS
    return None
