"""The four rules of KB174070, the older and more operational account of checkpoints.

The one subtle fact: KB174070 names two moments of capture that the page "Checkpointing" does
not, at add and at offline. KB199756 repeats the statements of KB174070, which makes it a copy and
not a second witness: it never lifts a grade.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.page import PAGE_SOURCE
from clusckpt_spec.register.record import Grade, Origin, Rule, WorkedExample

__all__ = ["KB174070_RULES", "KB174070_SOURCE"]

KB174070_SOURCE = 'KB174070 "Registry Replication in Microsoft Cluster Server"'
"""The tag under which every record cites the article."""

KB174070_RULES: tuple[Rule, ...] = (
    Rule(
        id=RuleID.KB_CAPTURE_AT_ADD,
        origin=Origin.KB174070,
        title="Capture at add",
        sentence=(
            "When you specify a new registry key for the resource, the specified key is "
            "checkpointed."
        ),
        source=f"{KB174070_SOURCE}; KB199756 (repeats it)",
        grade=Grade.DOCUMENTED,
        meaning=(
            "Adding a checkpoint captures the tree at once. The article sets no condition on the "
            "state of the resource."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" is offline on node N1, where Software\Acme\Port is 1433.',
                r"An administrator adds a checkpoint with root Software\Acme.",
                "The Cluster service captures the tree of N1.",
                "The group moves to node N2 and the resource comes online there.",
            ),
            ending=(
                "N2 has Port 1433: there was a stored copy to restore, although the resource had "
                "never been online since the add."
            ),
        ),
        ambiguities=(AmbiguityID.A4, AmbiguityID.A5, AmbiguityID.A6, AmbiguityID.A41),
    ),
    Rule(
        id=RuleID.KB_RESTORE_AT_ONLINE,
        origin=Origin.KB174070,
        title="Restore at every online",
        sentence=(
            "When the resource goes online, the registry keys are updated with the previously "
            "checkpointed information."
        ),
        source=f"{KB174070_SOURCE}; [MS-CMRP] 3.1.4.3.1.21 (MUST restore); KB188674",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "Each online restores the stored copies, not only the first one after a move: an "
            "online or a restart on the same node does it too."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1; Port is 1433.',
                "The resource is taken offline and stays on N1.",
                r"A tool on N1 deletes Software\Acme\Port.",
                "The resource is brought online on N1.",
            ),
            ending="Port is 1433 again, although the group never left N1.",
        ),
        ambiguities=(AmbiguityID.A25, AmbiguityID.A26, AmbiguityID.A27),
    ),
    Rule(
        id=RuleID.KB_SAVE_AT_OFFLINE,
        origin=Origin.KB174070,
        title="Save at offline",
        sentence=(
            "When the resource is brought offline, all the checkpoints associated with this "
            "resource are saved."
        ),
        source=f"{KB174070_SOURCE}; KB199756 (repeats it)",
        grade=Grade.DOCUMENTED,
        meaning=(
            "An orderly offline captures every root of the resource once more. A crash does not: "
            "then only earlier captures count."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1.',
                "The application sets Port to 1500; a delayed capture has not run yet.",
                "An administrator takes the resource offline, and all its checkpoints are saved.",
                "The group moves to node N2 and the resource comes online there.",
            ),
            ending=(
                "N2 has Port 1500. Had N1 crashed instead of the orderly offline, N2 could have "
                "received the copy from before the change."
            ),
        ),
        ambiguities=(AmbiguityID.A2, AmbiguityID.A3),
    ),
    Rule(
        id=RuleID.KB_CAPTURE_ONLINE,
        origin=Origin.KB174070,
        title="Updates while online are written",
        sentence=(
            "When a registered key is changed while the resource is online, Microsoft Cluster "
            'Server "ensures that the updates are written to a checkpoint maintained on the '
            'quorum device".'
        ),
        source=f"{KB174070_SOURCE}; {PAGE_SOURCE}",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "Updates made while the resource is online reach its stored copy on the quorum; the "
            "word is that they are ensured, not how soon."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1.',
                r"The application adds the subkey Software\Acme\Plugins and sets Port to 1500.",
                "No node fails and nobody asks for anything.",
                "The stored copy is read some time later.",
            ),
            ending=(
                "The stored copy holds both the subkey and Port 1500: each update was written to "
                "the quorum without a request."
            ),
        ),
        ambiguities=(
            AmbiguityID.A1,
            AmbiguityID.A3,
            AmbiguityID.A24,
            AmbiguityID.A28,
            AmbiguityID.A29,
            AmbiguityID.A40,
        ),
    ),
)
"""The rules of the article, in its order."""
