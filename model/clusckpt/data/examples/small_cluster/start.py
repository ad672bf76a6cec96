"""The start of a cluster: from the parameters of `reset` to the database and the first copies."""

from pathlib import Path
from typing import Any

from .names import fold, located
from .quorum import Database, Entry, Group, Quorum, Resource
from .registry import Registry

Written = dict[str, Any]
"""A part of `clusckpt-cluster/1`, as JSON has it."""


def database_of(cluster: Written) -> Database:
    """The database of a cluster in which every resource is offline.

    >>> cluster = {"nodes": ["N1"], "groups": [{"name": "g"}], "resources": []}
    >>> database_of(cluster)["groups"]
    {'G': {'name': 'g', 'owner': 'N1', 'preferred': []}}
    """
    nodes = [fold(node) for node in cluster["nodes"]]
    platform = cluster.get("platform", "x64")
    resources = {
        fold(one["name"]): _resource(one, nodes, platform, f"{number:04d}")
        for number, one in enumerate(cluster["resources"])
    }
    groups = {fold(one["name"]): _group(one, nodes, resources) for one in cluster["groups"]}
    return Database(
        platform=platform,
        nodes=nodes,
        groups=groups,
        resources=resources,
        next_folder=len(resources),
    )


def new_resource(name: str, group: str, possible_owners: list[str], folder: str) -> Resource:
    """A resource that is offline and has no checkpoints."""
    return Resource(
        name=name,
        group=fold(group),
        folder=folder,
        possible_owners=possible_owners,
        dependencies=[],
        checkpoints=[],
        next_file=1,
        state="Offline",
        wanted=False,
    )


def _resource(one: Written, nodes: list[str], platform: str, folder: str) -> Resource:
    owners = one.get("possible_owners")
    possible = nodes if owners is None else [fold(node) for node in owners]
    resource = new_resource(one["name"], one["group"], possible, folder)
    resource["dependencies"] = [fold(other) for other in one.get("dependencies", ())]
    for number, entry in enumerate(one.get("registry_checkpoints", ()), start=1):
        root = located(entry["key"], entry.get("view", "native"), platform)
        file = f"{number:08d}.cpt"
        resource["checkpoints"].append(Entry(given=entry["key"], root=root, file=file))
        resource["next_file"] = number + 1
    if one.get("crypto_checkpoints"):
        message = f"resource {one['name']!r} has crypto checkpoints; only registry ones are kept"
        raise ValueError(message)
    return resource


def _group(one: Written, nodes: list[str], resources: dict[str, Resource]) -> Group:
    """A group; an owner that is not written is the first node that can host all of it."""
    preferred = [fold(node) for node in one.get("preferred_owners", ())]
    members = [each for each in resources.values() if each["group"] == fold(one["name"])]
    fit = [node for node in nodes if all(node in each["possible_owners"] for each in members)]
    owner = fold(one["owner"]) if one.get("owner") else (fit or nodes)[0]
    return Group(name=one["name"], owner=owner, preferred=preferred)


def first_copies(database: Database, quorum: Quorum, registries: dict[str, Path]) -> None:
    """The copy of each checkpoint is the tree that the owner has, if it has one."""
    for resource in database["resources"].values():
        owner = database["groups"][resource["group"]]["owner"]
        for entry in resource["checkpoints"]:
            tree = Registry(registries[owner]).tree(entry["root"])
            if tree is not None:
                quorum.store(resource, entry, tree)


def prepared(directory: Path, database: Database) -> Quorum:
    """A new quorum directory with this database."""
    directory.mkdir(parents=True)
    quorum = Quorum(directory)
    quorum.keep(database)
    return quorum


def written_registries(registry: Written, nodes: list[str]) -> dict[str, Written]:
    """The contents of every node by its folded name.

    >>> written_registries({"n1": {"A": {}}}, ["N1", "N2"])
    {'N1': {'A': {}}, 'N2': {}}
    """
    named = {fold(node): tree for node, tree in registry.items()}
    return {node: named.get(node, {}) for node in nodes}
