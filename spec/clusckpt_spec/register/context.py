"""The rules that the page and the control codes stand on.

The one subtle fact: these documents describe resources, groups, registries and backups, and most
of them never mention checkpoints. Where a rule joins such a document with checkpointing, the
joint is ours: the sentence says what the document says and, apart from it, what is inferred.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.page import PAGE_SOURCE
from clusckpt_spec.register.record import Grade, Origin, Rule, WorkedExample

__all__ = ["CONTEXT_RULES"]

CONTEXT_RULES: tuple[Rule, ...] = (
    Rule(
        id=RuleID.TREE_REPLACED,
        origin=Origin.CONTEXT,
        title="The whole tree is replaced",
        sentence=(
            "RegRestoreKey replaces all subkeys and values below the key that it restores and "
            "keeps the name of that key. That the Cluster service calls it is inferred from the "
            "text of event 1024."
        ),
        source=(
            "RegRestoreKeyW page (sdk-api, winreg); "
            f'{PAGE_SOURCE} ("overwritten with the checkpointed data"); '
            "Tivoli Storage Manager field case (password removed at online)"
        ),
        grade=Grade.DOCUMENTED,
        meaning=(
            "A restore makes the tree equal to the stored copy: keys and values that the copy "
            "does not have disappear."
        ),
        example=WorkedExample(
            steps=(
                r'The stored copy of Software\Acme for "SQL Server (A)" holds only Port 1433.',
                "The resource is offline on node N1.",
                r"A tool on N1 writes the value Password and the subkey Cache under Software\Acme.",
                "The resource is brought online on N1.",
            ),
            ending=(
                r"Software\Acme holds Port 1433 and nothing else: neither Password nor Cache was "
                "merged with the stored copy."
            ),
        ),
        ambiguities=(AmbiguityID.A22,),
    ),
    Rule(
        id=RuleID.NAMES_CASELESS,
        origin=Origin.CONTEXT,
        title="Names are compared without case",
        sentence=(
            'Registry key names "are not case sensitive". That duplicate adds, deletes and roots '
            "are compared in the same way is inferred; no page on checkpoints says so."
        ),
        source=(
            'Win32 SysInfo "Structure of the Registry"; Azure Site Recovery "Cleanup script on a '
            'VMM server" (compares checkpoint names without case)'
        ),
        grade=Grade.INFERRED,
        meaning=(
            "Two spellings of a path that differ in case alone name the same root; a list shows "
            "the spelling that was added."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has a checkpoint added as Software\Acme.',
                r"A client adds SOFTWARE\ACME; the answer is ERROR_ALREADY_EXISTS (183).",
                r"The client lists the checkpoints and reads Software\Acme.",
                r"The client deletes software\acme; the answer is ERROR_SUCCESS (0).",
            ),
            ending="The list is empty: all three spellings meant one checkpoint.",
        ),
        ambiguities=(AmbiguityID.A9,),
    ),
    Rule(
        id=RuleID.ROOT_DELETED,
        origin=Origin.CONTEXT,
        title="Root deleted while online",
        sentence=(
            "The published cluster.log repeats every three seconds a capture of the deleted root "
            '"due to timer" that ends with status 1018 (ERROR_KEY_DELETED), and event 1080 is '
            "logged. That the last good copy stays is inferred."
        ),
        source="KB897666; KB914148",
        grade=Grade.OBSERVED,
        meaning=(
            "When a root is deleted while its resource is online, capture fails again and again; "
            "the resource stays online and the last good copy is kept."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1; Port is 1433.',
                r"The application deletes the key Software\Acme itself.",
                "The capture fails with status 1018, and event 1080 is logged.",
                "Three seconds later the capture is tried again and fails again.",
                "The group moves to node N2 and the resource comes online there.",
            ),
            ending="N2 has Port 1433 from the last good copy: no failed capture replaced it.",
        ),
        ambiguities=(AmbiguityID.A1,),
    ),
    Rule(
        id=RuleID.CRYPTO_CONTAINERS,
        origin=Origin.CONTEXT,
        title="Crypto key containers",
        sentence=(
            "The Failover Cluster API allows cryptographic key containers to be checkpointed as "
            "well as normal registry keys."
        ),
        source=f"{PAGE_SOURCE}; [MS-CMRP] 3.1.1.1.1.1, 3.1.4.3.1.24; KB311799",
        grade=Grade.DOCUMENTED_TWICE,
        meaning=(
            "A resource can also have checkpoints of key containers; they are restored before "
            "online like trees, and nothing promises capture on change."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has the crypto checkpoint 1\\AcmeKeys.',
                "Node N2 has no container AcmeKeys.",
                "An administrator moves the group to N2.",
                "The Cluster service restores the container on N2, and the resource comes online.",
            ),
            ending="The application on N2 decrypts with AcmeKeys what it encrypted on N1.",
        ),
        ambiguities=(
            AmbiguityID.A19,
            AmbiguityID.A20,
            AmbiguityID.A21,
            AmbiguityID.A36,
            AmbiguityID.A39,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.ONLINE_STATES,
        origin=Origin.CONTEXT,
        title="Bringing a resource online",
        sentence=(
            "ApiOnlineResource fails with ERROR_INVALID_STATE (0x139F) unless the resource is "
            "Initializing, Online, Offline or Failed; otherwise the persistent state becomes "
            "Online even if this attempt fails. An Online resource is answered with ERROR_SUCCESS "
            "(0); an Initializing one goes to Offline first; dependencies come online before it."
        ),
        source="[MS-CMRP] 3.1.4.1.18",
        grade=Grade.DOCUMENTED,
        meaning=(
            "A resource that is coming online or going offline refuses the request; from the four "
            "settled states the request is accepted and remembered."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" on node N1 is Failed.',
                "A client calls OnlineClusterResource; the resource goes to OnlinePending.",
                "A second call during OnlinePending is answered with 0x139F.",
                "The resource reaches Online, and a third call is answered with 0.",
            ),
            ending=(
                "The third call changes nothing and restores nothing, because the resource was "
                "online already."
            ),
        ),
        ambiguities=(AmbiguityID.A3, AmbiguityID.A25),
    ),
    Rule(
        id=RuleID.OFFLINE_STATES,
        origin=Origin.CONTEXT,
        title="Taking a resource offline",
        sentence=(
            "ApiOfflineResource fails with ERROR_INVALID_STATE (0x139F) unless the resource is "
            "Online, Offline or Failed; otherwise the persistent state becomes Offline. An "
            "Offline resource is answered with ERROR_SUCCESS (0), a Failed one with "
            "ERROR_RESOURCE_FAILED (0x13AE); dependents go offline first, and the request may be "
            "pending with ERROR_IO_PENDING (0x3E5)."
        ),
        source="[MS-CMRP] 3.1.4.2.19",
        grade=Grade.DOCUMENTED,
        meaning=(
            "An online resource goes offline after its dependents; an offline one answers 0, a "
            "failed one 0x13AE, and one between states refuses."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is Online on node N1 and depends on "Disk D:", also Online.',
                'A client calls OfflineClusterResource for "Disk D:".',
                '"SQL Server (A)" goes offline first.',
                '"Disk D:" goes offline, and a second call for it is answered with 0.',
            ),
            ending=(
                "Both are Offline. Had the disk been Failed, the call would have been answered "
                "with 0x13AE."
            ),
        ),
        ambiguities=(AmbiguityID.A2, AmbiguityID.A3),
    ),
    Rule(
        id=RuleID.DELETE_STATES,
        origin=Origin.CONTEXT,
        title="Deleting a resource",
        sentence=(
            "ApiDeleteResource fails unless the resource is Offline or Failed, and also when "
            "another resource depends on it directly, when it is a core resource, or when its "
            "deletion requires all nodes and one is inactive. DeleteClusterResource speaks of an "
            "offline resource only."
        ),
        source="[MS-CMRP] 3.1.4.2.11; DeleteClusterResource page (sdk-api, clusapi)",
        grade=Grade.DOCUMENTED,
        meaning=(
            "Only an offline or failed resource on which no other depends can be deleted; every "
            "other attempt fails and changes nothing."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1.',
                "A client calls DeleteClusterResource; the call fails.",
                "The client takes the resource offline.",
                "The client calls DeleteClusterResource again; the answer is 0.",
            ),
            ending=(
                "The first call left the resource and its checkpoint alone; the second removed "
                "both."
            ),
        ),
        ambiguities=(AmbiguityID.A42,),
    ),
    Rule(
        id=RuleID.MOVE_GROUP,
        origin=Origin.CONTEXT,
        title="Moving a group",
        sentence=(
            "ApiMoveGroup takes the Online resources of the group to Offline; when all are "
            "Offline or Failed it attempts to transfer the group to another active node and "
            "there brings each resource to its persistent state. ApiMoveGroupToNode answers "
            "ERROR_SUCCESS (0) when the node hosts the group already and should fail when it is "
            "not a possible owner. Either may be pending with ERROR_IO_PENDING (0x3E5)."
        ),
        source="[MS-CMRP] 3.1.4.1.52, 3.1.4.1.53; MoveClusterGroup page (sdk-api, clusapi)",
        grade=Grade.DOCUMENTED,
        meaning=(
            "A group changes its node only when none of its resources is online, only to an "
            "active possible owner; what was to be online comes online there."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is online and "Report Server (A)" offline, both on node N1.',
                "The possible owners of both are N1 and N2; N3 is none.",
                "An administrator asks for a move to N3; the call fails.",
                'The administrator asks for a move to N2, and "SQL Server (A)" goes offline.',
                'The group is on N2, and "SQL Server (A)" is restored and comes online.',
            ),
            ending=(
                '"Report Server (A)" stays offline on N2, because that is its persistent state; '
                "nothing was restored for it."
            ),
        ),
        ambiguities=(AmbiguityID.A30, AmbiguityID.A31),
    ),
    Rule(
        id=RuleID.FAILOVER,
        origin=Origin.CONTEXT,
        title="Failover",
        sentence=(
            "A group fails over when its node becomes inactive for any reason, when one of its "
            "resources fails and is set to notify the group, or when an administrator forces it. "
            "It goes to the node that is next on the list of preferred owners, and its resources "
            "come online there, dependencies first."
        ),
        source='MsCS "Failover"; MsCS "Groups"; MsCS "Resource Dependencies"',
        grade=Grade.DOCUMENTED,
        meaning=(
            "When the hosting node becomes inactive, its groups continue on another possible "
            "owner, with what the quorum held when the node went down."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is online on node N1.',
                "Port 1433 is captured.",
                "Node N1 loses power; no orderly offline takes place.",
                "The group fails over to N2, and the stored copy is restored there.",
                "The resource comes online on N2.",
            ),
            ending=(
                "N2 has Port 1433. N1, once it starts again, still has its own tree and hosts "
                "nothing."
            ),
        ),
        ambiguities=(AmbiguityID.A1, AmbiguityID.A31),
    ),
    Rule(
        id=RuleID.RESTORE_DATABASE,
        origin=Origin.CONTEXT,
        title="Restoring the cluster database",
        sentence=(
            "RestoreClusterDatabase puts back the cluster database on one node and restarts the "
            "Cluster service there; that node forms the cluster, and the others take over its "
            "database when they join. That the checkpoints of the backup come back with it is "
            "inferred from their being in the backup."
        ),
        source=f"RestoreClusterDatabase page (sdk-api, clusapi); {PAGE_SOURCE}",
        grade=Grade.INFERRED,
        meaning=(
            "After a restore of the database the checkpoints and stored copies are those of the "
            "backup; registries change only at the next online."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme holds Port 1433 in its stored copy.',
                r"A backup is written to D:\Backup.",
                "Port 1500 is set and captured.",
                r"Node N1 restores the database from D:\Backup and forms the cluster.",
                "The resource is brought online on N1.",
            ),
            ending="Port is 1433: the online restored the stored copy that the backup held.",
        ),
        ambiguities=(AmbiguityID.A36, AmbiguityID.A43),
    ),
)
"""The rules, in the order of `RuleID`."""
