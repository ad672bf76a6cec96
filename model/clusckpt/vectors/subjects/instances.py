"""Two resources with the same key, or with keys that lie within each other."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    AWAY,
    BELOW,
    CRASH,
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
from clusckpt_spec.formats.events import MoveClusterGroup, OnlineClusterResource
from clusckpt_spec.register import RuleID

TOGETHER, B_ONLINE = MoveClusterGroup("GB", "N1"), OnlineClusterResource("B")

FIRST: dict[str, Part] = {
    "A runs": (ONLINE, write(2)),
    "B runs": (B_ONLINE, write(3, node="N2")),
    "both run": (ONLINE, B_ONLINE, write(2), write(3, node="N2")),
    "neither runs": (),
}
THEN: dict[str, Part] = {
    "B comes to A": (TOGETHER,),
    "A goes to B": (AWAY,),
    "N1 crashes": (CRASH,),
    "they change places": (AWAY, TOGETHER),
}
LAST: dict[str, Part] = {
    "": (),
    "A is brought online": (ONLINE,),
    "A is restarted": (OFFLINE, ONLINE),
    "something changes": (write(5), write(6, node="N2")),
}
ADDS: dict[str, Part] = {
    "A adds it": (code("ADD_REGISTRY_CHECKPOINT"),),
    "A adds what is below": (code("ADD_REGISTRY_CHECKPOINT", BELOW),),
    "B adds it": (TOGETHER, code("ADD_REGISTRY_CHECKPOINT", resource="B")),
    "B adds what is below": (TOGETHER, code("ADD_REGISTRY_CHECKPOINT", BELOW, "B")),
}

INSTANCES = Subject(
    "instances",
    "Resources that share a key",
    frozenset({RuleID.INSTANCES, RuleID.RESTORE_BEFORE_ONLINE, RuleID.MOVE_GROUP}),
    (AmbiguityID.A22, AmbiguityID.A23, AmbiguityID.A24, AmbiguityID.A31),
    {
        "same": start(resource("A", "GA", ROOT), resource("B", "GB", ROOT)),
        "nested": start(resource("A", "GA", ROOT), resource("B", "GB", BELOW)),
        "bare": start(resource("A", "GA"), resource("B", "GB")),
        "root": start(resource("A", "GA", ROOT), resource("B", "GB")),
    },
    (
        *(
            script
            for begin in ("same", "nested")
            for script in some(combined(begin, FIRST, THEN, LAST), 2)
        ),
        *(
            script
            for begin in ("bare", "root")
            for script in combined(begin, ADDS, ADDS, {"both online": (ONLINE, B_ONLINE)})
        ),
    ),
)
