"""The rules of checkpoints, as one node follows them: one small function each.

Sources: MsCS/checkpointing (the page), KB174070, KB897666 (captures by a timer), KB188674 (a
restore that failed is survived). A host is the node with its registry, its timer and the quorum.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .names import fold, lies_under, overlap
from .quorum import Database, Entry, Quorum, Resource
from .registry import Registry
from .timer import Timer

RESTORE_FAILED = 1024
SAVE_FAILED = 1080
"""Numbers of entries in the event log."""


@dataclass(slots=True)
class Host:
    """What a node has; `name` is folded."""

    name: str
    registry: Registry
    quorum: Quorum
    timer: Timer
    event_log: Path

    def log(self, number: int, resource: Resource, entry: Entry) -> None:
        """Make an entry in the event log, one line of JSON."""
        entry_made = json.dumps(
            {"id": number, "resource": resource["name"], "about": entry["given"]}
        )
        with self.event_log.open("a", encoding="ascii") as log:
            log.write(entry_made + "\n")


def when_a_tree_changes(host: Host, key: str, *, is_whole: bool) -> None:
    """The page: "Whenever anything changes ... and the resource is online"; the timer will see.

    The call that made the change does not wait for it (KB897666: "due to timer"). A change of a
    key, or of a whole tree under it, is one of every checkpointed tree that has the key in it.
    """
    for name, resource in online_here(host, host.quorum.database()):
        for entry in resource["checkpoints"]:
            touched = overlap if is_whole else lies_under
            if touched(fold(entry["root"]), fold(key)):
                host.timer.mark((name, entry["file"]))


def when_the_timer_runs(host: Host) -> None:
    """Every changed tree of a resource that is online is stored; what fails is tried again."""
    due = host.timer.expired()
    if not due:
        return
    for name, resource in online_here(host, host.quorum.database()):
        for entry in resource["checkpoints"]:
            if (name, entry["file"]) in due and not capture(host, resource, entry):
                host.timer.mark((name, entry["file"]))


def capture(host: Host, resource: Resource, entry: Entry) -> bool:
    """Store what the registry has; a root that is gone leaves the good copy (KB897666)."""
    tree = host.registry.tree(entry["root"])
    if tree is None:
        host.log(SAVE_FAILED, resource, entry)
        return False
    host.quorum.store(resource, entry, tree)
    return True


def when_a_checkpoint_is_added(host: Host, resource: Resource, entry: Entry) -> bool:
    """KB174070: "the specified key is checkpointed", whatever the state of the resource."""
    return capture(host, resource, entry)


def before_a_resource_is_online(host: Host, resource: Resource) -> None:
    """The page: every tree is restored "before the resource is brought online", on every node."""
    for entry in resource["checkpoints"]:
        restore(host, resource, entry)


def restore(host: Host, resource: Resource, entry: Entry) -> None:
    """The stored copy takes the place of the tree; without a copy (KB278464) the tree stays.

    A failure is logged, and the resource comes online all the same (KB188674).
    """
    try:
        tree = host.quorum.stored(resource, entry)
    except (OSError, ValueError):
        host.log(RESTORE_FAILED, resource, entry)
        return
    if tree is not None:
        host.registry.replace_tree(entry["root"], tree)


def when_a_resource_goes_offline(host: Host, resource: Resource) -> None:
    """KB174070: "all the checkpoints associated with this resource are saved"."""
    for entry in resource["checkpoints"]:
        capture(host, resource, entry)


def when_a_checkpoint_is_deleted(host: Host, resource: Resource, entry: Entry) -> None:
    """Its copy is deleted; the registry stays."""
    host.quorum.drop(resource, entry)


def when_a_resource_is_deleted(host: Host, resource: Resource) -> None:
    """The page: "If the resource is deleted, the checkpoint is deleted"."""
    host.quorum.drop_all(resource)


def online_here(host: Host, database: Database) -> Iterator[tuple[str, Resource]]:
    """The resources that this node has online."""
    for name, resource in database["resources"].items():
        owner = database["groups"][resource["group"]]["owner"]
        if owner == host.name and resource["state"] == "Online":
            yield name, resource
