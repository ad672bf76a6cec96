"""What the properties once accused wrongly, or might: each program is legal from end to end."""

import pytest

from clusckpt.gallery import LEGAL_BUT_ODD, LegalButOdd
from clusckpt.properties import started
from clusckpt.properties.run import Happening
from clusckpt.properties.shortest import first_violation
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CryptGenKey,
    DllOnline,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from tests.model.properties.scenes import (
    CONTAINER,
    KEY,
    MORE,
    ONLINE,
    ROOT_ONLINE,
    SHARED,
    WITH_CONTAINER,
    WITH_ROOT,
    cluster,
    code,
)

INNER = f"{KEY}\\B"
BACKUP = BackupClusterDatabase("P")
PENDING = (ONLINE, Status.ERROR_IO_PENDING)

OLDER_COPY_BROUGHT_BACK = (
    *WITH_ROOT,
    BACKUP,
    ONLINE,
    MORE,
    NodeCrash("N2"),
    RestoreClusterDatabase("P", "N1"),
)
KEYS_GENERATED_AFTER_THEIR_RESTORE = (
    *WITH_CONTAINER,
    PENDING,
    RestoreCheckpoint("A", CONTAINER),
    CryptGenKey("N1", CONTAINER, "other"),
    DllOnline("A"),
)
ROOTS_THAT_DISAGREE = (
    *WITH_ROOT,
    RegCreateKeyEx("N1", INNER),
    code("ADD_REGISTRY_CHECKPOINT", INNER),
    ONLINE,
    MoveClusterGroup("GA", "N2"),
    OfflineClusterResource("A"),
)
ROOT_GONE_AT_OFFLINE = (*ROOT_ONLINE, RegDeleteTree("N1", KEY), OfflineClusterResource("A"))
INSTANCES_THAT_MEET = (*SHARED, ONLINE, MORE, OnlineClusterResource("B"), MORE)

PROGRAMS = {
    "an older copy is brought back": OLDER_COPY_BROUGHT_BACK,
    "keys are generated after their restore": KEYS_GENERATED_AFTER_THEIR_RESTORE,
    "roots of one resource disagree": ROOTS_THAT_DISAGREE,
    "the root is gone at offline": ROOT_GONE_AT_OFFLINE,
    "instances meet on a node": INSTANCES_THAT_MEET,
}


def happened(*program: AnyEvent | tuple[AnyEvent, Status]) -> tuple[Happening, ...]:
    """Events with their answers, by default success."""
    pairs = [one if isinstance(one, tuple) else (one, Status.ERROR_SUCCESS) for one in program]
    return tuple(Happening(event, status) for event, status in pairs)


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize(
    "rules", [MSCS_PAGE_RULES, KB174070_RULES], ids=lambda one: one.reading.name
)
def test_legal_program_is_not_accused(
    rules: Rulebook, program: tuple[AnyEvent | tuple[AnyEvent, Status], ...]
) -> None:
    """Given a model without a bug, when the program runs, then no rule is broken."""
    assert first_violation(started(rules, cluster()), happened(*program)) is None


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("odd", LEGAL_BUT_ODD, ids=lambda one: one.name)
def test_legal_program_is_not_accused_of_an_odd_model(
    odd: LegalButOdd, program: tuple[AnyEvent | tuple[AnyEvent, Status], ...]
) -> None:
    """Given a model that is legal but odd, when the program runs, then no rule is broken."""
    assert first_violation(odd.run(cluster()), happened(*program)) is None
