"""Ambiguities about the calls: what the delete and list codes cover, and what they answer.

The one subtle fact: there are three codes that add a registry checkpoint, one that deletes and
one that lists, so both must be read as covering kinds that their pages do not name.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["CALL_AMBIGUITIES"]

CALL_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A11,
        question="Can the one delete code remove a checkpoint of the 32-bit or 64-bit add code?",
        evidence=(
            "Only one delete code exists; [MS-CMRP] 3.1.4.3.1.22 says that the checkpoint MUST "
            "have been added with the plain add code of 3.1.4.3.1.21."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("all-three-kinds", "It can: the path alone decides."),
            Choice("plain-kind-only", "It cannot; only the plain kind can be deleted."),
        ),
        stance="The delete code works by path for all three kinds.",
    ),
    Ambiguity(
        id=AmbiguityID.A12,
        question="Which kinds does the list of registry checkpoints hold?",
        evidence=(
            "The MsCS page names entries added with the plain code; [MS-CMRP] 3.1.4.3.1.23 says "
            "existing registry checkpoints. No view is part of the output."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("union-of-kinds", "All three kinds; the view cannot be seen."),
            Choice("plain-kind-only", "Only those of the plain add code."),
        ),
        stance="All three kinds, without the view.",
    ),
    Ambiguity(
        id=AmbiguityID.A15,
        question="In which order are checkpoints listed?",
        evidence=(
            "No order is documented; RemoveItem of the automation collections takes a number, "
            "which supposes a stable order within one collection."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("unordered", "Any order: a list is compared as a set."),
            Choice("order-of-add", "The order in which they were added."),
        ),
        stance="A list is a set.",
    ),
    Ambiguity(
        id=AmbiguityID.A16,
        question="Which bytes form the list of a resource that has no checkpoint?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.23: zero or more paths as a MULTI_SZ. How an empty one is "
            "written is not said."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("any-empty-form", "No bytes, one terminator or two."),
            Choice("no-bytes", "No bytes."),
            Choice("one-terminator", "One terminator, two bytes."),
            Choice("two-terminators", "Two terminators, four bytes."),
        ),
        stance="An empty list is allowed; its bytes are unspecified.",
    ),
    Ambiguity(
        id=AmbiguityID.A17,
        question="What does a list code answer without an output buffer?",
        evidence=(
            "The pages of both list codes: ERROR_SUCCESS may be returned, not ERROR_MORE_DATA."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("either", "ERROR_SUCCESS (0) or ERROR_MORE_DATA (234)."),
            Choice("success", "ERROR_SUCCESS (0)."),
            Choice("more-data", "ERROR_MORE_DATA (234)."),
        ),
        stance="Both answers are allowed.",
    ),
    Ambiguity(
        id=AmbiguityID.A18,
        question="How does a list end?",
        evidence=(
            "The pages of both list codes speak of an additional terminator appended to the last "
            "string; [MS-CMRP] says MULTI_SZ."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("double-terminator", "The last string has its terminator and one more."),
            Choice("single-terminator", "The last string has its own terminator only."),
        ),
        stance="The usual MULTI_SZ: two terminators at the end.",
    ),
    Ambiguity(
        id=AmbiguityID.A37,
        question="Which access to the resource do the codes need?",
        evidence=(
            "[MS-CMRP] 3.1.4.2.74 demands All access if and only if the modify bit is set in its "
            "older text, only if in its newer one."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("all-to-modify", "All access to add and delete, read access to list."),
            Choice("all-may-be-waived", "A server may accept less than All to add and delete."),
        ),
        stance="All access to add and delete, read access to list.",
    ),
    Ambiguity(
        id=AmbiguityID.A38,
        question="Does a server in the read-only state accept the add and delete codes?",
        evidence="[MS-CMRP] says only that a server in the read/write state MUST accept them.",
        scope=Scope.INTERFACE,
        choices=(
            Choice("may-refuse", "It may accept or refuse."),
            Choice("must-refuse", "It refuses."),
        ),
        stance="It may refuse.",
    ),
    Ambiguity(
        id=AmbiguityID.A41,
        question="Does an add that fails leave anything behind?",
        evidence=(
            "Not documented. The crypto page names two errors for containers that cannot be "
            "exported; that nothing is associated then is inferred."
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("list-unchanged", "No: the list and the stored copies are as before."),
            Choice("listed-without-copy", "The checkpoint is listed and has no stored copy."),
        ),
        stance="On any error the list is unchanged.",
    ),
    Ambiguity(
        id=AmbiguityID.A43,
        question="Which versions of Windows have which codes?",
        evidence=(
            'MsCS "What\'s New" lists the 32-bit and 64-bit codes as new in Windows Server 2008. '
            "The pages of BackupClusterDatabase and RestoreClusterDatabase say that both were "
            "removed in that version and return ERROR_CALL_NOT_IMPLEMENTED. "
            "The product notes 159 to 164 of [MS-CMRP] could not be obtained."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("all-codes", "Every documented code and function exists."),
            Choice("before-2008", "The 32-bit and 64-bit codes do not exist."),
            Choice(
                "since-2008",
                (
                    "Every code exists; BackupClusterDatabase and RestoreClusterDatabase answer "
                    "ERROR_CALL_NOT_IMPLEMENTED (120)."
                ),
            ),
        ),
        stance="A parameter of the implementation, and no rule.",
    ),
)
"""The ambiguities about calls, in order of their numbers."""
