"""A review as plain values for JSON, under field names that stay."""

from typing import Any

import msgspec

from clusckpt.collisions import CheckpointedRoot, Conflict, Suggestion, Undecided, Witness
from clusckpt.review.report import Finding, Review
from clusckpt.review.sentences import live_when
from clusckpt_spec.register import rule

Plain = dict[str, Any]


def to_json(review: Review, *, with_witnesses: bool = False) -> Plain:
    """A review as JSON says it.

    Args:
        review: the review.
        with_witnesses: whether to execute and add the witness of every conflict.
    """
    return {
        "cluster": review.name,
        "files": list(review.files),
        "status": review.status,
        "findings": [_finding(one, with_witnesses=with_witnesses) for one in review.findings],
        "undecided": [_undecided(one) for one in review.undecided],
        "unreadable": [
            {"file": one.path, "line": one.line, "text": one.text, "reason": one.reason}
            for one in review.unreadable
        ],
        "free": list(review.free),
        "assumptions": list(review.assumptions),
    }


def witness_to_json(witness: Witness) -> Plain:
    """A witness as JSON says it."""
    return {
        "replaced": witness.replaced,
        "replacing": witness.replacing,
        "node": witness.node,
        "key": witness.key,
        "replaced_at": witness.replaced_at,
        "story": witness.story,
        "steps": [
            {
                "step": one.number,
                "event": msgspec.to_builtins(one.event),
                "status": one.status.name,
                "changed": [
                    {
                        "part": str(effect.part),
                        "of": effect.subject,
                        "before": effect.before,
                        "after": effect.after,
                    }
                    for effect in one.changed
                ],
            }
            for one in witness.steps
        ],
    }


def _finding(finding: Finding, *, with_witnesses: bool) -> Plain:
    plain: Plain = {
        "fingerprint": finding.fingerprint,
        "rule": str(finding.rule),
        "sentence": rule(finding.rule).sentence,
        "severity": "error",
        "resources": list(finding.resources),
        "roots": list(finding.roots),
        "nodes": list(finding.nodes),
        "conflicts": [_conflict(one) for one in finding.conflicts],
        "suggestion": _suggestion(finding.suggestion),
    }
    if with_witnesses:
        plain["witnesses"] = [witness_to_json(finding.witness(one)) for one in finding.conflicts]
    return plain


def _conflict(conflict: Conflict) -> Plain:
    return {
        "resources": list(conflict.resources),
        "roots": [_root(conflict.first), _root(conflict.second)],
        "key": conflict.key.text,
        "nodes": list(conflict.nodes),
        "cross_node": conflict.cross_node,
        "live": live_when(conflict),
    }


def _undecided(undecided: Undecided) -> Plain:
    return {
        "resources": list(undecided.resources),
        "roots": [_root(undecided.first), _root(undecided.second)],
        "key": undecided.key.text,
        "reason": undecided.reason,
    }


def _root(entry: CheckpointedRoot) -> Plain:
    return {
        "resource": entry.resource,
        "group": entry.group,
        "kind": str(entry.root.kind),
        "given": entry.given,
        "view": entry.view,
        "root": entry.text,
    }


def _suggestion(suggestion: Suggestion) -> Plain:
    return {
        "keeps": suggestion.keeps,
        "renamed": [
            {"resource": one.resource, "before": one.before, "after": one.after, "view": one.view}
            for one in suggestion.renamed
        ],
        "refusal": suggestion.refusal,
    }
