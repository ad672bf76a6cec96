"""What a node is asked to do, by the word in `ask`; the answer is what JSON can write."""

from collections.abc import Callable
from typing import Any

from . import rules, status
from .names import fold
from .quorum import Entry
from .registry import seen
from .rules import Host

Request = dict[str, Any]
"""A request, as JSON has it; the sender is the cluster and has checked it."""


def write(host: Host, request: Request) -> int:
    """A registry call; a change is noticed, and its capture comes later."""
    key, before = request["key"], host.registry.changes
    answer = change_registry(host, request)
    if host.registry.changes != before:
        rules.when_a_tree_changes(host, key, is_whole=request["call"] == "RegDeleteTree")
    return answer


def change_registry(host: Host, request: Request) -> int:
    """A registry call, without anybody who watches."""
    key, registry = request["key"], host.registry
    match request["call"]:
        case "RegCreateKeyEx":
            return registry.create_key(key)
        case "RegSetValueEx":
            return registry.set_value(key, request["name"], request["value"])
        case "RegDeleteValue":
            return registry.delete_value(key, request["name"])
        case _:
            return registry.delete_tree(key)


def look(host: Host, request: Request) -> dict[str, Any]:
    """What the registry has for keys, each with the names of the values to look for."""
    keys = host.registry.keys
    return {key: seen(keys.get(fold(key)), names) for key, names in request["keys"].items()}


def bring_online(host: Host, request: Request) -> None:
    """A resource of this node comes online."""
    database = host.quorum.database()
    resource = database["resources"][request["resource"]]
    rules.before_a_resource_is_online(host, resource)
    resource["state"] = "Online"
    host.quorum.keep(database)


def take_offline(host: Host, request: Request) -> None:
    """A resource of this node goes offline in good order."""
    database = host.quorum.database()
    resource = database["resources"][request["resource"]]
    rules.when_a_resource_goes_offline(host, resource)
    _stop(host, request["resource"], "Offline")


def fail(host: Host, request: Request) -> None:
    """A resource of this node fails: nothing is saved."""
    _stop(host, request["resource"], "Failed")


def _stop(host: Host, name: str, state: str) -> None:
    database = host.quorum.database()
    database["resources"][name]["state"] = state
    host.quorum.keep(database)
    host.timer.forget(name)


def add(host: Host, request: Request) -> int:
    """A checkpoint joins the list, if its tree is there to be copied."""
    database = host.quorum.database()
    resource = database["resources"][request["resource"]]
    file = f"{resource['next_file']:08d}.cpt"
    entry = Entry(given=request["given"], root=request["root"], file=file)
    if not rules.when_a_checkpoint_is_added(host, resource, entry):
        return status.FILE_NOT_FOUND
    resource["next_file"] += 1
    resource["checkpoints"].append(entry)
    host.quorum.keep(database)
    return status.SUCCESS


def remove(host: Host, request: Request) -> int:
    """A checkpoint leaves the list, and its copy the quorum."""
    database = host.quorum.database()
    resource = database["resources"][request["resource"]]
    named = [one for one in resource["checkpoints"] if fold(one["given"]) == request["folded"]]
    if not named:
        return status.FILE_NOT_FOUND
    for entry in named:
        resource["checkpoints"].remove(entry)
        rules.when_a_checkpoint_is_deleted(host, resource, entry)
    host.quorum.keep(database)
    return status.SUCCESS


def delete(host: Host, request: Request) -> None:
    """A resource leaves the database, and its copies the quorum."""
    database = host.quorum.database()
    resource = database["resources"].pop(request["resource"])
    host.quorum.keep(database)
    rules.when_a_resource_is_deleted(host, resource)
    host.timer.forget(request["resource"])


def timer(host: Host, _: Request) -> dict[str, float | int | None]:
    """How often the timer has run, and when it will run again."""
    return {"runs": host.timer.runs, "seconds": host.timer.seconds_left()}


REQUESTS: dict[str, Callable[[Host, Request], object]] = {
    "write": write,
    "look": look,
    "online": bring_online,
    "offline": take_offline,
    "fail": fail,
    "add": add,
    "remove": remove,
    "delete": delete,
    "timer": timer,
}
