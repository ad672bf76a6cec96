"""The findings of a review, and the exit status that they come to.

One finding is one component of conflicts: one key shared by five instances is one thing to repair.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import PurePath

from clusckpt.collisions import (
    Component,
    Conflict,
    Suggestion,
    TooManyOverlaps,
    Undecided,
    Witness,
    find_conflicts,
    find_witness,
    suggest_renames,
)
from clusckpt.files.errors import UnusableInput
from clusckpt.names import fold
from clusckpt.review.inputs import ReviewInput
from clusckpt.review.merging import Unreadable
from clusckpt.review.views import ASSUMPTION, perhaps_in_32bit_view
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.register import RuleID

HOLDS, FOUND, NOT_DECIDED = 0, 1, 3
"""The exit statuses of a review that could be carried out (design, public names)."""

FINGERPRINT_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """Resources that replace each other's data, where, and how to repair it.

    `fingerprint` stays the same for the same resources and roots, however they are spelled and
    wherever they may run, so that a finding can be told apart from new ones.
    """

    fingerprint: str
    resources: tuple[str, ...]
    nodes: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    suggestion: Suggestion
    cluster: Cluster = field(repr=False)
    rules: Rulebook = field(default=MSCS_PAGE_RULES, repr=False)
    rule: RuleID = RuleID.INSTANCES

    @property
    def roots(self) -> tuple[str, ...]:
        """Every root in conflict once, as it is first spelled."""
        entries = (entry for one in self.conflicts for entry in (one.first, one.second))
        found: dict[object, str] = {}
        for entry in entries:
            found.setdefault(entry.root, entry.text)
        return tuple(found.values())

    def witness(self, conflict: Conflict | None = None) -> Witness:
        """Execute the witness of one conflict, or of the first."""
        return find_witness(self.cluster, conflict or self.conflicts[0], self.rules)


@dataclass(frozen=True, slots=True)
class Review:
    """What a review came to."""

    name: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    unreadable: tuple[Unreadable, ...]
    free: tuple[str, ...]
    assumptions: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """1 for findings, else 3 if anything is undecided or unreadable, else 0."""
        if self.findings:
            return FOUND
        return NOT_DECIDED if self.undecided or self.unreadable else HOLDS


def review_design(given: ReviewInput, rules: Rulebook = MSCS_PAGE_RULES) -> Review:
    """Analyse a design and report.

    Args:
        given: the design as it was read.
        rules: the rulebook, which carries the reading that witnesses are executed under.

    Raises:
        UnusableInput: more roots overlap than a review looks at.
    """
    cluster = given.cluster
    try:
        analysis = find_conflicts(cluster)
        unclear = perhaps_in_32bit_view(given, analysis)
    except TooManyOverlaps as error:
        advice = "review the resources that share a root in several parts"
        raise UnusableInput(given.files[0], None, str(error), "fewer", advice) from error
    suggestions = suggest_renames(cluster, analysis)
    parts = zip(analysis.components, suggestions, strict=True)
    touched = {fold(name) for pair in unclear for name in pair.resources}
    return Review(
        name=cluster.name or PurePath(given.files[0]).name,
        files=given.files,
        findings=tuple(_finding(cluster, part, found, rules) for part, found in parts),
        undecided=(*analysis.undecided, *unclear),
        unreadable=given.unreadable,
        free=tuple(name for name in analysis.free if fold(name) not in touched),
        assumptions=(ASSUMPTION,) if given.listed else (),
    )


def _finding(
    cluster: Cluster, component: Component, suggestion: Suggestion, rules: Rulebook
) -> Finding:
    live = {node for conflict in component.conflicts for node in conflict.nodes}
    return Finding(
        fingerprint=_fingerprint(component),
        resources=component.resources,
        nodes=tuple(node for node in cluster.nodes if node in live),
        conflicts=component.conflicts,
        suggestion=suggestion,
        cluster=cluster,
        rules=rules,
    )


def _fingerprint(component: Component) -> str:
    roots = {
        (str(entry.root.kind), *entry.root.folded)
        for one in component.conflicts
        for entry in (one.first, one.second)
    }
    names = sorted(map(fold, component.resources))
    told = json.dumps([RuleID.INSTANCES, names, sorted(roots)])
    return hashlib.sha256(told.encode()).hexdigest()[:FINGERPRINT_DIGITS]
