"""Ambiguities about restore: what is written, in which order, and what a failure does.

The one subtle fact: a failure is logged for one key at a time (event 1024), so a restore is not
one act but one per checkpoint, and the documents say nothing about their order.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["RESTORE_AMBIGUITIES"]

RESTORE_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A22,
        question="May the roots of one resource lie within each other, and which is restored last?",
        evidence=(
            "No document mentions it; the check for duplicates names only the specified key."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("allowed-any-order", "They may, and they are restored in any order."),
            Choice("refused", "Adding a root within or above another one fails."),
        ),
        stance=(
            "Allowed, in any order: where the stored copies differ, the keys in common may end "
            "up as either."
        ),
    ),
    Ambiguity(
        id=AmbiguityID.A23,
        question="May two resources have a checkpoint of the same key?",
        evidence=(
            'MsCS "Checkpointing" warns of instances on different nodes and prohibits nothing; '
            "[MS-CMRP] 3.1.1.1.1.1 compares paths within a given resource. Microsoft's own "
            "guidance for SQL Server key management adds one key to every instance."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("allowed", "They may; the last restore wins, and each online one captures."),
            Choice("refused", "The second add fails."),
        ),
        stance="Allowed: the last restore wins, and each online resource captures for itself.",
    ),
    Ambiguity(
        id=AmbiguityID.A25,
        question="Does a failed restore keep the resource from coming online?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.21: MUST restore prior to bringing online. Events 1024 and 1121: "
            '"may not function correctly". KB188674: event 1024 "can be ignored"; KB316772 and '
            "KB310327 report the event without a failed online."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("fatal", "The online fails."),
            Choice("logged-and-survived", "An event is logged and the local tree is used."),
        ),
        stance="Windows logs the event and goes online with the local tree, against the MUST.",
    ),
    Ambiguity(
        id=AmbiguityID.A26,
        question="When one of several restores fails, are the others still made?",
        evidence="Not documented; the text of event 1024 names one key.",
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("independent", "Each checkpoint is restored or fails for itself."),
            Choice("all-or-nothing", "After one failure no tree is left restored."),
        ),
        stance="Each checkpoint for itself.",
    ),
    Ambiguity(
        id=AmbiguityID.A27,
        question="Does a resource come online when a checkpoint is listed but its copy is missing?",
        evidence=(
            "The procedure of KB278464 deletes the checkpoint files and relies on online; the "
            "Cluster Server Recovery Utility exists to make lost files anew. Both are weak."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("online-without-overwrite", "It does, and the local tree is left as it is."),
            Choice("fatal", "The online fails."),
        ),
        stance="The online proceeds and overwrites nothing.",
    ),
    Ambiguity(
        id=AmbiguityID.A30,
        question="When an offline resource moves, is anything restored on the new node at once?",
        evidence=(
            'MsCS "Checkpointing": "before the resource is brought online". No document mentions '
            "a resource that stays offline."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("not-until-online", "Nothing is restored before the next online."),
            Choice("at-move", "The move itself restores."),
        ),
        stance="Nothing is restored until the resource is brought online.",
    ),
    Ambiguity(
        id=AmbiguityID.A31,
        question="Do nodes that do not host the resource receive its trees?",
        evidence=(
            'KB174070: "replicated to all nodes"; KB278464: "then copied to the other node". MsCS '
            '"Checkpointing" restores on the new node before online; sqldbadiaries.com (2010) '
            "saw the other nodes stale."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("at-online", "A node receives a tree only when it is to host the resource."),
            Choice("eager", "Every possible owner receives a tree when it is captured."),
        ),
        stance="Only at online; until then the other nodes are stale, and the KB words are loose.",
    ),
)
"""The ambiguities about restore, in order of their numbers."""
