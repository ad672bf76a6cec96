"""The field incidents, one record each.

The one subtle fact: not every source reports an outcome. Guidance and scripts only show what
somebody expected, so their `observed` says that no outcome is reported.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.incidents.record import Incident
from clusckpt_spec.register.ids import RuleID

__all__ = ["INCIDENT_RECORDS"]

INCIDENT_RECORDS: tuple[Incident, ...] = (
    Incident(
        id="RC01",
        title="Disabled service start comes back",
        source="KB290651",
        rules=(RuleID.CAPTURE_ONLINE, RuleID.OFFLINE_OVERWRITTEN),
        story=(
            'The resource "Microsoft Exchange System Attendant" has the root key of its service as '
            "a checkpoint. While it is online, Start is set to 4 (disabled); later, while it is "
            "offline, somebody sets Start back to 3 (manual) and brings it online."
        ),
        prediction=(
            "The 4 was captured and the 3 was not, so Start is 4 again before online, and the "
            "disabled service cannot start."
        ),
        observed="As predicted, at every further attempt.",
    ),
    Incident(
        id="RC03",
        title="Tuning tool loses its edits",
        source="KB278464",
        rules=(RuleID.OFFLINE_OVERWRITTEN, RuleID.KB_RESTORE_AT_ONLINE),
        story=(
            "A tuning tool stops the service, which takes the resource offline, changes the paths "
            "of the database in the registry, and starts the service again."
        ),
        prediction="The edits are made while offline, so the next online overwrites them.",
        observed="The edits were lost.",
    ),
    Incident(
        id="RC05",
        title="Backup record stays on one node",
        source="KB245211",
        rules=(RuleID.CAPTURE_ONLINE, RuleID.RESTORE_BEFORE_ONLINE),
        story=(
            "A full backup on node N1 writes a record under "
            r"SOFTWARE\Microsoft\Exchange\Backupinformation, which no checkpoint covers. The "
            "group moves to node N2, where an incremental backup is run."
        ),
        prediction="No root covers the key, so nothing of it reaches N2.",
        observed=(
            "The incremental backup logged event 8010; a checkpoint of the key was the remedy."
        ),
        evidence=((AmbiguityID.A4, "at-add"),),
    ),
    Incident(
        id="RC07",
        title="Open handles block a restore",
        source="KB310327",
        rules=(RuleID.RESTORE_BEFORE_ONLINE, RuleID.KB_RESTORE_AT_ONLINE),
        story=(
            r"A message queue resource has a checkpoint with root SOFTWARE\MICROSOFT\MSMQ, and "
            "other processes hold keys below it open while the resource is brought online."
        ),
        prediction=(
            "The restore cannot replace the tree. Whether the online then fails or is survived is "
            "the ambiguity A25."
        ),
        observed="Event 1024 was logged; a failed online is not reported.",
        evidence=((AmbiguityID.A25, "logged-and-survived"),),
    ),
    Incident(
        id="RC09",
        title="Root deleted by the application",
        source="KB897666; KB914148",
        rules=(RuleID.ROOT_DELETED, RuleID.CAPTURE_ONLINE),
        story=(
            "While the resource is online, the application deletes the key "
            r"System\CurrentControlSet\Services\MSExchangeDSAccess\Instance0, which is the root "
            "of one of its checkpoints."
        ),
        prediction=(
            "Each capture fails, the last good copy stays, and the next online makes the key anew "
            "from it."
        ),
        observed=(
            "A save fails with status 1018 every three seconds, event 1080 is logged, and the "
            "resource stays online. What the next online does is not reported."
        ),
        evidence=((AmbiguityID.A1, "eventual"),),
    ),
    Incident(
        id="RC11",
        title="Login mode flips between nodes",
        source="Microsoft SQL Server support blog (psssql)",
        rules=(RuleID.RESTORE_BEFORE_ONLINE,),
        story=(
            "Node N1 has LoginMode 2 (mixed) and node N2 has LoginMode 1 (Windows only). The "
            "resource is online on N1, then on N2, then on N1."
        ),
        prediction="With a working checkpoint, LoginMode is 2 on both nodes.",
        observed=(
            "The mode flips with the node: the checkpoint was missing or not applied, against the "
            "rule."
        ),
    ),
    Incident(
        id="RC13",
        title="Password written offline is removed",
        source="Tivoli Storage Manager field report",
        rules=(RuleID.OFFLINE_OVERWRITTEN, RuleID.TREE_REPLACED),
        story=(
            "While the resource is offline, a value Password is written under one of its roots. "
            "Then it is brought online."
        ),
        prediction=(
            "The tree is replaced by the stored copy, so the value is overwritten where the copy "
            "has one, and removed where it has none."
        ),
        observed="The value was overwritten or removed.",
    ),
    Incident(
        id="RC15",
        title="Deleted key comes back unless its checkpoint goes first",
        source='Azure Site Recovery "Cleanup script on a VMM server"',
        rules=(
            RuleID.DELETE_REGISTRY,
            RuleID.OFFLINE_OVERWRITTEN,
            RuleID.NAMES_CASELESS,
        ),
        story=(
            "On the hosting node a cleanup script takes the resource offline, removes the "
            "checkpoint, whose name it compares without case, and only then deletes the key."
        ),
        prediction=(
            "In this order the key stays deleted. Deleted without removing the checkpoint, it is "
            "restored by the next online."
        ),
        observed="No outcome is reported; the order in the script is the evidence.",
        evidence=((AmbiguityID.A9, "case-insensitive"),),
    ),
    Incident(
        id="RC17",
        title="Key management key shared by SQL Server instances",
        source="SQL Server documentation, key management with Azure Key Vault",
        rules=(RuleID.INSTANCES, RuleID.CAPTURE_ONLINE),
        story=(
            'Resources "SQL Server (A)" and "SQL Server (B)" both have '
            r"SOFTWARE\Microsoft\SQL Server Cryptographic Provider as a checkpoint. A is online on "
            "node N1 and B on node N2; B moves to N1."
        ),
        prediction=(
            "The restore for B replaces the contents that A uses on N1, while A is online; a later "
            "capture for A can then store them as its own."
        ),
        observed="No outcome is reported: the case is inferred, and no public report was found.",
        evidence=((AmbiguityID.A23, "allowed"),),
    ),
    Incident(
        id="RC19",
        title="Checkpoint inside the cluster hive",
        source="SQL FineBuild script",
        rules=(RuleID.ADD_REGISTRY,),
        story=(
            'For the resource "Distributed Transaction Coordinator" a setup script has a line that '
            r"adds the path Cluster\Resources\{GUID}\MSDTCPRIVATE\MSDTC with a backslash at the "
            "end, and that takes the answer 183 for success."
        ),
        prediction=(
            "A second add of the same root is answered with 183 and changes nothing. What becomes "
            "of the backslash at the end is the ambiguity A8."
        ),
        observed="No outcome is reported: the line is disabled in each published version.",
    ),
    Incident(
        id="RC21",
        title="Certificate service root is checkpointed on purpose",
        source="Microsoft directory services blog (AskDS), clustered certification authority",
        rules=(RuleID.CAPTURE_ONLINE,),
        story=(
            "Microsoft's own guidance for a clustered certification authority adds "
            r"SYSTEM\CurrentControlSet\Services\CertSvc, the root key of a service, as a "
            "checkpoint."
        ),
        prediction=(
            "Everything under the service key is captured while online, its start settings too; "
            "the rules allow that."
        ),
        observed=(
            "No outcome is reported; the guidance shows that a service root can be meant, and so "
            "deserves a warning and no error."
        ),
    ),
)
"""The incidents, in the order of their numbers."""
