"""Ambiguities about storage: where stored copies are, how they are named, when they go.

The one subtle fact: the documents call the same thing a log file, a checkpoint file and a copy
on the quorum. Nothing that a resource or an administrator can do depends on which it is, except
by opening the files of a backup.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["STORAGE_AMBIGUITIES"]

STORAGE_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A32,
        question="Does deleting a resource touch the registry of a node?",
        evidence=(
            'MsCS "Checkpointing" deletes the checkpoint, the help of the Cluster Server Recovery '
            "Utility the checkpoint file; neither mentions registry keys."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("registry-untouched", "No: every node keeps its keys."),
            Choice("registry-removed", "Yes: the trees are removed on the hosting node."),
        ),
        stance="The registry is untouched.",
    ),
    Ambiguity(
        id=AmbiguityID.A34,
        question="In what are stored copies kept?",
        evidence=(
            'MsCS "Checkpointing" says both a copy on the quorum resource and the quorum resource '
            "log file; the help of the Cluster Server Recovery Utility and the page of "
            "BackupClusterDatabase say checkpoint files."
        ),
        scope=Scope.STORAGE,
        choices=(
            Choice("abstract-store", "In the quorum, in a form that is not specified."),
            Choice("file-per-checkpoint", "In one file for each checkpoint."),
            Choice("quorum-log", "In the quorum log file."),
        ),
        stance="An abstract store.",
    ),
    Ambiguity(
        id=AmbiguityID.A35,
        question="Which file extensions do stored copies have?",
        evidence=(
            "The page of BackupClusterDatabase: .CPT for registry and .CPR for crypto. The help of "
            "the Cluster Server Recovery Utility: .CPT for both. A Microsoft blog (askcore, 2007): "
            ".CPR for all."
        ),
        scope=Scope.STORAGE,
        choices=(
            Choice("cpt-and-cpr", "CPT for registry and CPR for crypto."),
            Choice("all-cpt", "CPT for both."),
            Choice("all-cpr", "CPR for both."),
        ),
        stance="CPT for registry and CPR for crypto.",
    ),
    Ambiguity(
        id=AmbiguityID.A36,
        question="Does a backup hold crypto checkpoints?",
        evidence=(
            "The summary of BackupClusterDatabase says all registry checkpoints, its file table "
            'also lists crypto files; MsCS "Checkpointing" says checkpoints.'
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("both-kinds", "Yes: registry and crypto checkpoints."),
            Choice("registry-only", "No: registry checkpoints alone."),
        ),
        stance="A backup holds both kinds.",
    ),
    Ambiguity(
        id=AmbiguityID.A42,
        question="Can a crash fall between the deletion of a resource and that of its checkpoints?",
        evidence="No document says anything about it.",
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("one-step", "No: both are deleted in one step."),
            Choice("two-steps", "Yes: stored copies without a resource can stay behind."),
        ),
        stance="One step.",
    ),
)
"""The ambiguities about storage, in order of their numbers."""
