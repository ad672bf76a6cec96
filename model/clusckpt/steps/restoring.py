"""Restoring: which checkpoints of a resource that comes online are restored next, and how.

A restore succeeds, or fails because something keeps the tree or the container from being replaced;
then the online fails or goes on (A25). Without a stored copy there is nothing to restore (A27).
"""

from dataclasses import replace

from clusckpt.blocking import blocked_keys
from clusckpt.names import Folded
from clusckpt.rules import Change, Course, LogEntry, Move, Part, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.rules.course import MoveArgument
from clusckpt.rules.restore import hindrance, marked
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState
from clusckpt.steps.elementary import at_rest, in_order
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.register.ids import RuleID

REGISTRY_RESTORE_FAILED = 1024
CRYPTO_RESTORE_FAILED = 1121
"""Events CP_REG_CKPT_RESTORE_FAILED and CP_CRYPTO_CKPT_RESTORE_FAILED."""


def unrestored(rules: Rulebook, state: ClusterState, name: Folded) -> list[Checkpoint]:
    """The checkpoints that a resource has to see restored and has not, in order of name."""
    resource = state.resources[name]
    if resource.state not in (ResourceState.ONLINE_PENDING, ResourceState.ONLINE):
        return []
    called_for = rules.restores(state, name)
    if resource.state is ResourceState.ONLINE:
        called_for = frozenset(entry for entry in called_for if (name, entry) in state.copies)
    return [
        entry
        for entry in in_order(resource)
        if entry.name in called_for and entry.name not in resource.restored
    ]


def restorable(rules: Rulebook, state: ClusterState, name: Folded) -> list[Checkpoint]:
    """Those, and the ones that may be restored again because they changed since (A3)."""
    resource = state.resources[name]
    again = []
    if resource.state is ResourceState.ONLINE_PENDING and rules.chooses(AmbiguityID.A3, "either"):
        again = [
            entry
            for entry in in_order(resource)
            if entry.name in resource.doubtful & resource.restored
            if (name, entry.name) in state.copies
        ]
    return unrestored(rules, state, name) + again


def attempted(rules: Rulebook, course: Course, name: Folded, checkpoint: Checkpoint) -> Course:
    """The cluster service restores a checkpoint, or fails to."""
    group = [checkpoint]
    if rules.chooses(AmbiguityID.A26, "all-or-nothing"):
        others = unrestored(rules, course.state, name)
        group += [other for other in others if other.name != checkpoint.name]
    missing = [entry.name for entry in group if (name, entry.name) not in course.state.copies]
    if missing:
        return _failed(course, name, Move("miss_copy", (name, missing[0])))
    node = rules.target(course.state, name)
    causes = [(entry, obstacle(rules, course.state, name, node, entry)) for entry in group]
    blocked = [(entry, cause) for entry, cause in causes if cause is not None]
    if not blocked:
        for entry in group:
            course = rules.restore(course, name, entry)
        return _without_failure(course, name, group)
    for entry, cause in blocked:
        move = Move("fail_restore", (name, entry.name, *(cause or ())))
        course = _failure(rules, course, name, entry, move)
    return _given_up(rules, course, name, group)


@clause(RuleID.RESTORE_BEFORE_ONLINE)
def _failure(
    rules: Rulebook, course: Course, name: Folded, checkpoint: Checkpoint, move: Move
) -> Course:
    """A restore failed: event 1024 or 1121 is logged, and the online fails or goes on (A25).

    Event 1024: "The resource may not function correctly."
    """
    course = course.log(failure_logged(name, checkpoint))
    if not rules.survives_failures:
        return _failed(course, name, move)
    resource = course.state.resources[name]
    restored = resource.restored | {checkpoint.name}
    if rules.chooses(AmbiguityID.A28, "good-copy-kept"):
        resource = replace(resource, failed=resource.failed | {checkpoint.name})
    changed = course.state.with_resource(name, resource)
    return course.to(marked(changed, name, restored), move=move)


def _failed(course: Course, name: Folded, move: Move) -> Course:
    """The online has failed, unless an earlier failure has ended it already."""
    resource = course.state.resources[name]
    if resource.state is ResourceState.FAILED:
        return course
    change = Change(Part.STATE, name, RuleID.RESTORE_BEFORE_ONLINE)
    failed = at_rest(course.state, name, ResourceState.FAILED)
    return course.to(failed, change, move=move)


def _given_up(rules: Rulebook, course: Course, name: Folded, group: list[Checkpoint]) -> Course:
    """Where one failure stops all restores (A26), the others are not tried again."""
    resource = course.state.resources[name]
    if not rules.survives_failures or resource.state is ResourceState.FAILED:
        return course
    restored = resource.restored | {entry.name for entry in group}
    return course.to(marked(course.state, name, restored))


def _without_failure(course: Course, name: Folded, group: list[Checkpoint]) -> Course:
    resource = course.state.resources[name]
    failed = resource.failed - {entry.name for entry in group}
    return course.to(course.state.with_resource(name, replace(resource, failed=failed)))


def obstacle(
    rules: Rulebook, state: ClusterState, name: Folded, node: Folded, checkpoint: Checkpoint
) -> tuple[MoveArgument, ...] | None:
    """What makes the restore of a checkpoint to a node fail, as `hindrance` says it, or None.

    A forced restore deletes keys that are open; what it may not write it cannot delete.
    """
    cause = hindrance(state, name, node, checkpoint)
    if not cause or not rules.reading.product.restore_force:
        return cause
    there = state.nodes[node]
    denied = [key for key in blocked_keys(there, checkpoint.folded_root) if key in there.denied]
    return (denied[0],) if denied else None


def failure_logged(name: Folded, checkpoint: Checkpoint) -> LogEntry:
    """The event that the cluster service logs when a restore has failed."""
    registry = checkpoint.name.kind is CheckpointKind.REGISTRY
    number = REGISTRY_RESTORE_FAILED if registry else CRYPTO_RESTORE_FAILED
    return LogEntry(number, name, checkpoint.given)
