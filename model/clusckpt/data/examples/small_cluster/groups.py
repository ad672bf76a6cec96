"""Groups and their owners: moves, crashes of nodes, failover, and nodes that join again."""

from contextlib import suppress

from . import status
from .membership import Membership
from .names import fold
from .quorum import Database
from .refusal import Refusal
from .resources import Parameters, bring_online, in_order, served, take_offline


def move_group(members: Membership, parameters: Parameters) -> int:
    """MoveClusterGroup: to a node, or without one to the best that can host it."""
    group, database = fold(parameters["group"]), served(members)
    if group not in database["groups"]:
        return status.GROUP_NOT_FOUND
    owner, hosts = database["groups"][group]["owner"], hosts_of(members, database, group)
    if parameters.get("node") is None:
        hosts = [node for node in hosts if node != owner]
    else:
        hosts = [node for node in hosts if node == fold(parameters["node"])]
        if fold(parameters["node"]) == owner:
            return status.SUCCESS
    if not hosts:
        return status.NODE_CANNOT_HOST_RESOURCE
    give(members, group, hosts[0])
    return status.SUCCESS


def hosts_of(members: Membership, database: Database, group: str) -> list[str]:
    """The nodes that are up and can host a whole group, preferred ones first."""
    resources = [one for one in database["resources"].values() if one["group"] == group]
    order = [*database["groups"][group]["preferred"], *database["nodes"]]
    return [
        node
        for node in dict.fromkeys(order)
        if node in members.up and all(node in one["possible_owners"] for one in resources)
    ]


def give(members: Membership, group: str, node: str) -> None:
    """A group goes offline, changes hands, and returns to its persistent state."""
    database = members.quorum.database()
    take_offline(members, database, reversed(in_order(database, group)))
    database = members.quorum.database()
    database["groups"][group]["owner"] = node
    members.quorum.keep(database)
    return_to_persistent_state(members, group)


def return_to_persistent_state(members: Membership, group: str) -> None:
    """What is to be online comes online, where the owner can host it."""
    database = members.quorum.database()
    for name in in_order(database, group):
        if database["resources"][name]["wanted"]:
            with suppress(Refusal):
                bring_online(members, name)


def crash_node(members: Membership, parameters: Parameters) -> None:
    """NodeCrash: its process is killed, and its groups fail over.

    Raises:
        ValueError: the node is down already, or unknown.
    """
    node = fold(parameters["node"])
    if node not in members.up:
        message = f"the node {parameters['node']!r} is not up; allowed: {', '.join(members.up)}"
        raise ValueError(message)
    members.kill(node)
    database = members.quorum.database()
    for resource in database["resources"].values():
        owned = database["groups"][resource["group"]]["owner"] == node
        if owned and resource["state"] == "Online":
            resource["state"] = "Offline"
    members.quorum.keep(database)
    fail_over(members)


def join_node(members: Membership, parameters: Parameters) -> None:
    """NodeJoin: it takes part again; groups that waited for a node come online.

    Raises:
        ValueError: the node is up already, or unknown.
    """
    node = fold(parameters["node"])
    down = [one for one in members.nodes if one not in members.up]
    if node not in down:
        message = f"the node {parameters['node']!r} is not down; allowed: {', '.join(down)}"
        raise ValueError(message)
    members.join(node)
    take_part(members, node)


def take_part(members: Membership, node: str) -> None:
    """A node that has just joined brings its groups back, and gets those that have no host."""
    for group, entry in members.quorum.database()["groups"].items():
        if entry["owner"] == node:
            return_to_persistent_state(members, group)
    fail_over(members)


def fail_over(members: Membership) -> None:
    """Groups whose owner is down go to a node that can host them, if there is one."""
    database = members.quorum.database()
    for group, entry in database["groups"].items():
        hosts = hosts_of(members, database, group)
        if entry["owner"] not in members.up and hosts:
            give(members, group, hosts[0])
