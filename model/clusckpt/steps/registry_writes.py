"""Registry writes and key containers: what applications and administrators change on a node."""

from dataclasses import replace

from clusckpt.names import (
    Folded,
    FoldedPath,
    Path,
    fold,
    fold_path,
    lies_under,
    overlap,
    parse_path,
)
from clusckpt.registry import EMPTY_KEY, RegistryKey, delete_key, find, put_key, value_of
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import undone
from clusckpt.state import ClusterState, Container
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CryptGenKey,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegSetValueEx,
)
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.CAPTURE_ONLINE


def create_key(rules: Rulebook, state: ClusterState, event: RegCreateKeyEx) -> frozenset[Outcome]:
    """RegCreateKeyEx: an existing key is opened and stays as it is."""
    course = _created(rules, Course(state), fold(event.node), parse_path(event.key))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def set_value(rules: Rulebook, state: ClusterState, event: RegSetValueEx) -> frozenset[Outcome]:
    """RegSetValueEx, on a key that is created first if it is not there."""
    node, path = fold(event.node), parse_path(event.key)
    course = _created(rules, Course(state), node, path)
    key = find(course.state.nodes[node].registry, path) or EMPTY_KEY
    course = _written(rules, course, node, path, key.with_value(value_of(event.name, event.value)))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def delete_value(rules: Rulebook, state: ClusterState, event: RegDeleteValue) -> frozenset[Outcome]:
    """RegDeleteValue: fails if there is no such key or value."""
    node, path = fold(event.node), parse_path(event.key)
    key = find(state.nodes[node].registry, path)
    if key is None or fold(event.name) not in key.values:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    course = _written(rules, Course(state), node, path, key.without_value(event.name))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def delete_tree(rules: Rulebook, state: ClusterState, event: RegDeleteTree) -> frozenset[Outcome]:
    """RegDeleteTree: the key goes with everything under it; fails if there is none."""
    node, path = fold(event.node), parse_path(event.key)
    registry = state.nodes[node].registry
    if find(registry, path) is None:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    gone = fold_path(path)
    course = Course(state).to(
        state.with_registry(node, delete_key(registry, path)),
        Change(Part.REGISTRY, node, _rule_of_change(state, node, gone), gone),
        move=Move("delete_tree", (node, gone)),
    )
    course = undone(course, node, lambda root: overlap(root, gone))
    course = rules.capture(course, node, lambda root: overlap(root, gone))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def generate_keys(_: Rulebook, state: ClusterState, event: CryptGenKey) -> frozenset[Outcome]:
    """CryptGenKey in a machine key container; crypto changes are not watched (A39)."""
    node = state.nodes[fold(event.node)]
    container = Container(event.keys, exportable=event.exportable)
    containers = node.containers.insert(fold(event.container), container)
    change = Change(
        Part.CONTAINER, fold(event.node), RuleID.CRYPTO_CONTAINERS, fold(event.container)
    )
    course = Course(state).to(
        state.with_node(fold(event.node), replace(node, containers=containers)), change
    )
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.CRYPTO_CONTAINERS)})


def _created(rules: Rulebook, course: Course, node: Folded, path: Path) -> Course:
    """The key exists; those above it that were missing were created one by one, from the top."""
    for length in range(1, len(path) + 1):
        if find(course.state.nodes[node].registry, path[:length]) is None:
            course = _written(rules, course, node, path[:length], EMPTY_KEY)
    return course


def _written(rules: Rulebook, course: Course, node: Folded, path: Path, key: RegistryKey) -> Course:
    """A key has new values, and what follows from that follows; no change, no consequence."""
    where = fold_path(path)
    before = course.state.nodes[node].registry
    if find(before, path) == key:
        return course
    registry = put_key(before, path, key)
    course = course.to(
        course.state.with_registry(node, registry),
        Change(Part.REGISTRY, node, _rule_of_change(course.state, node, where), where),
        move=Move("write", (node, where, EMPTY_KEY.with_values_of(key))),
    )
    course = undone(course, node, lambda root: lies_under(root, where))
    return rules.capture(course, node, lambda root: lies_under(root, where))


def _rule_of_change(state: ClusterState, node: Folded, where: FoldedPath) -> RuleID:
    """The rule that a change falls under: is the resource with a root there online or not?"""
    covering = {
        resource.state
        for _, resource in state.hosted_on(node)
        for checkpoint in resource.checkpoints.values()
        if checkpoint.root and overlap(checkpoint.folded_root, where)
    }
    offline = covering and ResourceState.ONLINE not in covering
    return RuleID.OFFLINE_OVERWRITTEN if offline else RuleID.CAPTURE_ONLINE
