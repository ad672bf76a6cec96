"""Key containers: the codes for crypto checkpoints, and captures and restores of containers."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    AWAY,
    BOX,
    CRASH,
    FAIL,
    OFFLINE,
    ONLINE,
    ROOT,
    Part,
    code,
    combined,
    resource,
    start,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    CryptGenKey,
    CryptSetProvParam,
    RestoreClusterDatabase,
)
from clusckpt_spec.register import RuleID

ADDS = ("ADD_CRYPTO_CHECKPOINT", "ADD_CRYPTO_CHECKPOINT_EX")
DELETE, GET = "DELETE_CRYPTO_CHECKPOINT", code("GET_CRYPTO_CHECKPOINTS", None)
NAMED = "1\\Microsoft Strong Cryptographic Provider\\Box"

GIVEN: dict[str, str | None] = {
    "the container": BOX,
    "the container in another case": BOX.upper(),
    "the default provider named": NAMED,
    "another type": "24\\\\Box",
    "a container that is not there": "1\\\\Nothing",
    "a backslash in the name": "1\\\\Box\\More",
    "one separator": "1\\Box",
    "a registry key": ROOT,
    "the empty string": "",
    "no buffer": None,
}
KEYS: dict[str, Part] = {
    "keys as they are": (),
    "keys that cannot be exported": (CryptGenKey("N1", BOX, "fixed", exportable=False),),
    "a container with a backslash": (CryptGenKey("N1", "1\\\\Box\\More", "odd"),),
}
STATES: dict[str, Part] = {"offline": (), "online": (ONLINE,)}
TYPES: dict[str, Part] = {
    f"{name.lower()} of a type": (code(f"TYPE_{name}", None),)
    for name in ("GET_CRYPTO_CHECKPOINTS", "GET_REGISTRY_CHECKPOINTS")
}
LISTS: dict[str, Part] = {"": (), "then listed": (GET,)}
CHANGES: dict[str, Part] = {
    "nothing changes": (),
    "other keys are made": (CryptGenKey("N1", BOX, "second"),),
    "other keys are made elsewhere": (CryptGenKey("N2", BOX, "third"),),
    "it may not be written": (CryptSetProvParam("N1", BOX, writable=False),),
    "it may be written again": (
        CryptSetProvParam("N1", BOX, writable=False),
        CryptSetProvParam("N1", BOX, writable=True),
    ),
    "a backup is restored": (
        BackupClusterDatabase("D:\\b"),
        CryptGenKey("N1", BOX, "second"),
        code(DELETE, BOX),
        RestoreClusterDatabase("D:\\b", "N1", force=True),
    ),
}
RETURN: dict[str, Part] = {
    "": (),
    "then online": (ONLINE,),
    "then restarted": (OFFLINE, ONLINE),
    "then failed and restarted": (FAIL, ONLINE),
    "then moved": (AWAY,),
    "then its node crashes": (CRASH, ONLINE),
}


def _given(name: str) -> dict[str, Part]:
    return {f"{name.lower()} with {one}": (code(name, text),) for one, text in GIVEN.items()}


CONTAINERS = Subject(
    "containers",
    "Key containers and their control codes",
    frozenset(
        {
            RuleID.ADD_CRYPTO,
            RuleID.ADD_CRYPTO_EX,
            RuleID.DELETE_CRYPTO,
            RuleID.GET_CRYPTO,
            RuleID.TYPE_GET_CRYPTO,
            RuleID.CRYPTO_CONTAINERS,
            RuleID.NOT_PASSED_TO_DLL,
        }
    ),
    tuple(AmbiguityID(f"A{number}") for number in (19, 20, 21, 25, 36, 37, 38, 39, 41)),
    {
        "bare": start(resource("A", "GA"), boxes=(BOX,), keys={}),
        "box": start(resource("A", "GA", boxes=(BOX,)), boxes=(BOX,), keys={}),
    },
    (
        *(script for name in ADDS for script in combined("bare", KEYS, STATES, _given(name))),
        *combined("bare", _given(ADDS[0]) | _given(ADDS[1]), LISTS),
        *combined("box", STATES, _given(ADDS[0]) | _given(DELETE), LISTS),
        *combined("box", STATES, TYPES),
        *combined("box", STATES, _given(DELETE), {"then restarted": (OFFLINE, ONLINE)}),
        *combined("box", STATES, CHANGES, RETURN),
    ),
)
