"""The registry functions, as a program on a node calls them."""

from . import status
from .membership import Membership
from .names import fold, is_key, located
from .resources import Parameters


def registry_call(members: Membership, parameters: Parameters) -> int:
    """RegCreateKeyEx, RegSetValueEx, RegDeleteValue or RegDeleteTree; `call` says which.

    Raises:
        ValueError: there is no such node.
    """
    node, key = fold(parameters["node"]), parameters["key"]
    if node not in members.nodes:
        allowed = ", ".join(members.nodes.values())
        message = f"{parameters['node']!r} is not a node of this cluster; allowed: {allowed}"
        raise ValueError(message)
    if not is_key(key):
        return status.INVALID_PARAMETER
    platform = members.quorum.database()["platform"]
    place = located(key, parameters.get("view", "native"), platform)
    return members.change_registry(node, {**parameters, "key": place})
