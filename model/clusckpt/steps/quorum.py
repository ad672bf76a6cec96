"""The quorum resource: full, lost and back; copies that get lost, and are made anew by a tool."""

from dataclasses import replace

from clusckpt.names import Folded, fold
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import copied, local_copy
from clusckpt.state import CheckpointName, ClusterState, Quorum
from clusckpt.steps.elementary import crash, in_order
from clusckpt.steps.outcome import Outcome, outcome, refused, unanswered
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import LoseStoredCopy, QuorumChange, RecreateCheckpoints
from clusckpt_spec.register.ids import RuleID

_NONE: frozenset[Outcome] = frozenset()


def change_quorum(_: Rulebook, state: ClusterState, event: QuorumChange) -> frozenset[Outcome]:
    """QuorumChange: full, it can be read and not written; lost, the service runs on no node.

    KB251284: with a full quorum disk "changes to the cluster registry will be prevented". Without
    a quorum every node leaves the cluster, and its resources are terminated where they are.
    """
    quorum = Quorum(event.quorum)
    if state.quorum is quorum:
        return _NONE
    course = Course(replace(state, quorum=quorum))
    if quorum is Quorum.LOST:
        for node in sorted(name for name, one in state.nodes.items() if one.up):
            course = crash(course, node)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.FAILOVER)})


def lose_copy(rules: Rulebook, state: ClusterState, event: LoseStoredCopy) -> frozenset[Outcome]:
    """LoseStoredCopy: the list still has the checkpoint, and there is nothing to restore (A27)."""
    name = fold(event.resource)
    if name not in state.resources:
        return _NONE
    return frozenset(
        _without(state, name, checkpoint.name)
        for checkpoint in state.resources[name].checkpoints.values()
        if rules.names(event.checkpoint, checkpoint) and (name, checkpoint.name) in state.copies
    )


def _without(state: ClusterState, name: Folded, checkpoint: CheckpointName) -> Outcome:
    rule = RuleID.RESTORE_BEFORE_ONLINE
    after = replace(state, copies=state.copies.remove((name, checkpoint)))
    resource = state.resources[name]
    changed = replace(
        resource, restored=resource.restored - {checkpoint}, saved=resource.saved - {checkpoint}
    )
    after = after.with_resource(name, changed)
    move = Move("lose_copy", (name, checkpoint))
    course = Course(state).to(after, Change(Part.COPY, name, rule, checkpoint), move=move)
    return outcome(Status.ERROR_SUCCESS, course, rule)


def recreate_checkpoints(
    _: Rulebook, state: ClusterState, event: RecreateCheckpoints
) -> frozenset[Outcome]:
    """RecreateCheckpoints: the Cluster Server Recovery Utility makes every copy anew.

    "Each checkpoint file is populated with the current value of the appropriate registry key from
    the node that currently owns the resource", regardless of the state of the resource.
    """
    name, rule = fold(event.resource), RuleID.KB_CAPTURE_AT_ADD
    if no_answer := unanswered(state, name, rule):
        return no_answer
    owner = state.owner_of(name)
    if not state.nodes[owner].up or state.quorum is not Quorum.ONLINE:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    course = Course(state).to(state, move=Move("recreate", (name,)))
    for checkpoint in in_order(state.resources[name]):
        copy = local_copy(state, owner, checkpoint)
        if copy is not None:
            course = copied(course, name, checkpoint, copy, rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})
