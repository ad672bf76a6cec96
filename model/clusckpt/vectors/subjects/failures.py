"""Restores and captures that fail: open and protected keys, lost copies, a full or lost quorum."""

from clusckpt.vectors.script import Planned, Subject
from clusckpt.vectors.subjects.common import (
    AWAY,
    BELOW,
    BOX,
    CRASH,
    DELAY,
    DROP,
    FAIL,
    FAILED,
    OFFLINE,
    ONLINE,
    ROOT,
    Part,
    combined,
    resource,
    some,
    start,
    write,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    CryptSetProvParam,
    LoseStoredCopy,
    QuorumChange,
    RecreateCheckpoints,
    RegCloseKey,
    RegOpenKeyEx,
    RegSetKeySecurity,
)
from clusckpt_spec.register import RuleID

OTHER = "Software\\C"
FULL, LOST, ONCE_MORE = QuorumChange("full"), QuorumChange("lost"), QuorumChange("online")

HINDRANCES: dict[str, Part] = {
    "its key is open": (RegOpenKeyEx("N1", ROOT),),
    "a key below is open": (RegOpenKeyEx("N1", BELOW),),
    "an open key is closed": (RegOpenKeyEx("N1", ROOT), RegCloseKey("N1", ROOT)),
    "its key is protected": (RegSetKeySecurity("N1", ROOT, writable=False),),
    "its key is no longer protected": (
        RegSetKeySecurity("N1", ROOT, writable=False),
        RegSetKeySecurity("N1", ROOT, writable=True),
    ),
    "its container is protected": (CryptSetProvParam("N1", BOX, writable=False),),
    "its copy is lost": (LoseStoredCopy("A", ROOT),),
    "all its copies are lost": (LoseStoredCopy("A", ROOT), LoseStoredCopy("A", BOX)),
    "its copies are lost and made anew": (LoseStoredCopy("A", ROOT), RecreateCheckpoints("A")),
    "its copies are made anew elsewhere": (write(6, node="N2"), RecreateCheckpoints("A")),
}
CHANGED: dict[str, Part] = {
    "": (),
    "changed": (write(7),),
    "the other root changed": (write(7, OTHER),),
}
TRIED: dict[str, Part] = {
    "": (),
    "then online": (ONLINE,),
    "then online and changed": (ONLINE, write(9), DELAY),
    "then online, moved": (ONLINE, AWAY),
    "then online and restarted": (ONLINE, OFFLINE, ONLINE),
}
RUNS: dict[str, Part] = {"offline": (), "online": (ONLINE,), "failed": (ONLINE, FAILED)}
QUORUM: dict[str, Part] = {
    "the quorum is full": (FULL,),
    "the quorum is lost": (LOST,),
    "the quorum is lost and back": (LOST, ONCE_MORE),
    "the quorum was full": (FULL, write(4), ONCE_MORE),
}
THEN: dict[str, Part] = {
    "": (),
    "changed": (write(5), DELAY),
    "changed and offline": (write(5), OFFLINE),
    "changed and restarted": (write(5), FAIL, write(6), ONLINE),
    "its root is gone": (DROP, DELAY),
    "made anew": (RecreateCheckpoints("A"),),
    "crash": (CRASH,),
    "online": (ONLINE,),
    "offline with the quorum back": (write(5), ONCE_MORE, OFFLINE),
}
LATE: dict[str, Part] = {
    f"made anew, draw {draw}": (Planned(write(3), draw=draw), RecreateCheckpoints("A"))
    for draw in range(3)
}
LOGGED = start(
    resource("A", "GA", ROOT, OTHER),
    keys={ROOT: ("v",), BELOW: ("v",), OTHER: ("v",)},
    logged=True,
)

FAILURES = Subject(
    "failures",
    "Restores and captures fail",
    frozenset(
        {
            RuleID.RESTORE_BEFORE_ONLINE,
            RuleID.TREE_REPLACED,
            RuleID.KB_RESTORE_AT_ONLINE,
            RuleID.KB_CAPTURE_AT_ADD,
            RuleID.KB_SAVE_AT_OFFLINE,
            RuleID.CAPTURE_ONLINE,
            RuleID.FAILOVER,
            RuleID.CRYPTO_CONTAINERS,
        }
    ),
    tuple(AmbiguityID(f"A{number}") for number in (2, 25, 26, 27, 28)),
    {
        "logged": LOGGED,
        "box": start(resource("A", "GA", ROOT, boxes=(BOX,)), keys={ROOT: ("v",)}, boxes=(BOX,)),
        "root": start(resource("A", "GA", ROOT)),
    },
    (
        *some(combined("logged", HINDRANCES, CHANGED, TRIED), 3),
        *some(combined("logged", {"failed": (ONLINE, FAILED)}, HINDRANCES, TRIED), 2),
        *combined("box", HINDRANCES, TRIED),
        *combined("root", RUNS, QUORUM, THEN),
        *combined("root", RUNS, LATE),
    ),
)
