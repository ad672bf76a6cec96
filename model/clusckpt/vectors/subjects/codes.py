r"""The control codes for registry checkpoints: what they are given, and what they answer."""

from dataclasses import replace

import msgspec

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.common import (
    BELOW,
    FAILED,
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
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.register import RuleID

ADD, DELETE, GET = (
    "ADD_REGISTRY_CHECKPOINT",
    "DELETE_REGISTRY_CHECKPOINT",
    "GET_REGISTRY_CHECKPOINTS",
)
ADDS = (ADD, "ADD_REGISTRY_CHECKPOINT_32BIT", "ADD_REGISTRY_CHECKPOINT_64BIT")
ALTERNATE = "Software\\Wow6432Node\\A"
KEYS = {ROOT: ("v",), ALTERNATE: ("v",)}

GIVEN: dict[str, str | None] = {
    "the key": ROOT,
    "the key in another case": "SOFTWARE\\a",
    "a key below": BELOW,
    "a key that is not there": "Software\\Nowhere",
    "a leading backslash": "\\Software\\A",
    "a trailing backslash": "Software\\A\\",
    "a doubled backslash": "Software\\\\A",
    "a hive": "HKEY_LOCAL_MACHINE\\Software\\A",
    "the empty string": "",
    "no buffer": None,
    "the alternate key": ALTERNATE,
}
STATES: dict[str, Part] = {
    "offline": (),
    "online": (ONLINE,),
    "failed": (ONLINE, FAILED),
}
LISTED: dict[str, Part] = {
    **{f"{name.lower()} came first": (code(name),) for name in (*ADDS, "ADD_CRYPTO_CHECKPOINT")},
}
FOLLOWED: dict[str, Part] = {
    "then listed": (code(GET, None),),
    "then changed and restarted": (write(), ONLINE, write(3), OFFLINE, write(4), ONLINE),
}


def _given(name: str) -> dict[str, Part]:
    return {f"{name.lower()} with {one}": (code(name, text),) for one, text in GIVEN.items()}


def _calls() -> dict[str, ClusterResourceControl]:
    """Calls that differ in what surrounds the string."""
    plain, ask = code(ADD), code(GET, None)
    change = msgspec.structs.replace
    unterminated = ROOT.encode("utf-16-le").hex()
    return {
        "with read access": change(plain, access="Read"),
        "of a read-only server": change(plain, server="read-only"),
        "by a 32-bit program": change(plain, caller="32"),
        "by a 64-bit program": change(plain, caller="64"),
        "on its node": change(plain, host_node="N1"),
        "on another node": change(plain, host_node="N2"),
        "not terminated": change(plain, input=None, input_bytes=unterminated),
        "terminated": change(plain, input=None, input_bytes=unterminated + "0000"),
        "with an odd byte": change(plain, input=None, input_bytes=unterminated + "00"),
        "of no resource": change(plain, resource="Z"),
        "by number": change(plain, code=ControlCode[ADD].value),
        "delete with read access": change(code(DELETE), access="Read"),
        "delete of a read-only server": change(code(DELETE), server="read-only"),
        "list with read access": change(ask, access="Read"),
        "list with a large buffer": change(ask, output_size=400),
        "list with a small buffer": change(ask, output_size=4),
        "list with no room": change(ask, output_size=0),
        "list without a buffer": change(ask, output_null=True, output_size=0),
        "list of a type": code("TYPE_GET_REGISTRY_CHECKPOINTS", None),
        "list of containers": code("GET_CRYPTO_CHECKPOINTS", None),
        "list of containers of a type": code("TYPE_GET_CRYPTO_CHECKPOINTS", None),
    }


CALLS: dict[str, Part] = {name: (call,) for name, call in _calls().items()}
AMBIGUITIES = tuple(AmbiguityID(f"A{number}") for number in (*range(4, 20), 22, 33, 37, 38, 41, 43))

CODES = Subject(
    "codes",
    "Control codes for registry checkpoints",
    frozenset(
        {
            RuleID.ADD_REGISTRY,
            RuleID.ADD_REGISTRY_32BIT,
            RuleID.ADD_REGISTRY_64BIT,
            RuleID.DELETE_REGISTRY,
            RuleID.GET_REGISTRY,
            RuleID.GET_CRYPTO,
            RuleID.TYPE_GET_REGISTRY,
            RuleID.TYPE_GET_CRYPTO,
            RuleID.NAMES_CASELESS,
            RuleID.NOT_PASSED_TO_DLL,
            RuleID.KB_CAPTURE_AT_ADD,
        }
    ),
    AMBIGUITIES,
    {
        "bare": start(resource("A", "GA"), keys=KEYS),
        "x86": start(resource("A", "GA"), keys=KEYS, platform="x86"),
        "root": start(resource("A", "GA", ROOT), keys=KEYS),
    },
    (
        *(
            script
            for name in (*ADDS, DELETE)
            for script in combined("bare", {"": ()}, _given(name))
        ),
        *(
            script
            for name in (*ADDS, DELETE)
            for script in some(combined("bare", LISTED, _given(name)), 2)
        ),
        *combined("bare", STATES, _given(ADD)),
        *some(combined("bare", _given(ADD) | _given(ADDS[1]) | _given(ADDS[2]), FOLLOWED), 3),
        *combined("bare", {"two roots": (code(ADD), code(ADD, ALTERNATE))}, CALLS),
        *(script for name in ADDS for script in combined("x86", _given(name))),
        *combined("bare", STATES, CALLS),
        *(
            replace(one, title=f"with a root, {one.title}")
            for one in some(combined("root", STATES, CALLS), 2)
        ),
        *combined("root", STATES, _given(DELETE)),
    ),
)
