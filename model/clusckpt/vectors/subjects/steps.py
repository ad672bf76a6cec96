"""The steps that the cluster service takes by itself, one at a time, for whoever can see them."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    ARRIVING,
    BELOW,
    BOX,
    CRASH,
    FAILED,
    JOIN,
    LEAVING,
    ONLINE,
    ROOT,
    Part,
    combined,
    resource,
    start,
    write,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    BringOnline,
    CaptureCheckpoint,
    CaptureDelayPasses,
    DeleteClusterResource,
    DllOffline,
    DllOnline,
    DllTerminate,
    DropStoredCopies,
    FailbackClusterGroup,
    FailoverClusterGroup,
    NodeCrash,
    RegDeleteTree,
    RegOpenKeyEx,
    RestoreCheckpoint,
)
from clusckpt_spec.register import RuleID

CAPTURE, RESTORED = CaptureCheckpoint("A", ROOT), RestoreCheckpoint("A", ROOT)

BEFORE: dict[str, Part] = {
    "coming online": (ARRIVING,),
    "coming online, changed before": (ARRIVING, write()),
    "coming online after an offline change": (write(), ARRIVING),
    "going offline": (ONLINE, LEAVING),
    "going offline, changed": (ONLINE, write(), LEAVING),
    "going offline, changed then": (ONLINE, LEAVING, write()),
    "online and changed": (ONLINE, write()),
    "online, changed below": (ONLINE, write(2, BELOW)),
    "online, its root deleted": (ONLINE, RegDeleteTree("N1", ROOT)),
    "its key is open": (RegOpenKeyEx("N1", ROOT), ARRIVING),
    "its node crashed": (ONLINE, CRASH),
    "its node crashed and joined": (ONLINE, CRASH, JOIN),
    "failed": (ONLINE, FAILED),
    "deleted": (DeleteClusterResource("A"),),
    "offline, its node crashed": (CRASH,),
}
STEPS: dict[str, Part] = {
    "restored": (RESTORED,),
    "restored and online": (RESTORED, DllOnline("A")),
    "restored, changed, online": (RESTORED, write(5), DllOnline("A")),
    "restored, changed, captured": (RESTORED, write(5), CAPTURE),
    "restored twice": (RESTORED, RESTORED),
    "its container restored": (RestoreCheckpoint("A", BOX),),
    "online": (DllOnline("A"),),
    "offline": (DllOffline("A"),),
    "captured": (CAPTURE,),
    "captured and offline": (CAPTURE, DllOffline("A")),
    "its container captured": (CaptureCheckpoint("A", BOX),),
    "terminated": (DllTerminate("A"),),
    "captured and terminated": (CAPTURE, DllTerminate("A")),
    "the delay passes": (CaptureDelayPasses(),),
    "failed over": (FailoverClusterGroup("GA", "N2"),),
    "failed back": (FailbackClusterGroup("GA"),),
    "brought online": (BringOnline("A"),),
    "copies dropped": (DropStoredCopies("A"),),
    "another crash": (NodeCrash("N2"),),
}

STEPWISE = Subject(
    "steps",
    "Steps of the cluster service",
    frozenset(
        {
            RuleID.RESTORE_BEFORE_ONLINE,
            RuleID.KB_SAVE_AT_OFFLINE,
            RuleID.CAPTURE_ONLINE,
            RuleID.FAILOVER,
            RuleID.OFFLINE_STATES,
        }
    ),
    (AmbiguityID.A1, AmbiguityID.A2, AmbiguityID.A3),
    {
        "root": start(resource("A", "GA", ROOT)),
        "box": start(resource("A", "GA", ROOT, boxes=(BOX,)), keys={ROOT: ("v",)}, boxes=(BOX,)),
        "preferred": start(resource("A", "GA", ROOT), keys={ROOT: ("v",)}, preferred=("N1", "N2")),
    },
    tuple(
        script
        for begin in ("root", "box", "preferred")
        for script in combined(begin, BEFORE, STEPS)
    ),
)
