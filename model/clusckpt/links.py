"""The links of every rule, collected from where each is declared."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from clusckpt.gallery import GALLERY
from clusckpt.properties import properties
from clusckpt.rules import clauses
from clusckpt.vectors.committed import committed_manifest
from clusckpt_spec.incidents import INCIDENTS
from clusckpt_spec.register import RuleID
from clusckpt_spec.register.links import PENDING, REQUIRED, LinkKind
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS

Links = Mapping[RuleID, Mapping[LinkKind, tuple[str, ...]]]
"""The targets of each kind, by rule."""

TESTS_FILE = "rule-tests.json"
"""The marked tests by rule, as `python -m tests.rule_links` writes them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule without a required link, or a pending entry whose link is there."""

    rule: RuleID
    kind: LinkKind
    reason: str


@cache
def links() -> Links:
    """Every link of every rule."""
    found: defaultdict[RuleID, defaultdict[LinkKind, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for rule, kind, target in _declared():
        found[rule][kind].append(target)
    return {
        rule: {kind: tuple(sorted(set(found[rule][kind]))) for kind in LinkKind} for rule in RuleID
    }


def faults() -> Iterator[Fault]:
    """Every orphan that is not pending, and every pending entry that is stale."""
    for rule, targets in links().items():
        for kind in LinkKind:
            pending = (rule, kind) in PENDING
            if pending and targets[kind]:
                yield Fault(rule, kind, "it is listed as pending, but the link exists")
            if kind in REQUIRED and not targets[kind] and not pending:
                yield Fault(rule, kind, "the link is missing, and it is not listed as pending")


def _declared() -> Iterator[tuple[RuleID, LinkKind, str]]:
    yield from _specified()
    for name, rules in clauses():
        yield from ((rule, LinkKind.MODEL, name) for rule in rules)
    for name, rules in properties():
        yield from ((rule, LinkKind.PROPERTY, name) for rule in rules)
    for incident in INCIDENTS.values():
        yield from ((rule, LinkKind.INCIDENT, incident.id) for rule in incident.rules)
    for bug in GALLERY:
        yield bug.rule, LinkKind.PLANTED_BUG, bug.name
    for name, file in committed_manifest().files.items():
        subject = name.removesuffix(".json")
        for rule_id, cases in file.rules.items():
            yield RuleID(rule_id), LinkKind.VECTOR, f"{subject}: {cases} cases"
    for rule, tests in marked_tests().items():
        yield from ((rule, LinkKind.TEST, test) for test in tests)


def _specified() -> Iterator[tuple[RuleID, LinkKind, str]]:
    for specification in (CHECKPOINTS, CALLS, LISTS, CONTAINERS):
        for action in specification.actions:
            yield from ((rule, LinkKind.SYSTEM, f"action {action.name}") for rule in action.rules)
        claims: tuple[Invariant | ActionTheorem | StepTheorem, ...] = (
            *specification.invariants,
            *specification.theorems,
            *specification.step_theorems,
        )
        for claim in claims:
            for rule in claim.rules:
                yield rule, LinkKind.SYSTEM, f"claim {claim.name}"
                yield rule, LinkKind.PROOF, f"{specification.name}/{claim.name}"


def marked_tests() -> Mapping[RuleID, list[str]]:
    """The tests that are marked with each rule."""
    text = resources.files("clusckpt").joinpath("data", TESTS_FILE).read_text(encoding="utf-8")
    return {RuleID(rule): tests for rule, tests in json.loads(text).items()}
