"""States, dependencies, moves, crashes and failovers."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    ARRIVING,
    AWAY,
    BACK,
    CRASH,
    FAIL,
    FAILED,
    JOIN,
    LEAVING,
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
    DeleteClusterResource,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
)
from clusckpt_spec.register import RuleID

BEFORE: dict[str, Part] = {
    "offline": (),
    "online": (ONLINE,),
    "coming online": (ARRIVING,),
    "going offline": (ONLINE, LEAVING),
    "failed": (ONLINE, FAILED),
    "moved": (ONLINE, AWAY),
    "its node is down": (CRASH,),
    "failed over": (ONLINE, CRASH),
    "every node is down": (ONLINE, CRASH, NodeCrash("N2")),
}
REQUESTS: dict[str, Part] = {
    "online": (ONLINE,),
    "offline": (OFFLINE,),
    "fails": (FAIL,),
    "deleted": (DeleteClusterResource("A"),),
    "moved": (AWAY,),
    "moved back": (BACK,),
    "moved anywhere": (MoveClusterGroup("GA"),),
    "crash": (CRASH,),
    "crash of the other node": (NodeCrash("N2"),),
    "join": (JOIN,),
    "join of the other node": (NodeJoin("N2"),),
    "changed": (write(5),),
}
NEEDED: dict[str, Part] = {
    "the needed one": (OnlineClusterResource("C"),),
    "its dependent": (ONLINE,),
    "both offline": (ONLINE, OfflineClusterResource("C")),
    "dependent offline": (ONLINE, OFFLINE),
    "the needed one fails": (ONLINE, FailClusterResource("C")),
    "the needed one is deleted": (DeleteClusterResource("C"),),
    "both move": (ONLINE, AWAY),
    "both crash": (ONLINE, CRASH),
}

LIFE = Subject(
    "life",
    "States, moves and failovers",
    frozenset({RuleID.ONLINE_STATES, RuleID.OFFLINE_STATES, RuleID.MOVE_GROUP, RuleID.FAILOVER}),
    (AmbiguityID.A29, AmbiguityID.A30),
    {
        "root": start(resource("A", "GA", ROOT)),
        "preferred": start(resource("A", "GA", ROOT), preferred=("N1", "N2")),
        "needs": start(resource("A", "GA", ROOT, needs=("C",)), resource("C", "GA")),
    },
    (
        *combined("root", BEFORE, REQUESTS),
        *some(combined("root", BEFORE, REQUESTS, {"once more": (ONLINE,)}), 3),
        *some(combined("preferred", BEFORE, REQUESTS, {"": (), "then back": (JOIN,)}), 3),
        *combined("needs", NEEDED, REQUESTS),
    ),
)
