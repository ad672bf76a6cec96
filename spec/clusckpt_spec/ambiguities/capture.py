"""Ambiguities about capture: when a stored copy is taken, and of what.

The one subtle fact: no document says how soon a change reaches the stored copy. Nearly every
question here comes from that gap, because a delay leaves room for events in between.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["CAPTURE_AMBIGUITIES"]

CAPTURE_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A1,
        question="Must a change made while online be captured, and how soon?",
        evidence=(
            'MsCS "Checkpointing" says whenever anything changes, without exception; KB174070 '
            'says "ensures"; [MS-CMRP] 3.1.4.3.1.21 says MAY detect and SHOULD monitor; the log in '
            'KB897666 shows captures "due to timer".'
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("immediate", "The capture is part of the change: no event comes in between."),
            Choice("eventual", "A timer captures later, and one capture may serve many changes."),
            Choice("optional", "After the first stored copy, no further capture has to come."),
        ),
        stance=(
            "A change is captured at some later time while the resource stays online; a crash "
            "before that may lose it."
        ),
    ),
    Ambiguity(
        id=AmbiguityID.A2,
        question="Are the checkpoints of a resource saved when it is taken offline in order?",
        evidence=(
            "KB174070 says so; so does a report on sqlserver-help.com (2015). MsCS "
            '"Checkpointing" and [MS-CMRP] do not mention it.'
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("not-saved", "Going offline captures nothing."),
            Choice("saved", "An orderly offline captures every root once more."),
        ),
        stance="An orderly offline saves; a crash or a terminated resource does not.",
    ),
    Ambiguity(
        id=AmbiguityID.A3,
        question="What becomes of a change made while the resource is between online and offline?",
        evidence=(
            'MsCS "Checkpointing" speaks of online and offline only; no document mentions '
            "OnlinePending or OfflinePending."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("overwritten", "Such a change counts as an offline one."),
            Choice("captured", "Such a change counts as an online one."),
            Choice("either", "Such a change may be captured or not."),
        ),
        stance="Unspecified: both fates are allowed.",
    ),
    Ambiguity(
        id=AmbiguityID.A4,
        question="When is the first stored copy of a new checkpoint taken?",
        evidence=(
            "KB174070: the specified key is checkpointed when it is specified. [MS-CMRP] "
            '3.1.4.3.1.21 says "take another checkpoint", so a first one exists. MsCS '
            '"Checkpointing" is silent. A call may also be sent to a node that does not host the '
            "resource."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("at-add", "The add captures, in every state of the resource."),
            Choice("at-first-online", "The first online after the add captures."),
            Choice("on-change-only", "Only the first change while online captures."),
        ),
        stance=(
            "The add captures from the node that executes it, in every state; which node that is "
            "when the caller names another one is unspecified."
        ),
    ),
    Ambiguity(
        id=AmbiguityID.A5,
        question=(
            "When a checkpoint is added while the resource is offline, is the local tree, however "
            "stale or edited, what the next online restores?"
        ),
        evidence=(
            "No document says so. It follows from KB174070 (capture at add) and MsCS "
            '"Checkpointing" (overwritten at online), and explains why KB912397 and '
            "sqldbadiaries.com (2010) remove a checkpoint and add it again."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("local-tree-captured", "The local tree becomes the stored copy at the add."),
            Choice("nothing-captured", "An add while offline captures nothing until online."),
        ),
        stance="Say it openly: the local tree is captured, and the next online restores it.",
    ),
    Ambiguity(
        id=AmbiguityID.A24,
        question=(
            "Does a restore for one resource make an online resource capture that has the same "
            "key under a root?"
        ),
        evidence=(
            'MsCS "Checkpointing" says whenever anything changes; the page of '
            "RegNotifyChangeKeyValue says that it does not see what RegRestoreKey changes. That "
            "the Cluster service uses these two is inferred."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("recaptured", "The restore counts as a change: the online resource captures."),
            Choice("not-recaptured", "The restore does not count as a change."),
            Choice("either", "The online resource may capture or not."),
        ),
        stance="Unspecified: both are allowed.",
    ),
    Ambiguity(
        id=AmbiguityID.A28,
        question=(
            "After a failed restore that was survived, does the next change capture the local tree "
            "over the good stored copy?"
        ),
        evidence=(
            'No document says. Read to the letter, MsCS "Checkpointing" and KB174070 capture '
            "every change while online, whatever happened before."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("captured-over", "The next capture replaces the good stored copy."),
            Choice("good-copy-kept", "No capture takes place until a restore has succeeded."),
        ),
        stance="The capture takes place; report it as a hazard.",
    ),
    Ambiguity(
        id=AmbiguityID.A29,
        question="Does a change made while the resource is failed count as offline or as online?",
        evidence=(
            'MsCS "Checkpointing" speaks of online and offline only; a Microsoft blog (suhde, '
            "2009) reports that edits made in the failed state are overwritten."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("like-offline", "It is not captured, and the next online overwrites it."),
            Choice("like-online", "It is captured like a change while online."),
        ),
        stance="Failed is treated like offline.",
    ),
    Ambiguity(
        id=AmbiguityID.A33,
        question="What becomes of the stored copy when a checkpoint is deleted while online?",
        evidence=(
            "The page of the delete code sets no condition on the state of the resource and "
            "mentions only the list."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("dropped", "Capture stops and the stored copy is dropped at once."),
            Choice("kept-until-offline", "The stored copy stays until the resource is offline."),
        ),
        stance="Capture stops and the stored copy is dropped.",
    ),
    Ambiguity(
        id=AmbiguityID.A40,
        question="Is a capture atomic against writes that happen at the same time?",
        evidence="No document says anything about it.",
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("may-mix", "A stored copy may hold some of the concurrent writes only."),
            Choice("atomic", "A stored copy is the tree of one moment."),
        ),
        stance="Not specified: a stored copy may mix moments.",
    ),
    Ambiguity(
        id=AmbiguityID.A44,
        question="Which word of [MS-CMRP] holds for capture on change, the MAY or the SHOULD?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.21, 3.1.4.3.1.28 and 3.1.4.3.1.29 have both in one paragraph: MAY "
            "detect changes, SHOULD monitor changes."
        ),
        scope=Scope.WORDING,
        choices=(
            Choice("should-dominates", "The SHOULD holds and the MAY adds nothing."),
            Choice("may-dominates", "The MAY holds and the SHOULD is advice."),
        ),
        stance="The SHOULD dominates; what a server then does is chosen in A1.",
    ),
)
"""The ambiguities about capture, in order of their numbers."""
