"""The observations: what somebody sees who looks at the cluster now."""

from typing import Any

from .membership import Membership
from .names import fold, lies_under
from .quorum import Database, Resource
from .registry import Seen, seen

Names = dict[str, list[str]]
"""Keys, each with the names of the values to look for."""


def observed(members: Membership, wanted: dict[str, Any]) -> dict[str, Any]:
    """What was asked for; without a node that is up, nobody tells of states, owners and lists."""
    database = members.quorum.database()
    found: dict[str, Any] = {
        "registry": {
            node: members.look(fold(node), keys)
            for node, keys in wanted.get("registry", {}).items()
        },
        "stored": {
            resource: {
                root: copy(members, database, resource, root, keys) for root, keys in roots.items()
            }
            for resource, roots in wanted.get("stored", {}).items()
        },
    }
    if not members.up:
        return found
    resources = database["resources"]
    there = {
        name: resources[fold(name)] for name in wanted.get("states", ()) if fold(name) in resources
    }
    listed = {
        name: resources[fold(name)]
        for name in wanted.get("checkpoints", ())
        if fold(name) in resources
    }
    return {
        **found,
        "states": {name: resource["state"] for name, resource in there.items()},
        "owners": {group: owner(members, database, group) for group in wanted.get("owners", ())},
        "checkpoints": {name: given(resource) for name, resource in listed.items()},
    }


def owner(members: Membership, database: Database, group: str) -> str:
    """The node that owns a group, as the cluster spells it."""
    node = database["groups"][fold(group)]["owner"]
    return members.nodes[node]


def given(resource: Resource) -> list[str]:
    """The list of a resource, as GET answers it."""
    return [entry["given"] for entry in resource["checkpoints"]]


def copy(
    members: Membership, database: Database, name: str, root: str, keys: Names
) -> dict[str, Seen] | None:
    """What the stored copy of a root has, or None if there is no copy."""
    resource = database["resources"].get(fold(name))
    entries = [] if resource is None else resource["checkpoints"]
    entry = next((one for one in entries if fold(one["given"]) == fold(root)), None)
    if resource is None or entry is None:
        return None
    tree = members.quorum.stored(resource, entry)
    if tree is None:
        return None
    above = fold(root)
    return {
        key: seen(
            tree.get(fold(key)[len(above) :]) if lies_under(above, fold(key)) else None, names
        )
        for key, names in keys.items()
    }
