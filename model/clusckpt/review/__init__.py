"""The review of a cluster design: read it, find what collides, say it so that it can be acted on.

The one subtle fact: nothing is passed that is not known. What could not be read, and what the
design does not suffice to decide, is listed and makes the exit status 3. Start with `report`.
"""

from clusckpt.review.inputs import ReviewInput, read_design
from clusckpt.review.json_form import to_json, witness_to_json
from clusckpt.review.merging import Unreadable
from clusckpt.review.render import render_review, render_witness, show_review
from clusckpt.review.report import Finding, Review, review_design

__all__ = [
    "Finding",
    "Review",
    "ReviewInput",
    "Unreadable",
    "read_design",
    "render_review",
    "render_witness",
    "review_design",
    "show_review",
    "to_json",
    "witness_to_json",
]
