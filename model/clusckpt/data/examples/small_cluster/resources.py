"""Requests about one resource: create, online, offline, fail, delete.

The owner's node carries them out. What a resource depends on comes online before it, and what
depends on it goes offline before it (MsCS/resource-dependencies).
"""

from collections.abc import Iterable
from graphlib import TopologicalSorter
from typing import Any

from . import status
from .members import NodeProcess
from .membership import Membership
from .names import fold
from .quorum import Database
from .refusal import Refusal
from .start import new_resource

Parameters = dict[str, Any]


def served(members: Membership) -> Database:
    """The database, if a node is up that can answer.

    Raises:
        Refusal: no node is up.
    """
    if not members.up:
        raise Refusal(status.SERVER_UNAVAILABLE)
    return members.quorum.database()


def known(members: Membership, name: str) -> Database:
    """The database, if it has a resource of that folded name.

    Raises:
        Refusal: no node is up, or there is no such resource.
    """
    database = served(members)
    if name not in database["resources"]:
        raise Refusal(status.RESOURCE_NOT_FOUND)
    return database


def owner(database: Database, name: str) -> str:
    """The node that owns a resource."""
    return database["groups"][database["resources"][name]["group"]]["owner"]


def host(members: Membership, database: Database, name: str) -> NodeProcess:
    """The process of the owner.

    Raises:
        Refusal: the owner is down, or not a possible one.
    """
    node = owner(database, name)
    if node not in members.up:
        raise Refusal(status.HOST_NODE_NOT_AVAILABLE)
    if node not in database["resources"][name]["possible_owners"]:
        raise Refusal(status.NODE_CANNOT_HOST_RESOURCE)
    return members.up[node]


def in_order(database: Database, group: str) -> list[str]:
    """The resources of a group, each after what it depends on."""
    members = {
        name: sorted(resource["dependencies"])
        for name, resource in sorted(database["resources"].items())
        if resource["group"] == group
    }
    return [name for name in TopologicalSorter(members).static_order() if name in members]


def bring_online(members: Membership, name: str) -> None:
    """A resource comes online, after all that it depends on.

    Raises:
        Refusal: the owner cannot host one of them.
    """
    database = members.quorum.database()
    resources = database["resources"]
    order = in_order(database, resources[name]["group"])
    above = {name}
    for one in reversed(order):
        if one in above:
            above.update(resources[one]["dependencies"])
    coming = [one for one in order if one in above and resources[one]["state"] != "Online"]
    for one, process in [(one, host(members, database, one)) for one in coming]:
        process.ask("online", resource=one)


def take_offline(members: Membership, database: Database, names: Iterable[str]) -> None:
    """Those of the resources that are online go offline, in the given order."""
    for name in names:
        if database["resources"][name]["state"] == "Online":
            members.up[owner(database, name)].ask("offline", resource=name)


def create_resource(members: Membership, parameters: Parameters) -> int:
    """CreateClusterResource: offline, without checkpoints; every node can host it."""
    name, group, database = fold(parameters["resource"]), fold(parameters["group"]), served(members)
    if group not in database["groups"]:
        return status.GROUP_NOT_FOUND
    if name in database["resources"]:
        return status.OBJECT_ALREADY_EXISTS
    if database["groups"][group]["owner"] not in members.up:
        return status.HOST_NODE_NOT_AVAILABLE
    folder = f"{database['next_folder']:04d}"
    made = new_resource(parameters["resource"], group, database["nodes"], folder)
    database["resources"][name] = made
    database["next_folder"] += 1
    members.quorum.keep(database)
    return status.SUCCESS


def online_resource(members: Membership, parameters: Parameters) -> int:
    """OnlineClusterResource: its persistent state is Online, even if this attempt fails."""
    name = fold(parameters["resource"])
    _persist(members, name, wanted=True)
    bring_online(members, name)
    return status.SUCCESS


def offline_resource(members: Membership, parameters: Parameters) -> int:
    """OfflineClusterResource: its persistent state is Offline."""
    name = fold(parameters["resource"])
    database = _persist(members, name, wanted=False)
    if database["resources"][name]["state"] == "Failed":
        return status.RESOURCE_FAILED
    if database["resources"][name]["state"] == "Offline":
        return status.SUCCESS
    going = {name}
    order = in_order(database, database["resources"][name]["group"])
    for one in order:
        if going & set(database["resources"][one]["dependencies"]):
            going.add(one)
    take_offline(members, database, [one for one in reversed(order) if one in going])
    return status.SUCCESS


def fail_resource(members: Membership, parameters: Parameters) -> int:
    """FailClusterResource: only a resource that is online can fail."""
    name = fold(parameters["resource"])
    database = known(members, name)
    if database["resources"][name]["state"] != "Online":
        return status.RESOURCE_NOT_ONLINE
    members.up[owner(database, name)].ask("fail", resource=name)
    return status.SUCCESS


def delete_resource(members: Membership, parameters: Parameters) -> int:
    """DeleteClusterResource: offline or failed, and nothing depends on it."""
    name = fold(parameters["resource"])
    database = known(members, name)
    if database["resources"][name]["state"] == "Online":
        return status.RESOURCE_ONLINE
    if any(name in other["dependencies"] for other in database["resources"].values()):
        return status.DEPENDENT_RESOURCE_EXISTS
    anybody = next(iter(members.up.values()))
    members.up.get(owner(database, name), anybody).ask("delete", resource=name)
    return status.SUCCESS


def _persist(members: Membership, name: str, *, wanted: bool) -> Database:
    database = known(members, name)
    database["resources"][name]["wanted"] = wanted
    members.quorum.keep(database)
    return database
