"""Backups of the cluster database, and what a restored one brings back."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    AWAY,
    CRASH,
    JOIN,
    OFFLINE,
    ONLINE,
    ROOT,
    Part,
    code,
    combined,
    resource,
    some,
    start,
    write,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    CreateClusterResource,
    DeleteClusterResource,
    QuorumChange,
    RestoreClusterDatabase,
)
from clusckpt_spec.register import RuleID

PATH = "D:\\b"
BOX = "1\\\\Box"
SAVE = BackupClusterDatabase(PATH)

BEFORE: dict[str, Part] = {
    "offline": (),
    "online": (ONLINE,),
    "without checkpoint": (code("DELETE_REGISTRY_CHECKPOINT"),),
}
SAVED: dict[str, Part] = {
    "saved": (SAVE,),
    "saved over a file": (BackupClusterDatabase("D:\\b\\Clusbackup.dat"),),
}
BETWEEN: dict[str, Part] = {
    "": (),
    "changed": (write(4),),
    "deleted": (OFFLINE, DeleteClusterResource("A")),
    "deleted and created": (
        OFFLINE,
        DeleteClusterResource("A"),
        CreateClusterResource("A", "GA"),
    ),
    "its checkpoint is deleted": (code("DELETE_REGISTRY_CHECKPOINT"),),
    "the quorum is lost": (QuorumChange("lost"),),
    "moved and changed": (AWAY, write(5, node="N2")),
}
RESTORED: dict[str, Part] = {
    "then restored": (RestoreClusterDatabase(PATH, "N1"),),
    "then restored by force": (RestoreClusterDatabase(PATH, "N1", force=True),),
    "then restored by force and online": (
        RestoreClusterDatabase(PATH, "N1", force=True),
        write(8),
        ONLINE,
    ),
    "then restored from nowhere": (RestoreClusterDatabase("D:\\z", "N1", force=True),),
    "then restored on the other node": (RestoreClusterDatabase(PATH, "N2", force=True), ONLINE),
    "then restored after a crash, and joined": (
        CRASH,
        RestoreClusterDatabase(PATH, "N2"),
        JOIN,
    ),
}

BACKUP = Subject(
    "backup",
    "The cluster database is backed up and restored",
    frozenset({RuleID.IN_BACKUP, RuleID.RESTORE_DATABASE, RuleID.DELETED_WITH_RESOURCE}),
    (AmbiguityID.A35, AmbiguityID.A36),
    {
        "root": start(resource("A", "GA", ROOT), keys={ROOT: ("v",)}, backups=(PATH,)),
        "both": start(
            resource("A", "GA", ROOT, boxes=(BOX,)),
            keys={ROOT: ("v",)},
            boxes=(BOX,),
            backups=(PATH,),
        ),
    },
    (
        *some(combined("root", BEFORE, SAVED, BETWEEN, RESTORED), 2),
        *combined("both", BEFORE, SAVED, RESTORED),
    ),
)
