"""The events of a witness: at most eight.

Across nodes it is the story of the page: both instances are online and store their data, then
the group of one moves to the node of the other. On one node they take turns. Nobody watches a key
container (A39), so the different keys of the two must be there when their copies are taken.
"""

from collections.abc import Iterator

from clusckpt.collisions.opening import VALUE, keys_of, left_by
from clusckpt.collisions.roles import Roles
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.state import CheckpointKind
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CryptGenKey,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)

MOST_EVENTS = 8
"""The most events that the collision theorem lets a witness have."""


def schedule(roles: Roles) -> tuple[AnyEvent, ...]:
    """The events with which these roles end in the loss, from the start that `opening` gives."""
    crypto = roles.key.root.kind is CheckpointKind.CRYPTO
    if roles.elsewhere is not None:
        return tuple(_across_nodes(roles, roles.elsewhere, with_writes=not crypto))
    return tuple(_keys_in_turn(roles) if crypto else _writes_in_turn(roles))


def _across_nodes(roles: Roles, elsewhere: str, *, with_writes: bool) -> Iterator[AnyEvent]:
    yield OnlineClusterResource(roles.replaced.resource)
    yield OnlineClusterResource(roles.replacing.resource)
    if with_writes:
        yield _write(roles, roles.replaced, roles.node)
        yield _write(roles, roles.replacing, elsewhere)
    yield MoveClusterGroup(roles.replacing.group, roles.node)


def _writes_in_turn(roles: Roles) -> Iterator[AnyEvent]:
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


def _keys_in_turn(roles: Roles) -> Iterator[AnyEvent]:
    """The replaced resource gets keys of its own, and a copy of them, before it is online."""
    name, given = roles.replaced.resource, roles.replaced.given
    yield CryptGenKey(roles.node, given, keys_of(roles.replaced))
    for code in (ControlCode.DELETE_CRYPTO_CHECKPOINT, ControlCode.ADD_CRYPTO_CHECKPOINT):
        yield ClusterResourceControl(name, code.published_name, given)
    yield OnlineClusterResource(name)
    yield OnlineClusterResource(roles.replacing.resource)


def _write(roles: Roles, by: CheckpointedRoot, node: str) -> AnyEvent:
    return RegSetValueEx(node, roles.key.text, VALUE, left_by(by))
