"""The quorum resource: what its loss stops, and what the recovery tool makes anew."""

from collections.abc import Iterator

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.contents import described, in_copy, on_node, same
from clusckpt.properties.happening import checkpoints, is_running, is_served
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState, Container, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, QuorumChange, RecreateCheckpoints
from clusckpt_spec.register.ids import RuleID

_RECREATED = RuleID.KB_CAPTURE_AT_ADD


@property_of(RuleID.FAILOVER)
def lost_quorum_stops_everything(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Without a quorum no node takes part and nothing runs; every copy and registry stays."""
    after, rule = outcome.state, RuleID.FAILOVER
    if after.quorum is Quorum.LOST:
        up = sorted(name for name, node in after.nodes.items() if node.up)
        running = sorted(name for name in after.resources if is_running(after, name))
        if up or running:
            yield violation(rule, f"{up} take part, {running} run", "nothing without a quorum")
    if isinstance(event, QuorumChange):
        kept = all(
            same(after.nodes[name].registry, node.registry)
            and same(after.nodes[name].containers, node.containers)
            for name, node in before.nodes.items()
        )
        if not kept or not same(after.copies, before.copies):
            yield violation(rule, "a copy or a node's data changed", "they stay as they were")


@property_of(_RECREATED)
def recreated_from_the_owner(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The recovery tool copies what the node has that owns the resource now, in any state.

    Source: help of the Cluster Server Recovery Utility, "from the node that currently owns".
    """
    if not isinstance(event, RecreateCheckpoints):
        return
    name = fold(event.resource)
    if is_served(before) and name not in before.resources:
        yield from wrong_refusal(_RECREATED, before, outcome, Status.ERROR_RESOURCE_NOT_FOUND)
    elif (
        not is_served(before)
        or not before.nodes[before.owner_of(name)].up
        or before.quorum is not Quorum.ONLINE
    ):
        yield from wrong_refusal(_RECREATED, before, outcome, Status.UNSPECIFIED_FAILURE)
    elif outcome.status is not Status.ERROR_SUCCESS or name not in outcome.state.resources:
        yield violation(_RECREATED, outcome.status.name, "ERROR_SUCCESS")
    else:
        yield from _wrong_copies(name, before, outcome.state)


def _wrong_copies(name: Folded, before: ClusterState, after: ClusterState) -> Iterator[Violation]:
    owner = before.owner_of(name)
    for entry in checkpoints(after, name):
        there, copy = on_node(before, owner, entry), in_copy(after, name, entry)
        fixed = isinstance(there, Container) and not there.exportable
        if there is not None and not fixed and not same(copy, there):
            yield violation(
                _RECREATED,
                f"the copy of {entry.given} of {name} was made anew as {described(copy)}",
                f"{described(there)}, as on {owner}, which owns {name}",
            )
