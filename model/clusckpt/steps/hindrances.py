"""What processes and administrators do to a key or a container that can hinder a restore.

They open keys, and they take away the cluster service's right to write; no content changes. A
handle belongs to a key that exists: when the key is deleted, the model forgets its handles and
its rights (`registry_writes.delete_tree`), since a key that is created there later is another one.
"""

from dataclasses import replace

from clusckpt.blocking import blocked
from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, fold, fold_path, parse_path
from clusckpt.registry import canonical, find
from clusckpt.rules import Course, Move, Rulebook
from clusckpt.state import ClusterState, Node
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CryptSetProvParam,
    RegCloseKey,
    RegOpenKeyEx,
    RegSetKeySecurity,
)
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.RESTORE_BEFORE_ONLINE


def open_key(_: Rulebook, state: ClusterState, event: RegOpenKeyEx) -> frozenset[Outcome]:
    """RegOpenKeyEx by some process that keeps the handle; fails if there is no such key."""
    name, where = fold(event.node), _where(state, event)
    node = state.nodes[name]
    if find(node.registry, where) is None:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    return _succeeded(state, name, where, replace(node, opened=node.opened | {where}))


def close_key(_: Rulebook, state: ClusterState, event: RegCloseKey) -> frozenset[Outcome]:
    """RegCloseKey of every handle to a key; if there is none, nothing is left to do."""
    name, where = fold(event.node), _where(state, event)
    node = state.nodes[name]
    return _succeeded(state, name, where, replace(node, opened=node.opened - {where}))


def set_key_security(
    _: Rulebook, state: ClusterState, event: RegSetKeySecurity
) -> frozenset[Outcome]:
    """RegSetKeySecurity on an open key; a key that does not exist could not be opened for it."""
    name, where = fold(event.node), _where(state, event)
    node = state.nodes[name]
    if find(node.registry, where) is None:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    denied = node.denied - {where} if event.writable else node.denied | {where}
    return _succeeded(state, name, where, replace(node, denied=denied))


def set_container_security(
    _: Rulebook, state: ClusterState, event: CryptSetProvParam
) -> frozenset[Outcome]:
    """CryptSetProvParam on a machine key container; fails if the node has no such container."""
    name, container = fold(event.node), container_id(event.container)
    node = state.nodes[name]
    if container not in node.containers:
        return refused(Status.NTE_BAD_KEYSET, state, RuleID.CRYPTO_CONTAINERS)
    locked = node.locked - {container} if event.writable else node.locked | {container}
    course = Course(state.with_node(name, replace(node, locked=locked)))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.CRYPTO_CONTAINERS)})


def _where(
    state: ClusterState, event: RegOpenKeyEx | RegCloseKey | RegSetKeySecurity
) -> FoldedPath:
    path = parse_path(event.key)
    return fold_path(canonical(path, event.view, platform=state.platform))


def _succeeded(
    state: ClusterState, name: Folded, where: FoldedPath, node: Node
) -> frozenset[Outcome]:
    """The node has changed; the move says whether the key is blocked now, or no longer is."""
    was, now = blocked(state.nodes[name], where), blocked(node, where)
    move = Move("block" if now else "unblock", (name, where)) if was is not now else None
    course = Course(state).to(state.with_node(name, node), move=move)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})
