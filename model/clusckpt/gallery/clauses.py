"""Faulty clauses: each stands in for one clause of a rulebook.

They are not marked as clauses of a rule, because they say none.
"""

from dataclasses import replace

from rpds import HashTrieMap

from clusckpt.names import Folded
from clusckpt.registry import EMPTY_KEY, RegistryKey, find
from clusckpt.rules import MSCS_PAGE_RULES, Course
from clusckpt.rules.capture import Changed
from clusckpt.rules.removal import backed_up, deleted
from clusckpt.rules.restore import Restoring, marked, restored
from clusckpt.state import (
    Backup,
    Checkpoint,
    CheckpointKind,
    CheckpointName,
    ClusterState,
    Copies,
    Copy,
)
from clusckpt_spec.api.states import ResourceState

captured = MSCS_PAGE_RULES.capture
"""The clause that the faulty ones start from: the page's own."""


def nothing_captured(course: Course, _node: Folded, _changed: Changed) -> Course:
    """Changes are not copied."""
    return course


def roots_captured_without_subkeys(course: Course, node: Folded, changed: Changed) -> Course:
    """Only the values of the root itself are copied."""
    after = captured(course, node, changed)
    copies = after.state.copies
    for key, copy in copies.items():
        if isinstance(copy, RegistryKey) and copy is not course.state.copies.get(key):
            copies = copies.insert(key, EMPTY_KEY.with_values_of(copy))
    return _with_copies(after, copies)


def captured_offline_too(course: Course, node: Folded, changed: Changed) -> Course:
    """Changed trees are copied whatever the state of the resource."""
    course = captured(course, node, changed)
    copies = course.state.copies
    for name, resource in course.state.hosted_on(node):
        for entry in resource.checkpoints.values():
            tree = find(course.state.nodes[node].registry, entry.root)
            if entry.root and changed(entry) and tree is not None:
                copies = copies.insert((name, entry.name), tree)
    return _with_copies(course, copies)


def captured_empty_without_root(course: Course, node: Folded, changed: Changed) -> Course:
    """When the root of an online resource is gone, an empty tree is copied."""
    course = captured(course, node, changed)
    copies = course.state.copies
    for name, resource in course.state.hosted_on(node):
        for entry in resource.checkpoints.values():
            gone = find(course.state.nodes[node].registry, entry.root) is None
            if resource.state is ResourceState.ONLINE and entry.root and gone:
                copies = copies.insert((name, entry.name), EMPTY_KEY)
    return _with_copies(course, copies)


def captured_by_key_name(course: Course, node: Folded, changed: Changed) -> Course:
    """Copies are kept by the name of the key, so resources that share it share the copy."""
    after = captured(course, node, changed)
    fresh: dict[CheckpointName, Copy] = {
        name: copy
        for (resource, name), copy in after.state.copies.items()
        if copy != course.state.copies.get((resource, name))
    }
    copies = after.state.copies
    for resource, name in copies:
        copies = copies.insert((resource, name), fresh.get(name, copies[resource, name]))
    return _with_copies(after, copies)


def merged(there: RegistryKey | None, copy: RegistryKey) -> RegistryKey:
    """The copy is written into what is there, and nothing is taken away."""
    if there is None:
        return copy
    tree = there
    for value in copy.values.values():
        tree = tree.with_value(value)
    for folded, (name, key) in copy.subkeys.items():
        known = tree.subkeys.get(folded)
        entry = (name, merged(None if known is None else known[1], key))
        tree = replace(tree, subkeys=tree.subkeys.insert(folded, entry))
    return tree


def on_the_first_owner(state: ClusterState, resource: Folded) -> Folded:
    """The node where the group started: the first that can host it."""
    hosts = set(state.nodes)
    for name in state.members(state.resources[resource].group):
        hosts &= state.resources[name].possible_owners
    return min(hosts, default=state.owner_of(resource))


def on_another_node(state: ClusterState, resource: Folded) -> Folded:
    """A node that does not host the resource."""
    owner = state.owner_of(resource)
    return min(set(state.nodes) - {owner}, default=owner)


def waits_for_nothing(_state: ClusterState, _resource: Folded) -> frozenset[CheckpointName]:
    """The resource is online at once, and its checkpoints are restored afterwards."""
    return frozenset()


def resource_deleted_alone(state: ClusterState, resource: Folded) -> ClusterState:
    """The stored copies stay."""
    return replace(deleted(state, resource), copies=state.copies)


def backed_up_without_copies(state: ClusterState) -> Backup:
    """The backup has the lists and not the copies."""
    return replace(backed_up(state), copies=HashTrieMap())


def restores_no_tree(
    course: Course, resource: Folded, checkpoint: Checkpoint, by: Restoring
) -> Course:
    """A root counts as restored, and its tree is left as it was."""
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return restored(course, resource, checkpoint, by)
    restored_so_far = course.state.resources[resource].restored
    return course.to(marked(course.state, resource, restored_so_far | {checkpoint.name}))


def keeps_containers(
    course: Course, resource: Folded, checkpoint: Checkpoint, by: Restoring
) -> Course:
    """A restore leaves a key container alone that is there already."""
    after = restored(course, resource, checkpoint, by)
    node = course.state.owner_of(resource)
    if checkpoint.name.kind is CheckpointKind.REGISTRY:
        return after
    there = after.state.nodes[node]
    containers = there.containers
    for name, container in course.state.nodes[node].containers.items():
        containers = containers.insert(name, container)
    return after.to(after.state.with_node(node, replace(there, containers=containers)))


def _with_copies(course: Course, copies: Copies) -> Course:
    return course.to(replace(course.state, copies=copies))
