"""Ambiguities about the path of a root: which paths are accepted and which are the same.

The one subtle fact: a path is compared as a name in one namespace per resource, while the tree it
names depends on the registry view. So two paths can be different names of one tree.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["PATH_AMBIGUITIES"]

PATH_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A6,
        question="What does an add answer when the registry key does not exist?",
        evidence=(
            "The page of the add code names no code for it, only a system error code; for crypto "
            "NTE_BAD_KEYSET is named."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("fails", "A system error code that is not specified."),
            Choice("succeeds-empty", "Success; the stored copy is that of an absent tree."),
        ),
        stance="The add fails with an error that is not specified.",
    ),
    Ambiguity(
        id=AmbiguityID.A7,
        question="What becomes of a path with a leading backslash?",
        evidence=(
            'The pages of the codes and of the WMI methods: "the call will fail", without a code. '
            "A Microsoft engineer shows cluster.exe with a leading backslash (itasupport, 2010)."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("fails", "The call fails with an error that is not specified."),
            Choice("stripped", "The backslash is removed and the call goes on."),
        ),
        stance="The call fails; a command line may strip the backslash before the call.",
    ),
    Ambiguity(
        id=AmbiguityID.A8,
        question=(
            "What becomes of other malformed paths: trailing or doubled backslashes, an HKLM "
            "prefix, an empty or unterminated string, an odd number of bytes?"
        ),
        evidence="Nothing is published.",
        scope=Scope.INTERFACE,
        choices=(
            Choice("refused", "The call fails with an error that is not specified."),
            Choice("normalised", "What can be repaired is repaired, and the call goes on."),
            Choice("stored-as-given", "The path is put on the list without a check."),
        ),
        stance="Unspecified; to refuse is recommended.",
    ),
    Ambiguity(
        id=AmbiguityID.A9,
        question="Are paths compared with or without case?",
        evidence=(
            'Win32 SysInfo: registry key names "are not case sensitive"; MsCS says the same of '
            "resource names; a Microsoft script for VMM compares checkpoint names without case. "
            "No page on checkpoints says anything."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("case-insensitive", "Without case; lists keep the spelling that was added."),
            Choice("case-sensitive", "With case: two spellings are two checkpoints."),
        ),
        stance="Compare without case and keep the spelling.",
    ),
    Ambiguity(
        id=AmbiguityID.A10,
        question="Can the same path be added once for the native and once for the alternate view?",
        evidence=(
            "[MS-CMRP] 3.1.1.1.1.1 refuses the alternate path when the native one is there, says "
            "nothing of the other order, and concludes that the namespace is common to both."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("common-namespace", "No, in neither order: ERROR_ALREADY_EXISTS (183)."),
            Choice("native-first-only", "Only alternate after native is refused."),
        ),
        stance="The prohibition is symmetric, with ERROR_ALREADY_EXISTS.",
    ),
    Ambiguity(
        id=AmbiguityID.A13,
        question="Which view does the plain add code mean on a 64-bit Windows?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.21 and 3.1.4.3.1.28 both say the default registry of the server; "
            "the MsCS page of the plain code does not mention a 32-bit caller."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("server-default-view", "The native view of the server, whoever calls."),
            Choice("caller-view", "The view that the calling program has."),
        ),
        stance="The native view of the server.",
    ),
    Ambiguity(
        id=AmbiguityID.A14,
        question="What does the 32-bit add code do on a 32-bit Windows?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.29: without an alternate registry the path is one of the default "
            "registry. The MsCS page is silent."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("same-as-plain", "The same as the plain add code."),
            Choice("refused", "The call fails."),
        ),
        stance="The same as the plain add code.",
    ),
)
"""The ambiguities about paths, in order of their numbers."""
