"""How a witness starts: the design under review, with owners and contents chosen."""

from collections.abc import Iterable

import msgspec

from clusckpt.collisions.roles import Roles
from clusckpt.collisions.roots import CheckpointedRoot, canonical_root, checkpoints_of, roots_of
from clusckpt.containers import container_id
from clusckpt.names import fold
from clusckpt.state import CheckpointKind
from clusckpt_spec.formats.cluster import Cluster, Platform, RegistryCheckpoint, Resource
from clusckpt_spec.formats.trace import Header
from clusckpt_spec.formats.values import WrittenTree

MOST_NESTED = 6
"""The most overlapping roots that one resource has in a witness besides the root in question.

The model follows every order in which overlapping roots may be restored (A22), and what it has
to follow doubles with each root. The copies of one resource agree where they overlap, so leaving
some of its roots out changes nothing at the key.
"""

VALUE = "LeftBy"
"""The value that each resource leaves at the key, with its own name in it."""


def keys_of(entry: CheckpointedRoot) -> str:
    """What the keys of a resource's own container are called."""
    return f"keys of {entry.resource}"


def left_by(entry: CheckpointedRoot) -> str:
    """What a resource leaves at the key, or in the container."""
    return entry.resource if entry.root.kind is CheckpointKind.REGISTRY else keys_of(entry)


def opening(cluster: Cluster, roles: Roles) -> Header:
    """The header of a witness: each group on its node, and something at the key for both.

    The keys of a container are what makes the first copies differ: on one node they are those of
    the replacing resource, across nodes each node has those of the resource that starts there.
    """
    title = f"{roles.replacing.resource} replaces what {roles.replaced.resource} left"
    start = _start(cluster, roles)
    header = Header("clusckpt-trace/1", start, title, "witness of a conflict (CKPT-INSTANCES)")
    players = {fold(entry.resource) for entry in (roles.replaced, roles.replacing)}
    theirs = [one for one in start.resources if fold(one.name) in players]
    return msgspec.structs.replace(
        header,
        registry=_registry(roles, theirs, cluster.platform),
        containers=_containers(roles, theirs),
    )


def _registry(
    roles: Roles, players: Iterable[Resource], platform: Platform
) -> dict[str, WrittenTree]:
    """Every root of the two is there: without its copy, a resource may not come online (A27)."""
    entries = [entry for one in players for entry in roots_of(one, platform)]
    registry = [entry for entry in entries if entry.root.kind is CheckpointKind.REGISTRY]
    roots = {entry.root: entry.text for entry in registry}
    return {node: {text: {} for text in roots.values()} for node in roles.nodes if roots}


def _containers(roles: Roles, players: Iterable[Resource]) -> dict[str, dict[str, str]]:
    """The keys of the container in question, and of any other container of the two."""
    others = {container_id(given): given for one in players for given in one.crypto_checkpoints}
    contested = _contested(roles) if roles.key.root.kind is CheckpointKind.CRYPTO else {}
    for given in (given for held in contested.values() for given in held):
        others.pop(container_id(given), None)
    beside = dict.fromkeys(others.values(), "keys")
    found = {node: {**contested.get(node, {}), **beside} for node in roles.nodes}
    return {node: held for node, held in found.items() if held}


def _contested(roles: Roles) -> dict[str, dict[str, str]]:
    if roles.elsewhere is None:
        return {roles.node: {roles.replacing.given: keys_of(roles.replacing)}}
    return {
        roles.node: {roles.replaced.given: keys_of(roles.replaced)},
        roles.elsewhere: {roles.replacing.given: keys_of(roles.replacing)},
    }


def _start(cluster: Cluster, roles: Roles) -> Cluster:
    owners = {
        fold(roles.replacing.group): roles.elsewhere or roles.node,
        fold(roles.replaced.group): roles.node,
    }
    entries = {fold(entry.resource): entry for entry in (roles.replaced, roles.replacing)}
    return msgspec.structs.replace(
        cluster,
        groups=tuple(
            msgspec.structs.replace(group, owner=owners.get(fold(group.name), group.owner))
            for group in cluster.groups
        ),
        resources=tuple(
            _playing(one, entries[fold(one.name)], cluster.platform)
            if fold(one.name) in entries
            else one
            for one in cluster.resources
        ),
    )


def _playing(resource: Resource, entry: CheckpointedRoot, platform: Platform) -> Resource:
    """The resource as it plays its part: with few roots beside the one in question."""
    if entry.root.kind is CheckpointKind.CRYPTO:
        return _with_one_name(resource, entry)
    return _with_few_nested(resource, entry, platform)


def _with_one_name(resource: Resource, entry: CheckpointedRoot) -> Resource:
    """The resource without other names of the container, whose copies could be of other keys."""
    kept = tuple(
        given
        for given in resource.crypto_checkpoints
        if given == entry.given or container_id(given) not in entry.root.folded
    )
    return msgspec.structs.replace(resource, crypto_checkpoints=kept)


def _with_few_nested(resource: Resource, entry: CheckpointedRoot, platform: Platform) -> Resource:
    """The resource without those of its roots that overlap the one in question, if many do."""
    nested = {
        root
        for checkpoint, _ in checkpoints_of(resource, platform)
        if (root := canonical_root(checkpoint)) != entry.root
        and (root.covers(entry.root) or entry.root.covers(root))
    }
    if len(nested) <= MOST_NESTED:
        return resource
    kept: tuple[RegistryCheckpoint, ...] = tuple(
        written
        for checkpoint, written in checkpoints_of(resource, platform)
        if isinstance(written, RegistryCheckpoint) and canonical_root(checkpoint) not in nested
    )
    return msgspec.structs.replace(resource, registry_checkpoints=kept)
