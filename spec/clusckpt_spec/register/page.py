"""The seven rules of the MsCS page "Checkpointing".

The one subtle fact: the page is the only document that is both complete and short, so each
sentence here is quoted from it word for word, and a test holds it against a copy of the page.
Where another document says the same, `source` names it after the page.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.record import Grade, Origin, Rule, WorkedExample

__all__ = ["PAGE_RULES", "PAGE_SOURCE"]

PAGE_SOURCE = (
    'MsCS "Checkpointing" '
    "(learn.microsoft.com, previous-versions/windows/desktop/mscs/checkpointing)"
)
"""The tag under which every record cites the page."""

PAGE_RULES: tuple[Rule, ...] = (
    Rule(
        id=RuleID.CAPTURE_ONLINE,
        origin=Origin.PAGE,
        title="Capture on change while online",
        sentence=(
            "Whenever anything changes on the checkpointed registry tree and the resource is "
            "online, the Cluster service stores a copy of the tree on the quorum resource."
        ),
        source=(
            f"{PAGE_SOURCE}; KB174070; Cluster Server Recovery Utility help, checkpoint.htm; "
            "[MS-CMRP] 3.1.4.3.1.21 (SHOULD monitor)"
        ),
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "Any change under a root, made while its resource is online, brings a new stored copy "
            "of the whole tree to the quorum. How soon is A1."
        ),
        example=WorkedExample(
            steps=(
                r'Resource "SQL Server (A)" with root Software\Acme is online on node N1.',
                r"The application on N1 sets Software\Acme\Port to 1433.",
                r"The Cluster service captures the whole tree under Software\Acme.",
                "Node N1 crashes, and the group fails over to node N2.",
            ),
            ending=(
                "N2 has Port 1433 before the resource is online there: the stored copy was taken "
                "before the crash, so nothing depended on an orderly offline."
            ),
        ),
        ambiguities=(
            AmbiguityID.A1,
            AmbiguityID.A3,
            AmbiguityID.A24,
            AmbiguityID.A28,
            AmbiguityID.A29,
            AmbiguityID.A39,
            AmbiguityID.A40,
            AmbiguityID.A44,
        ),
    ),
    Rule(
        id=RuleID.OFFLINE_OVERWRITTEN,
        origin=Origin.PAGE,
        title="Offline edit overwritten",
        sentence=(
            "A change made to a checkpointed key while the resource is offline will be "
            "overwritten with the checkpointed data when the application comes online."
        ),
        source=f"{PAGE_SOURCE}; KB278464; KB174070 (the change may be lost)",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "What somebody writes under a root while the resource is offline is gone after the "
            "next online, which puts the stored copy in its place."
        ),
        example=WorkedExample(
            steps=(
                r'The stored copy of Software\Acme for "SQL Server (A)" holds Port 1433.',
                "The resource is offline on node N1.",
                r"An administrator on N1 sets Software\Acme\Port to 1500.",
                "The resource is brought online on N1.",
            ),
            ending=(
                "Port is 1433 again: the restore wrote the stored copy over the edit, and no "
                "stored copy ever held 1500."
            ),
        ),
        ambiguities=(
            AmbiguityID.A3,
            AmbiguityID.A5,
            AmbiguityID.A25,
            AmbiguityID.A27,
            AmbiguityID.A29,
        ),
    ),
    Rule(
        id=RuleID.RESTORE_BEFORE_ONLINE,
        origin=Origin.PAGE,
        title="Restore before online",
        sentence=(
            "If the resource moves to another node, the Cluster service restores the registry "
            "tree from the quorum resource log file to the registry on the new node before the "
            "resource is brought online."
        ),
        source=(
            f"{PAGE_SOURCE}; [MS-CMRP] 3.1.4.3.1.21, 3.1.4.3.1.24, 3.1.4.3.1.28, 3.1.4.3.1.29 "
            "(MUST restore); US patent 6,360,331"
        ),
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "After a move, the stored copy of every root is in the registry of the new node "
            "before the resource is online on it."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on N1; Port is 1433 there.',
                "Node N2 was never used before and has Port 1400.",
                "An administrator moves the group to N2.",
                r"The Cluster service restores Software\Acme on N2 from the quorum.",
                "The resource comes online on N2.",
            ),
            ending="The application on N2 reads Port 1433 from its first moment; 1400 is gone.",
        ),
        ambiguities=(
            AmbiguityID.A3,
            AmbiguityID.A22,
            AmbiguityID.A25,
            AmbiguityID.A26,
            AmbiguityID.A27,
            AmbiguityID.A30,
            AmbiguityID.A31,
            AmbiguityID.A34,
        ),
    ),
    Rule(
        id=RuleID.DELETED_WITH_RESOURCE,
        origin=Origin.PAGE,
        title="Checkpoints deleted with the resource",
        sentence="If the resource is deleted, the checkpoint is deleted.",
        source=f"{PAGE_SOURCE}; Cluster Server Recovery Utility help, checkpoint.htm",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "Deleting a resource removes its checkpoints from the list and their stored copies "
            "from the quorum."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is offline on node N1.',
                'An administrator deletes "SQL Server (A)".',
                'A new resource, again called "SQL Server (A)", is created in the group.',
                "The new resource is asked for its registry checkpoints.",
            ),
            ending=(
                "The list is empty and the quorum holds no stored copy: the new resource inherits "
                "nothing from the deleted one."
            ),
        ),
        ambiguities=(AmbiguityID.A32, AmbiguityID.A42),
    ),
    Rule(
        id=RuleID.IN_BACKUP,
        origin=Origin.PAGE,
        title="Checkpoints are in backups",
        sentence=(
            "Checkpoints are included in backups created by the BackupClusterDatabase function."
        ),
        source=f"{PAGE_SOURCE}; BackupClusterDatabase page (sdk-api, clusapi)",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "A backup of the cluster database holds every checkpoint with the stored copy that "
            "the quorum had at that moment."
        ),
        example=WorkedExample(
            steps=(
                r'The stored copy of Software\Acme for "SQL Server (A)" holds Port 1433.',
                r"BackupClusterDatabase writes a backup to D:\Backup on node N1.",
                "The application sets Port to 1500, and that is captured.",
                r"An engineer opens D:\Backup.",
            ),
            ending=(
                "The backup names the checkpoint and holds Port 1433: later captures change the "
                "quorum and not the backup."
            ),
        ),
        ambiguities=(
            AmbiguityID.A34,
            AmbiguityID.A35,
            AmbiguityID.A36,
            AmbiguityID.A40,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.INSTANCES,
        origin=Origin.PAGE,
        title="Instances that share a key",
        sentence=(
            "Multiple resource instances on different nodes must be handled carefully. Consider "
            "the situation where Resource A[0] stores data[0] in checkpoint A on node 0. Resource "
            "A[1] stores data[1] in checkpoint A on node 1. If Resource A[1] fails over to node "
            "0, the Cluster service will replace data[0] with data[1] in checkpoint A. If "
            "Resource A[0] depends on data[0], it is likely to fail. One solution to this problem "
            "is to give the checkpointed keys different names on different nodes."
        ),
        source=PAGE_SOURCE,
        grade=Grade.DOCUMENTED,
        meaning=(
            "Two resources whose roots cover the same key overwrite each other once they meet on "
            "a node; with different key names they never do."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" and "SQL Server (B)" both have a checkpoint of Software\Acme.',
                "A is online on node N1 with Port 1433; B is online on node N2 with Port 1500.",
                "Node N2 crashes, and B fails over to N1.",
                r"The restore for B replaces Software\Acme on N1.",
                "B comes online on N1.",
            ),
            ending=(
                r"A, online all the time, now reads Port 1500. With roots Software\Acme\A and "
                r"Software\Acme\B the restore for B would not have touched a key of A."
            ),
        ),
        ambiguities=(AmbiguityID.A23, AmbiguityID.A24, AmbiguityID.A31),
    ),
    Rule(
        id=RuleID.NOT_PASSED_TO_DLL,
        origin=Origin.PAGE,
        title="No checkpoint code reaches a resource DLL",
        sentence=(
            "Note that the Cluster service does not pass any of the control codes involved with "
            "checkpointing to resource DLLs, which means that resource DLLs can use the "
            "checkpointing control codes freely without risking deadlocks."
        ),
        source=(
            f"{PAGE_SOURCE}; the pages of the eight CLUSCTL_RESOURCE registry and crypto "
            'checkpoint codes ("handled by the Cluster service and is not passed to resource DLLs")'
        ),
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "The Cluster service answers checkpoint control codes itself, so a resource DLL that "
            "sends one never waits for a resource DLL."
        ),
        example=WorkedExample(
            steps=(
                'On node N1 the DLL of "SQL Server (A)" is in its Open entry point.',
                r"Open sends CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT for Software\Acme.",
                "The Cluster service adds the checkpoint and answers ERROR_SUCCESS (0).",
                "Open returns.",
            ),
            ending=(
                "The control entry point of the DLL saw nothing, so Open waited for the Cluster "
                "service alone and no cycle of waits could close."
            ),
        ),
    ),
)
"""The rules of the page, in the order of the page."""
