"""Backup and restore of the cluster database."""

from dataclasses import replace

from clusckpt.names import fold
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import Backup, ClusterState
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import BackupClusterDatabase, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


def back_up(
    rules: Rulebook, state: ClusterState, event: BackupClusterDatabase
) -> frozenset[Outcome]:
    """BackupClusterDatabase: a path that is used again is overwritten."""
    rule = RuleID.IN_BACKUP
    if not any(node.up for node in state.nodes.values()):
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    backups = state.backups.insert(fold(event.path), rules.backup(state))
    course = Course(state).to(replace(state, backups=backups), move=Move("backup"))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


def restore_backup(
    _: Rulebook, state: ClusterState, event: RestoreClusterDatabase
) -> frozenset[Outcome]:
    """RestoreClusterDatabase: only while no other node is active."""
    node, rule = fold(event.node), RuleID.RESTORE_DATABASE
    backup = state.backups.get(fold(event.path))
    if any(other.up for name, other in state.nodes.items() if name != node):
        return refused(Status.ERROR_CLUSTER_NODE_UP, state, rule)
    if backup is None or not state.nodes[node].up:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    course = _brought_back(Course(state, (Move("restore_database", (node,)),)), backup)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


@clause(RuleID.RESTORE_DATABASE, RuleID.IN_BACKUP)
def _brought_back(course: Course, backup: Backup) -> Course:
    """The database is the backup's; the service starts anew, so every resource is offline."""
    resources = backup.resources
    for name, resource in backup.resources.items():
        rested = replace(resource, state=ResourceState.OFFLINE, restored=frozenset())
        resources = resources.insert(name, rested)
    changes = [
        Change(part, name, RuleID.RESTORE_DATABASE)
        for name in resources
        for part in (Part.STATE, Part.LIST, Part.COPY)
    ]
    return course.to(replace(course.state, resources=resources, copies=backup.copies), *changes)
