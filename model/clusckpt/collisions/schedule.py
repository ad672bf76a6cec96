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
    return Schedule(header(cluster, roles), tuple(events))


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
