"""Backup and restore of the cluster database, which contains the checkpoints.

Both functions were removed in Windows Server 2008: there they do nothing and answer
ERROR_CALL_NOT_IMPLEMENTED (A43).
"""

from dataclasses import replace

from clusckpt.backups import has_file_name
from clusckpt.names import fold
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import Backup, ClusterState, Quorum
from clusckpt.steps.elementary import at_rest, crash
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import BackupClusterDatabase, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


def back_up(
    rules: Rulebook, state: ClusterState, event: BackupClusterDatabase
) -> frozenset[Outcome]:
    """BackupClusterDatabase: a path that is used again is overwritten; it must name no file."""
    rule = RuleID.IN_BACKUP
    if _removed(rules):
        return refused(Status.ERROR_CALL_NOT_IMPLEMENTED, state, rule)
    if has_file_name(event.path):
        return refused(Status.ERROR_DIRECTORY, state, rule)
    if not state.is_served:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    backups = state.backups.insert(fold(event.path), rules.backup(state))
    course = Course(state).to(replace(state, backups=backups), move=Move("backup"))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def restore_backup(
    rules: Rulebook, state: ClusterState, event: RestoreClusterDatabase
) -> frozenset[Outcome]:
    """RestoreClusterDatabase: only while no other node is active, or forced.

    The service starts anew on the node and forms the cluster; the others update when they join.
    """
    node, rule = fold(event.node), RuleID.RESTORE_DATABASE
    backup = state.backups.get(fold(event.path))
    others = sorted(name for name, other in state.nodes.items() if other.up and name != node)
    if _removed(rules):
        return refused(Status.ERROR_CALL_NOT_IMPLEMENTED, state, rule)
    if others and not event.force:
        return refused(Status.ERROR_CLUSTER_NODE_UP, state, rule)
    if state.quorum is Quorum.LOST:
        return refused(Status.ERROR_QUORUM_DISK_NOT_FOUND, state, rule)
    if backup is None or not state.nodes[node].up:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    course = Course(state)
    for other in others:
        course = crash(course, other)
    course = course.to(course.state, move=Move("restore_database", (node,)))
    course = _brought_back(course, backup)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


@clause(RuleID.RESTORE_DATABASE, RuleID.IN_BACKUP)
def _brought_back(course: Course, backup: Backup) -> Course:
    """The database is the backup's; the service starts anew, so every resource is offline."""
    state = replace(course.state, resources=backup.resources, copies=backup.copies)
    for name in backup.resources:
        state = at_rest(state, name, ResourceState.OFFLINE)
    changes = [
        Change(part, name, RuleID.RESTORE_DATABASE)
        for name in backup.resources
        for part in (Part.STATE, Part.LIST, Part.COPY)
    ]
    return course.to(state, *changes)


def _removed(rules: Rulebook) -> bool:
    return rules.chooses(AmbiguityID.A43, "since-2008")
