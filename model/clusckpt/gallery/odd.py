"""Legal but odd: what the documents permit although few would expect it.

A tool that accuses one of these is wrong, however right it is about the planted bugs.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from clusckpt.gallery.clauses import captured
from clusckpt.gallery.delays import without
from clusckpt.gallery.planted import LegalButOdd
from clusckpt.names import Folded, fold
from clusckpt.registry import RegistryKey, find
from clusckpt.rules import (
    KB174070_RULES,
    MSCS_PAGE_RULES,
    WINDOWS_OBSERVED_RULES,
    Course,
    Rulebook,
)
from clusckpt.rules.capture import Changed, ignored
from clusckpt.state import Backup, ClusterState, Quorum
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import AnyEvent, CaptureCheckpoint, OfflineClusterResource
from clusckpt_spec.readings import KB174070, WINDOWS_OBSERVED

Outcomes = frozenset[Outcome]


def every_tree_captured(course: Course, node: Folded, changed: Changed) -> Course:
    """Any change makes every online resource of the node renew every copy of a tree."""
    course = captured(course, node, changed)
    state = course.state
    for name, resource in state.hosted_on(node):
        if resource.state is ResourceState.ONLINE:
            state = renewed(state, name)
    return course.to(state)


def renewed_at_offline(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """What is online when it is asked to go offline renews its copies of trees first.

    Where every change was captured at once they are what the copies have already.
    """
    name = fold(event.resource) if isinstance(event, OfflineClusterResource) else Folded("")
    resource = state.resources.get(name)
    if resource is not None and resource.state is ResourceState.ONLINE:
        state = renewed(state, name)
    return step(state, event, rules)


def renewed(state: ClusterState, name: Folded) -> ClusterState:
    """The state in which each copy of a tree is the tree that the owner has now.

    A tree that has no copy gets none, because what has not changed while the resource is online
    is not to be captured. Keys of containers are no registry tree, and are not watched (A39).
    """
    registry, copies = state.nodes[state.owner_of(name)].registry, state.copies
    resource = state.resources[name]
    for entry in resource.checkpoints.values() if state.quorum is Quorum.ONLINE else ():
        there = find(registry, entry.root) if entry.root else None
        has_copy = isinstance(copies.get((name, entry.name)), RegistryKey)
        if there is not None and has_copy and entry.name not in resource.failed:
            copies = copies.insert((name, entry.name), there)
    return replace(state, copies=copies)


def written_into(there: RegistryKey | None, copy: RegistryKey) -> RegistryKey:
    """What is there is made equal to the copy, and names keep the case that the node knows."""
    if there is None:
        return copy
    values, subkeys = copy.values, copy.subkeys
    for folded, value in copy.values.items():
        known = there.values.get(folded, value)
        values = values.insert(folded, replace(value, name=known.name))
    for folded, (_, key) in copy.subkeys.items():
        if folded in there.subkeys:
            name, below = there.subkeys[folded]
            subkeys = subkeys.insert(folded, (name, written_into(below, key)))
    return RegistryKey(values, subkeys)


def backed_up_at_rest(state: ClusterState) -> Backup:
    """The backup says of no resource that it runs, since none does after a restore."""
    resources = state.resources
    for name, resource in state.resources.items():
        rested = replace(resource, state=ResourceState.OFFLINE, restored=frozenset())
        resources = resources.insert(name, rested)
    return Backup(resources, state.copies)


def compared_in_lower_case(given: str) -> Folded:
    """Names are compared in lower case."""
    return Folded(given.lower())


LEGAL_BUT_ODD: tuple[LegalButOdd, ...] = (
    LegalButOdd(
        "saves at offline, as KB174070 says",
        "An orderly offline saves every checkpoint; judged by the article that says so.",
        KB174070_RULES,
        KB174070,
    ),
    LegalButOdd(
        "saves at offline, though the page does not ask for it",
        "An offline renews the copy of every tree with what the online resource has on its node.",
        MSCS_PAGE_RULES,
        behaviour=renewed_at_offline,
    ),
    LegalButOdd(
        "captures every tree at any change",
        "More copies are renewed than needed, each with a tree whose resource is online.",
        replace(MSCS_PAGE_RULES, capture=every_tree_captured),
    ),
    LegalButOdd(
        "restores into the names that are there",
        "Keys and values keep the case in which the node knows them; names have no case.",
        replace(MSCS_PAGE_RULES, replacement=written_into),
    ),
    LegalButOdd(
        "backs up resources as if at rest",
        "The backup has every checkpoint; that a resource ran is not part of it.",
        replace(MSCS_PAGE_RULES, backup=backed_up_at_rest),
    ),
    LegalButOdd(
        "compares names in lower case",
        "Which case a comparison folds to cannot be seen.",
        replace(MSCS_PAGE_RULES, comparison=compared_in_lower_case),
    ),
    LegalButOdd(
        "captures at once, though it may wait",
        "Every change while online is captured by itself, before anything else happens.",
        replace(WINDOWS_OBSERVED_RULES, capture=MSCS_PAGE_RULES.capture),
        WINDOWS_OBSERVED,
    ),
    LegalButOdd(
        "captures every tree at any change, though it may wait",
        "Each change renews the copy of every tree on the node whose resource is online.",
        replace(WINDOWS_OBSERVED_RULES, capture=every_tree_captured),
        WINDOWS_OBSERVED,
    ),
    LegalButOdd(
        "captures as late as it may",
        "Nothing is captured before the delay has passed, and then one copy has all changes.",
        WINDOWS_OBSERVED_RULES,
        WINDOWS_OBSERVED,
        without(CaptureCheckpoint),
    ),
    LegalButOdd(
        "captures what another resource restored",
        "A restore for one resource is a change that another one captures at once.",
        replace(WINDOWS_OBSERVED_RULES, recapture=MSCS_PAGE_RULES.capture),
        WINDOWS_OBSERVED,
    ),
    LegalButOdd(
        "takes no notice of what another resource restored",
        "A restore for one resource is not seen by another one that has the same key.",
        replace(WINDOWS_OBSERVED_RULES, recapture=ignored),
        WINDOWS_OBSERVED,
    ),
    LegalButOdd(
        "takes no notice of changes between online and offline",
        "What changes while a resource is coming online is not captured, nor restored again.",
        replace(WINDOWS_OBSERVED_RULES, between=ignored),
        WINDOWS_OBSERVED,
    ),
)
"""What must not be accused."""
