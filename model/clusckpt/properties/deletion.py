"""Deletion: which resources can be deleted, and what goes with them."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import same
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, DeleteClusterResource
from clusckpt_spec.register.ids import RuleID

_RESTING = (ResourceState.OFFLINE, ResourceState.FAILED)


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
    _chronicle: Chronicle, before: ClusterState, _event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that is gone has no copy; all other copies and every registry stay (A32)."""
    after = outcome.state
    for name in sorted(set(before.resources) - set(after.resources)):
        left = sorted(key[1].folded for key in after.copies if key[0] == name)
        if left:
            yield violation(
                RuleID.DELETED_WITH_RESOURCE,
                f"{name} is deleted and the quorum holds its copies of {left}",
                f"no copy of {name}",
            )
        expected = {key: copy for key, copy in before.copies.items() if key[0] != name}
        others = {key: copy for key, copy in after.copies.items() if key[0] != name}
        if others != expected or not same(after.nodes, before.nodes):
            yield violation(
                RuleID.DELETED_WITH_RESOURCE,
                f"the deletion of {name} changed copies of other resources, or a node",
                f"only what belongs to {name} goes",
            )


def _refusal(before: ClusterState, name: Folded) -> Status | None:
    """The status with which a deletion is refused, or None if it is not."""
    if name not in before.resources:
        return Status.ERROR_RESOURCE_NOT_FOUND
    state = before.resources[name].state
    if state is ResourceState.ONLINE:
        return Status.ERROR_RESOURCE_ONLINE
    if state not in _RESTING:
        return Status.UNSPECIFIED_FAILURE
    if any(name in other.dependencies for other in before.resources.values()):
        return Status.ERROR_DEPENDENT_RESOURCE_EXISTS
    return None
