"""Bugs to plant, by name: each takes the place of one function and breaks one rule.

Nothing of this runs unless the cluster is started with `--bug NAME`.
"""

import hashlib
import shutil
from pathlib import Path
from typing import Final

from . import control_codes, rules, status
from .membership import Membership
from .names import fold, lies_under
from .planted import Planted
from .quorum import Database, Entry, Quorum, Resource
from .registry import Keys, Registry
from .resources import Parameters
from .rules import Host

_delete_by_rule = control_codes.delete


def captures_nothing(host: Host) -> None:
    """The timer runs, and what has changed is forgotten."""
    host.timer.expired()


def watches_only_the_root(host: Host, key: str, *, is_whole: bool) -> None:
    """A change below the root of a checkpoint is not noticed."""
    for name, resource in rules.online_here(host, host.quorum.database()):
        for entry in resource["checkpoints"]:
            if is_whole or fold(entry["root"]) == fold(key):
                host.timer.mark((name, entry["file"]))


def captures_offline_too(host: Host, key: str, *, is_whole: bool) -> None:
    """A change is copied at once, whatever the state of the resource."""
    del is_whole
    for resource in host.quorum.database()["resources"].values():
        for entry in resource["checkpoints"]:
            tree = host.registry.tree(entry["root"])
            if tree is not None and lies_under(fold(entry["root"]), fold(key)):
                host.quorum.store(resource, entry, tree)


def merges(registry: Registry, root: str, tree: Keys) -> None:
    """What is under the root stays, and the copy is written over it."""
    kept = registry.tree(root) or {}
    for below, key in tree.items():
        there = kept.get(below, key)
        kept[below] = {"name": key["name"], "values": {**there["values"], **key["values"]}}
    registry.keys.update({fold(root) + below: key for below, key in kept.items()})
    registry.set_value(root, "merged", 1)
    registry.delete_value(root, "merged")


def restores_the_first_only(host: Host, resource: Resource) -> None:
    """Of all checkpoints only the first is restored."""
    for entry in resource["checkpoints"][:1]:
        rules.restore(host, resource, entry)


def saves_nothing_at_offline(_: Host, __: Resource) -> None:
    """An orderly offline saves nothing."""


def copies_nothing_at_add(host: Host, _: Resource, entry: Entry) -> bool:
    """A root that is added is listed, and its tree is not copied."""
    return host.registry.tree(entry["root"]) is not None


def one_file_for_a_key(quorum: Quorum, _: Resource, entry: Entry) -> Path:
    """The file of a copy is named after the key: resources with the same key share it."""
    name = hashlib.sha256(fold(entry["given"]).encode("utf-8", "surrogatepass")).hexdigest()
    return quorum.directory / "shared" / f"{name}.cpt"


def backs_up_no_copies(quorum: Quorum, path: str) -> None:
    """A backup has the database, and none of the stored copies."""
    backup = quorum.backup(path)
    shutil.rmtree(backup, ignore_errors=True)
    shutil.copytree(quorum.directory, backup, ignore=shutil.ignore_patterns("*.new", "*.cpt"))


def compared_with_case(listed: str, given: str) -> bool:
    """Two spellings of a root are two roots."""
    return listed == given


def deletes_what_is_not_listed(
    members: Membership, database: Database, name: str, parameters: Parameters
) -> int:
    """The delete of a root that is not listed succeeds."""
    answer = _delete_by_rule(members, database, name, parameters)
    return status.SUCCESS if answer == status.FILE_NOT_FOUND else answer


BUGS: Final = {
    "captures nothing": Planted(rules, "when_the_timer_runs", captures_nothing),
    "watches only the root": Planted(rules, "when_a_tree_changes", watches_only_the_root),
    "captures while offline": Planted(rules, "when_a_tree_changes", captures_offline_too),
    "merges at restore": Planted(Registry, "replace_tree", merges),
    "restores the first root only": Planted(
        rules, "before_a_resource_is_online", restores_the_first_only
    ),
    "saves nothing at offline": Planted(
        rules, "when_a_resource_goes_offline", saves_nothing_at_offline
    ),
    "copies nothing at add": Planted(rules, "when_a_checkpoint_is_added", copies_nothing_at_add),
    "keeps one file for a key": Planted(Quorum, "file", one_file_for_a_key),
    "backs up no copies": Planted(Quorum, "back_up", backs_up_no_copies),
    "compares roots with case": Planted(control_codes, "is_same_root", compared_with_case),
    "deletes what is not listed": Planted(control_codes, "delete", deletes_what_is_not_listed),
    "adds the native view for the 32-bit one": Planted(
        control_codes, "ADDED_VIEWS", {**control_codes.ADDED_VIEWS, 0x014000C2: "native"}
    ),
}
