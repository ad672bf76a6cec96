"""The schedule of a witness: the cluster as it starts, and at most eight events.

Across nodes it is the story of the page: both instances are online and store their data, then
the group of one moves to the node of the other. On one node they take turns. Nobody watches a key
container (A39), so the different keys of the two must be there when their copies are taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from clusckpt.collisions.roles import Roles
from clusckpt.collisions.roots import CheckpointedRoot, canonical_root, checkpoints_of
from clusckpt.names import fold
from clusckpt.state import CheckpointKind
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats.cluster import Cluster, RegistryCheckpoint, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CryptGenKey,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Header
from clusckpt_spec.formats.values import WrittenTree

MOST_EVENTS = 8
"""The most events that the collision theorem lets a witness have."""

MOST_NESTED = 6
"""The most overlapping roots that one resource has in a witness besides the root in question.

The model follows every order in which overlapping roots may be restored (A22), and their number
doubles with each root. The copies of one resource agree where they overlap, so leaving some of
its roots out changes nothing at the key.
"""

VALUE = "LeftBy"
"""The value that each resource leaves at the key, with its own name in it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The start of a witness and its events."""

    header: Header
    events: tuple[AnyEvent, ...]


def schedule(cluster: Cluster, roles: Roles) -> Schedule:
    """The schedule in which these roles end in the loss."""
    crypto = roles.key.root.kind is CheckpointKind.CRYPTO
    if roles.elsewhere is not None:
        events = _across_nodes(roles, with_writes=not crypto)
    else:
        events = _keys_in_turn(roles) if crypto else _writes_in_turn(roles)
    return Schedule(_header(cluster, roles), tuple(events))


def keys_of(entry: CheckpointedRoot) -> str:
    """What the keys of a resource's own container are called."""
    return f"keys of {entry.resource}"


def left_by(entry: CheckpointedRoot) -> str:
    """What a resource leaves at the key, or in the container."""
    return entry.resource if entry.root.kind is CheckpointKind.REGISTRY else keys_of(entry)


def _across_nodes(roles: Roles, *, with_writes: bool) -> Iterable[AnyEvent]:
    yield OnlineClusterResource(roles.replaced.resource)
    yield OnlineClusterResource(roles.replacing.resource)
    if with_writes:
        yield _write(roles, roles.replaced, roles.node)
        yield _write(roles, roles.replacing, roles.elsewhere or roles.node)
    yield MoveClusterGroup(roles.replacing.group, roles.node)


def _writes_in_turn(roles: Roles) -> Iterable[AnyEvent]:
    start = OnlineClusterResource(roles.replaced.resource)
    if roles.replaced_first:
        yield start
    yield OnlineClusterResource(roles.replacing.resource)
    yield _write(roles, roles.replacing, roles.node)
    yield OfflineClusterResource(roles.replacing.resource)
    if not roles.replaced_first:
        yield start
    yield _write(roles, roles.replaced, roles.node)
    yield OnlineClusterResource(roles.replacing.resource)


def _keys_in_turn(roles: Roles) -> Iterable[AnyEvent]:
    """The replaced resource gets keys of its own, and a copy of them, before it is online."""
    name, given = roles.replaced.resource, roles.replaced.given
    yield CryptGenKey(roles.node, given, keys_of(roles.replaced))
    for code in (ControlCode.DELETE_CRYPTO_CHECKPOINT, ControlCode.ADD_CRYPTO_CHECKPOINT):
        yield ClusterResourceControl(name, code.published_name, given)
    yield OnlineClusterResource(name)
    yield OnlineClusterResource(roles.replacing.resource)


def _write(roles: Roles, by: CheckpointedRoot, node: str) -> AnyEvent:
    return RegSetValueEx(node, roles.key.text, VALUE, left_by(by))


def _header(cluster: Cluster, roles: Roles) -> Header:
    owners = {
        fold(roles.replacing.group): roles.elsewhere or roles.node,
        fold(roles.replaced.group): roles.node,
    }
    groups = tuple(
        msgspec.structs.replace(group, owner=owners.get(fold(group.name), group.owner))
        for group in cluster.groups
    )
    entries = {fold(entry.resource): entry for entry in (roles.replaced, roles.replacing)}
    resources = tuple(
        _with_few_nested(one, entries[fold(one.name)]) if fold(one.name) in entries else one
        for one in cluster.resources
    )
    title = f"{roles.replacing.resource} replaces what {roles.replaced.resource} left"
    start = msgspec.structs.replace(cluster, groups=groups, resources=resources)
    header = Header("clusckpt-trace/1", start, title, "witness of a conflict (CKPT-INSTANCES)")
    if roles.key.root.kind is CheckpointKind.REGISTRY:
        roots = {roles.replaced.root: roles.replaced, roles.replacing.root: roles.replacing}
        trees: dict[str, WrittenTree] = {
            node: {entry.text: {} for entry in roots.values()} for node in roles.nodes
        }
        return msgspec.structs.replace(header, registry=trees)
    keys = {roles.node: {roles.replacing.given: keys_of(roles.replacing)}}
    if roles.elsewhere is not None:
        keys = {
            roles.node: {roles.replaced.given: keys_of(roles.replaced)},
            roles.elsewhere: {roles.replacing.given: keys_of(roles.replacing)},
        }
    return msgspec.structs.replace(header, containers=keys)


def _with_few_nested(resource: Resource, entry: CheckpointedRoot) -> Resource:
    """The resource without those of its roots that overlap the one in question, if many do."""
    nested = {
        root
        for checkpoint, _ in checkpoints_of(resource)
        if (root := canonical_root(checkpoint)) != entry.root
        and (root.covers(entry.root) or entry.root.covers(root))
    }
    if len(nested) <= MOST_NESTED:
        return resource
    kept: tuple[RegistryCheckpoint, ...] = tuple(
        written
        for checkpoint, written in checkpoints_of(resource)
        if isinstance(written, RegistryCheckpoint) and canonical_root(checkpoint) not in nested
    )
    return msgspec.structs.replace(resource, registry_checkpoints=kept)
