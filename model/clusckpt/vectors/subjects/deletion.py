"""Resources that are created and deleted, with their checkpoints."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    ARRIVING,
    AWAY,
    CRASH,
    FAIL,
    FAILED,
    JOIN,
    LEAVING,
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
    RestoreClusterDatabase,
)
from clusckpt_spec.register import RuleID

DELETE, CREATE = DeleteClusterResource("A"), CreateClusterResource("A", "GA")
ADD = code("ADD_REGISTRY_CHECKPOINT")

BEFORE: dict[str, Part] = {
    "offline": (),
    "online": (ONLINE,),
    "coming online": (ARRIVING,),
    "going offline": (ONLINE, LEAVING),
    "offline again": (ONLINE, write(), OFFLINE),
    "failed": (ONLINE, write(), FAILED),
    "backed up": (BackupClusterDatabase("D:\\b"),),
    "its node is down": (CRASH,),
}
DELETED: dict[str, Part] = {
    "deleted": (DELETE,),
    "its checkpoint is deleted": (code("DELETE_REGISTRY_CHECKPOINT"),),
    "its checkpoint and then it is deleted": (code("DELETE_REGISTRY_CHECKPOINT"), DELETE),
    "stopped and deleted": (OFFLINE, DELETE),
}
AFTER: dict[str, Part] = {
    "deleted again": (DELETE,),
    "asked for": (ONLINE, OFFLINE, FAIL),
    "created": (CREATE,),
    "created and given the root": (CREATE, ADD, ONLINE),
    "created elsewhere": (CreateClusterResource("A", "GZ"),),
    "moved": (AWAY,),
    "after a crash": (CRASH, JOIN),
    "after a restored backup": (RestoreClusterDatabase("D:\\b", "N1", force=True), ONLINE),
    "changed and offline": (write(6), OFFLINE),
}

DELETION = Subject(
    "deletion",
    "Resources and checkpoints are deleted",
    frozenset(
        {
            RuleID.DELETED_WITH_RESOURCE,
            RuleID.DELETE_STATES,
            RuleID.DELETE_REGISTRY,
            RuleID.RESTORE_DATABASE,
        }
    ),
    (AmbiguityID.A32, AmbiguityID.A33, AmbiguityID.A42),
    {"root": start(resource("A", "GA", ROOT))},
    (
        *combined("root", BEFORE, DELETED),
        *some(combined("root", BEFORE, DELETED, AFTER), 2),
    ),
)
