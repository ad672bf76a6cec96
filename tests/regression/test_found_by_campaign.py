"""What random runs of the grown model found: each program is legal, and once was not judged so.

Most finds were in the properties, some in the model; the docstring of each case says which.
"""

import pytest

from clusckpt.properties import started
from clusckpt.properties.run import Happening
from clusckpt.properties.shortest import first_violation
from clusckpt.rules import rulebook
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CaptureDelayPasses,
    CreateClusterResource,
    DeleteClusterResource,
    DllOnline,
    FailClusterResource,
    LoseStoredCopy,
    MoveClusterGroup,
    NodeCrash,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegOpenKeyEx,
    RegSetValueEx,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from clusckpt_spec.readings import READINGS, Reading
from tests.model.properties.scenes import (
    KEY,
    MORE,
    ONLINE,
    ROOT_ONLINE,
    ROOT_PENDING,
    WITH_ROOT,
    cluster,
    code,
)

Step = AnyEvent | tuple[AnyEvent, Status]

INNER = f"{KEY}\\B"
MOVE = MoveClusterGroup("GA", "N2")

DELETED_RESOURCE_COMES_BACK: tuple[Step, ...] = (
    *WITH_ROOT,
    BackupClusterDatabase("P"),
    DeleteClusterResource("A"),
    NodeCrash("N2"),
    RestoreClusterDatabase("P", "N1"),
)
"""The model crashed under live-pair: it asked for the owner that a resource had while deleted."""

OLDER_COPIES_COME_BACK: tuple[Step, ...] = (
    *ROOT_ONLINE,
    BackupClusterDatabase("P"),
    MORE,
    RestoreClusterDatabase("P", "N1", force=True),
)
"""Under live-pair the model copied to other nodes what a restored database had brought back."""

NEW_RESOURCE_IS_NOT_IN_THE_BACKUP: tuple[Step, ...] = (
    *WITH_ROOT,
    DeleteClusterResource("B"),
    BackupClusterDatabase("P"),
    DeleteClusterResource("A"),
    CreateClusterResource("B", "GB"),
    NodeCrash("N2"),
    RestoreClusterDatabase("P", "N1"),
)
"""A property took the resource that a restored database lacks for a deleted one."""

ROOT_GONE_BY_ANOTHER_RESTORE: tuple[Step, ...] = (
    RegCreateKeyEx("N1", KEY),
    code("ADD_REGISTRY_CHECKPOINT", resource="C"),
    RegCreateKeyEx("N1", INNER),
    code("ADD_REGISTRY_CHECKPOINT", INNER),
    MOVE,
    ONLINE,
    OnlineClusterResource("C"),
    RegSetValueEx("N2", INNER, "v", 2),
    FailClusterResource("A"),
    ONLINE,
)
"""A property forgot the copy of a root that another resource's restore had taken away."""

ROOT_GONE_BETWEEN_RESTORE_AND_ONLINE: tuple[Step, ...] = (
    *ROOT_PENDING,
    RestoreCheckpoint("A", KEY),
    RegDeleteTree("N1", KEY),
    DllOnline("A"),
)
"""A property did not let a root be gone that was deleted on the way to online (A3)."""

LOST_COPY_BEFORE_A_MOVE: tuple[Step, ...] = (
    *WITH_ROOT,
    LoseStoredCopy("A", KEY),
    ONLINE,
    MOVE,
)
"""A property wanted a tree on the new node although there was no copy of it (A27)."""

FAILED_RESTORE_AFTER_A_MOVE: tuple[Step, ...] = (
    *ROOT_ONLINE,
    RegSetValueEx("N2", KEY, "v", 3),
    RegOpenKeyEx("N2", KEY),
    MOVE,
)
"""A property took the restore on the old node for one on the new (A25)."""

OWN_OTHER_ROOT_RESTORED_LAST: tuple[Step, ...] = (
    RegCreateKeyEx("N1", INNER),
    code("ADD_REGISTRY_CHECKPOINT"),
    code("ADD_REGISTRY_CHECKPOINT", INNER),
    (ONLINE, Status.ERROR_IO_PENDING),
    RestoreCheckpoint("A", INNER),
    RegSetValueEx("N1", INNER, "v", 2),
    RestoreCheckpoint("A", KEY),
    DllOnline("A"),
)
"""A property wanted what was written on the way to online, under the root restored first (A22)."""

REPLICA_OVER_A_DELETED_ROOT: tuple[Step, ...] = (
    MoveClusterGroup("GB", "N2"),
    RegCreateKeyEx("N2", KEY),
    code("ADD_REGISTRY_CHECKPOINT", resource="B"),
    OnlineClusterResource("B"),
    *ROOT_ONLINE,
    MORE,
    RegDeleteTree("N2", KEY),
    CaptureDelayPasses(),
)
"""A property wanted the capture of what another's replication had put there after it was due."""

COPIES_DISAGREE_BY_A_MOVE: tuple[Step, ...] = (
    RegCreateKeyEx("N1", INNER),
    code("ADD_REGISTRY_CHECKPOINT"),
    code("ADD_REGISTRY_CHECKPOINT", INNER),
    ONLINE,
    RegDeleteTree("N1", KEY),
    MORE,
    MOVE,
)
"""A property wanted one root as it was although the move saved copies that disagree (A2, A22)."""

COPY_LOST_AFTER_ITS_RESTORE: tuple[Step, ...] = (
    *ROOT_PENDING,
    RestoreCheckpoint("A", KEY),
    LoseStoredCopy("A", KEY),
    MORE,
    DllOnline("A"),
)
"""A property wanted what was restored, but no copy was left to undo the change with (A3, A27)."""

PROGRAMS = {
    "a deleted resource comes back": DELETED_RESOURCE_COMES_BACK,
    "older copies come back": OLDER_COPIES_COME_BACK,
    "a new resource is not in the backup": NEW_RESOURCE_IS_NOT_IN_THE_BACKUP,
    "a root is gone by another restore": ROOT_GONE_BY_ANOTHER_RESTORE,
    "a root is gone between restore and online": ROOT_GONE_BETWEEN_RESTORE_AND_ONLINE,
    "a copy is lost before a move": LOST_COPY_BEFORE_A_MOVE,
    "a restore fails after a move": FAILED_RESTORE_AFTER_A_MOVE,
    "a resource's other root is restored last": OWN_OTHER_ROOT_RESTORED_LAST,
    "a replica comes over a deleted root": REPLICA_OVER_A_DELETED_ROOT,
    "copies disagree by a move": COPIES_DISAGREE_BY_A_MOVE,
    "a copy is lost after its restore": COPY_LOST_AFTER_ITS_RESTORE,
}


def happened(*program: Step) -> tuple[Happening, ...]:
    """Events with their answers, by default success."""
    pairs = [one if isinstance(one, tuple) else (one, Status.ERROR_SUCCESS) for one in program]
    return tuple(Happening(event, status) for event, status in pairs)


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_legal_program_is_not_accused(reading: Reading, program: tuple[Step, ...]) -> None:
    """Given a model without a bug, when the program runs, then no rule is broken."""
    begun = started(rulebook(reading), cluster())

    assert first_violation(begun, happened(*program)) is None
