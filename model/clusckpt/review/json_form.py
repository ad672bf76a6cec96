"""A review as plain values for JSON, under field names that stay."""

from typing import Any

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
                "event": _event(one.event),
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
