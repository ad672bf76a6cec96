"""Changes to a checkpointed tree, in every state of its resource, and what follows."""

from clusckpt.vectors.script import Planned, Subject
from clusckpt.vectors.subjects.common import (
    ARRIVING,
    AWAY,
    BELOW,
    CRASH,
    DELAY,
    DROP,
    FAIL,
    FAILED,
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
    DllTerminate,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegSetValueEx,
)
from clusckpt_spec.formats.values import RawValue
from clusckpt_spec.register import RuleID

BEFORE: dict[str, Part] = {
    "offline": (),
    "online": (ONLINE,),
    "coming online": (ARRIVING,),
    "going offline": (ONLINE, LEAVING),
    "failed": (ONLINE, FAILED),
}
CHANGES: dict[str, Part] = {
    "a value is set": (write(),),
    "a text is set below": (write("x", BELOW),),
    "bytes are set": (RegSetValueEx("N1", ROOT, "v", RawValue("REG_BINARY", "00ff")),),
    "the name in another case": (RegSetValueEx("N1", "SOFTWARE\\a", "V", 3),),
    "a value is deleted": (RegDeleteValue("N1", ROOT, "v"),),
    "a subkey is deleted": (RegDeleteTree("N1", BELOW),),
    "the root is deleted": (DROP,),
    "the root is made anew": (DROP, RegCreateKeyEx("N1", ROOT)),
    "two changes": (write(), write(3, BELOW)),
    "on the other node": (write(4, node="N2"),),
}
AFTER: dict[str, Part] = {
    "then the delay passes": (DELAY,),
    "then offline and online": (OFFLINE, ONLINE),
    "then it fails and restarts": (FAIL, ONLINE),
    "then its node crashes": (CRASH,),
    "then it moves": (AWAY,),
}
AGAIN: dict[str, Part] = {
    f"{name}, draw {draw}": (DELAY, *(Planned(one, draw=draw) for one in changes), DELAY)
    for name, changes in {
        "a value is set": (write(2),),
        "a value is set twice, in time": (write(2), DELAY, write(3)),
        "a value is deleted": (RegDeleteValue("N1", ROOT, "v"),),
        "a subkey is deleted": (RegDeleteTree("N1", BELOW),),
    }.items()
    for draw in range(4)
}
LAST: dict[str, Part] = {
    f"changed last, draw {draw}": (Planned(write(5), draw=draw),) for draw in range(4)
}
ENDED: dict[str, Part] = {
    "then offline": (OFFLINE,),
    "then it is terminated": (LEAVING, DllTerminate("A")),
    "then it fails, and the delay passes": (FAIL, DELAY),
    "then offline, changed, and the delay passes": (OFFLINE, write(6), DELAY),
}

CAPTURE = Subject(
    "capture",
    "A tree changes",
    frozenset(
        {
            RuleID.CAPTURE_ONLINE,
            RuleID.OFFLINE_OVERWRITTEN,
            RuleID.ROOT_DELETED,
            RuleID.KB_CAPTURE_ONLINE,
            RuleID.KB_SAVE_AT_OFFLINE,
            RuleID.TREE_REPLACED,
        }
    ),
    (AmbiguityID.A1, AmbiguityID.A2, AmbiguityID.A3, AmbiguityID.A29),
    {"root": start(resource("A", "GA", ROOT))},
    (
        *combined("root", BEFORE, CHANGES),
        *some(combined("root", BEFORE, CHANGES, AFTER), 2),
        *combined("root", {"online": (ONLINE,)}, AGAIN, {"": (), "then restarted": (FAIL, ONLINE)}),
        *combined("root", {"online": (ONLINE,)}, LAST, ENDED),
    ),
)
