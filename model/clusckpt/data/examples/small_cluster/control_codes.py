r"""ClusterResourceControl: the codes that add, delete and list registry checkpoints.

The cluster service answers them itself; no resource DLL sees them. There are no key containers
here, so the codes for containers find none.
"""

from typing import Any, Final

from . import status
from .membership import Membership
from .names import fold, is_root, located
from .quorum import Database
from .refusal import Refusal
from .resources import Parameters, known, owner

Answer = dict[str, Any]

CODES: Final = {
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT": 0x014000A2,
    "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT": 0x014000A6,
    "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS": 0x010000A9,
    "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT": 0x014000AE,
    "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT": 0x014000B2,
    "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS": 0x010000B5,
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_64BIT": 0x014000BE,
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT": 0x014000C2,
}
"""The published numbers."""

_MODIFIES: Final = 0x00400000
ADDED_VIEWS: Final = {0x014000A2: "native", 0x014000BE: "64", 0x014000C2: "32"}


def control_resource(members: Membership, parameters: Parameters) -> Answer:
    """Carry a control code out on the node that owns the resource."""
    name = fold(parameters["resource"])
    database = known(members, name)
    named: int | str = parameters["code"]
    code = named if isinstance(named, int) else CODES.get(named, 0)
    _check_handle(members, database, name, parameters, code)
    match code:
        case 0x014000A2 | 0x014000BE | 0x014000C2:
            return {"returned": add(members, database, name, parameters, ADDED_VIEWS[code])}
        case 0x014000A6:
            return {"returned": delete(members, database, name, parameters)}
        case 0x010000A9:
            listed = [one["given"] for one in database["resources"][name]["checkpoints"]]
            return answered(listed, parameters)
        case 0x014000AE | 0x014000B2:
            return {"returned": status.BAD_KEYSET}
        case 0x010000B5:
            return answered([], parameters)
        case _:
            return {"returned": status.INVALID_FUNCTION}


def _check_handle(
    members: Membership, database: Database, name: str, parameters: Parameters, code: int
) -> None:
    """The owner is up and is the node that was asked, and the handle has the access it needs."""
    node = owner(database, name)
    if node not in members.up:
        raise Refusal(status.HOST_NODE_NOT_AVAILABLE)
    if fold(parameters.get("host_node") or node) != node:
        raise Refusal(status.HOST_NODE_NOT_RESOURCE_OWNER)
    if code & _MODIFIES and parameters.get("access", "All") != "All":
        raise Refusal(status.ACCESS_DENIED)


def add(
    members: Membership, database: Database, name: str, parameters: Parameters, view: str
) -> int:
    """A root joins the list; the namespace of both registries is one ([MS-CMRP] 3.1.1.1.1.1)."""
    given = _root(parameters)
    if any(is_same_root(one["given"], given) for one in _listed(database, name)):
        return status.ALREADY_EXISTS
    root = located(given, view, database["platform"])
    node = members.up[owner(database, name)]
    return int(node.ask("add", resource=name, given=given, root=root))


def is_same_root(listed: str, given: str) -> bool:
    """Whether a root that is to be added is listed already: names have no case."""
    return fold(listed) == fold(given)


def delete(members: Membership, database: Database, name: str, parameters: Parameters) -> int:
    """A root of whatever kind leaves the list."""
    folded = fold(_root(parameters))
    return int(members.up[owner(database, name)].ask("remove", resource=name, folded=folded))


def answered(strings: list[str], parameters: Parameters) -> Answer:
    """A list as a MULTI_SZ in the output buffer, or the size that it needs.

    >>> answered(["A"], {"output_size": 6})
    {'returned': 0, 'output': '410000000000', 'bytes_returned': 6}
    >>> answered(["A"], {"output_size": 4})
    {'returned': 234, 'bytes_returned': 6}
    """
    listed = "".join(one + "\0" for one in strings) + "\0"
    content = listed.encode("utf-16-le", "surrogatepass")
    size = parameters.get("output_size")
    if parameters.get("output_null") and size:
        return {"returned": status.INVALID_PARAMETER}
    if parameters.get("output_null"):
        return {"returned": status.SUCCESS, "bytes_returned": len(content)}
    if size is not None and size < len(content):
        return {"returned": status.MORE_DATA, "bytes_returned": len(content)}
    return {"returned": status.SUCCESS, "output": content.hex(), "bytes_returned": len(content)}


def input_text(parameters: Parameters) -> str | None:
    r"""The string in the input buffer, or None if it holds no string that ends with a NUL.

    >>> input_text({"input": "A"}), input_text({"input_bytes": "41000000"})
    ('A', 'A')
    >>> input_text({"input_bytes": "4100"}), input_text({})
    (None, None)
    """
    if parameters.get("input_bytes") is None:
        return parameters.get("input")
    try:
        text = bytes.fromhex(parameters["input_bytes"]).decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    whole, end, after = text.partition("\0")
    return whole if end and not after else None


def _root(parameters: Parameters) -> str:
    text = input_text(parameters)
    if text is None or not is_root(text):
        raise Refusal(status.INVALID_PARAMETER)
    return text


def _listed(database: Database, name: str) -> list[Any]:
    return list(database["resources"][name]["checkpoints"])
