"""Restores before a resource is online: after offline changes, moves, crashes and failures."""

from clusckpt.vectors.script import Planned, Subject
from clusckpt.vectors.subjects.common import (
    AWAY,
    BACK,
    BELOW,
    CRASH,
    DROP,
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
from clusckpt_spec.formats.events import LoseStoredCopy, RegDeleteTree, RegSetValueEx
from clusckpt_spec.register import RuleID

RUN: dict[str, Part] = {
    "never online": (),
    "was online": (ONLINE, OFFLINE),
    "was online and changed": (ONLINE, write(), OFFLINE),
    "has failed and is changed": (ONLINE, FAILED, Planned(write(7), "Failed")),
    "has failed": (ONLINE, write(), FAILED),
}
OFFLINE_CHANGES: dict[str, Part] = {
    "nothing changes": (),
    "its node is changed": (write(7),),
    "more is written below": (write(7, BELOW),),
    "a value is added": (RegSetValueEx("N1", ROOT, "w", 7),),
    "its tree is deleted": (DROP,),
    "a subkey is deleted": (RegDeleteTree("N1", BELOW),),
    "the other node is changed": (write(8, BELOW, "N2"),),
    "its copy is lost": (LoseStoredCopy("A", ROOT),),
}
RETURN: dict[str, Part] = {
    "then online": (ONLINE,),
    "then online on the other node": (AWAY, ONLINE),
    "then online, there and back": (ONLINE, AWAY, BACK),
    "then its node crashes, and it is brought online": (CRASH, ONLINE),
    "then it moves": (AWAY,),
}

RESTORE = Subject(
    "restore",
    "A tree is restored before its resource is online",
    frozenset(
        {
            RuleID.RESTORE_BEFORE_ONLINE,
            RuleID.OFFLINE_OVERWRITTEN,
            RuleID.KB_RESTORE_AT_ONLINE,
            RuleID.TREE_REPLACED,
        }
    ),
    (AmbiguityID.A27, AmbiguityID.A29, AmbiguityID.A30, AmbiguityID.A31),
    {"root": start(resource("A", "GA", ROOT))},
    tuple(some(combined("root", RUN, OFFLINE_CHANGES, RETURN), 2)),
)
