"""Legal but odd: what the documents permit although few would expect it.

A tool that accuses one of these is wrong, however right it is about the planted bugs.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from clusckpt.gallery.clauses import captured
from clusckpt.gallery.delays import without
from clusckpt.gallery.planted import LegalButOdd
from clusckpt.names import Folded
from clusckpt.registry import RegistryKey
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES, Course
from clusckpt.rules.capture import Changed, ignored
from clusckpt.state import Backup, ClusterState
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import CaptureCheckpoint
from clusckpt_spec.readings import KB174070, MSCS_PAGE, WINDOWS_OBSERVED


def every_tree_captured(course: Course, node: Folded, _changed: Changed) -> Course:
    """Any change makes every online resource of the node capture every tree."""
    return captured(course, node, lambda one: bool(one.root))


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
        "What is captured once more at offline is what the online resource has on its node.",
        KB174070_RULES,
        MSCS_PAGE,
    ),
    LegalButOdd(
        "captures every tree at any change",
        "More copies are taken than needed, each of a tree whose resource is online.",
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
        "Each change brings a copy of every tree on the node whose resource is online.",
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
