"""Registry writes and key containers: what applications and administrators change on a node.

A call names its key in a view; the model keeps it under its canonical path. What is larger than
the registry allows fails with a status that the documents do not give, and changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.blocking import without_blocks
from clusckpt.containers import container_id
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
from clusckpt.registry import (
    EMPTY_KEY,
    MOST_LEVELS_AT_ONCE,
    RegistryKey,
    canonical,
    content_fits_everywhere,
    delete_key,
    find,
    key_fits,
    missing_levels,
    put_key,
    value_name_fits,
    value_of,
)
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState, Container
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    CryptGenKey,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RegistryWrite,
    RegSetValueEx,
)
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.CAPTURE_ONLINE


def create_key(rules: Rulebook, state: ClusterState, event: RegCreateKeyEx) -> frozenset[Outcome]:
    """RegCreateKeyEx: an existing key is opened and stays as it is."""
    node, path = fold(event.node), _path(state, event)
    missing = missing_levels(state.nodes[node].registry, path)
    if not key_fits(path) or missing > MOST_LEVELS_AT_ONCE:
        return refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
    course = _created(rules, Course(state), node, path)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def set_value(rules: Rulebook, state: ClusterState, event: RegSetValueEx) -> frozenset[Outcome]:
    """RegSetValueEx, on a key that is created first if it is not there.

    Whether the registry of a node is in the standard format is not known, so content that only
    another format can hold may be refused.
    """
    node, path = fold(event.node), _path(state, event)
    refusal = refused(Status.UNSPECIFIED_FAILURE, state, _RULE)
    if not key_fits(path) or not value_name_fits(event.name):
        return refusal
    value = value_of(event.name, event.value)
    course = _created(rules, Course(state), node, path)
    key = find(course.state.nodes[node].registry, path) or EMPTY_KEY
    course = _written(rules, course, node, path, key.with_value(value))
    success = frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})
    return success if content_fits_everywhere(value) else success | refusal


def delete_value(rules: Rulebook, state: ClusterState, event: RegDeleteValue) -> frozenset[Outcome]:
    """RegDeleteValue: fails if there is no such key or value."""
    node, path = fold(event.node), _path(state, event)
    key = find(state.nodes[node].registry, path)
    if key is None or fold(event.name) not in key.values:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    course = _written(rules, Course(state), node, path, key.without_value(event.name))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def delete_tree(rules: Rulebook, state: ClusterState, event: RegDeleteTree) -> frozenset[Outcome]:
    """RegDeleteTree: the key goes with everything under it; fails if there is none."""
    node, path = fold(event.node), _path(state, event)
    registry = state.nodes[node].registry
    if find(registry, path) is None:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, _RULE)
    gone = fold_path(path)
    course = Course(state).to(
        state.with_registry(node, delete_key(registry, path)),
        Change(Part.REGISTRY, node, _rule_of_change(state, node, gone), gone),
        move=Move("delete_tree", (node, gone)),
    )
    freed = without_blocks(course.state.nodes[node], gone)
    course = course.to(course.state.with_node(node, freed))
    course = followed(rules, course, node, lambda one: overlap(one.folded_root, gone))
    return frozenset({outcome(Status.ERROR_SUCCESS, course, _RULE)})


def generate_keys(rules: Rulebook, state: ClusterState, event: CryptGenKey) -> frozenset[Outcome]:
    """CryptGenKey in a machine key container.

    Whether the service watches containers is the ambiguity A39; what changes before the resource
    is online counts as an offline change (A3).
    """
    name, container = fold(event.node), container_id(event.container)
    node, keys = state.nodes[name], Container(event.keys, exportable=event.exportable)
    if node.containers.get(container) == keys:
        return refused(Status.ERROR_SUCCESS, state, RuleID.CRYPTO_CONTAINERS)
    changed_node = replace(node, containers=node.containers.insert(container, keys))
    change = Change(Part.CONTAINER, name, RuleID.CRYPTO_CONTAINERS, container)
    course = Course(state).to(state.with_node(name, changed_node), change)

    def changed(checkpoint: Checkpoint) -> bool:
        crypto = checkpoint.name.kind is CheckpointKind.CRYPTO
        return crypto and container_id(checkpoint.given) == container

    course = rules.capture(rules.between(course, name, changed), name, changed)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.CRYPTO_CONTAINERS)})


def _path(state: ClusterState, event: RegistryWrite) -> Path:
    return canonical(parse_path(event.key), event.view, platform=state.platform)


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
    return followed(rules, course, node, lambda one: lies_under(one.folded_root, where))


def followed(
    rules: Rulebook, course: Course, node: Folded, covers: Callable[[Checkpoint], bool]
) -> Course:
    """What follows from a change of the registry: for resources in between, then for online ones.

    `covers` says whether the tree of a registry checkpoint changed.
    """

    def changed(checkpoint: Checkpoint) -> bool:
        return bool(checkpoint.root) and covers(checkpoint)

    return rules.capture(rules.between(course, node, changed), node, changed)


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
