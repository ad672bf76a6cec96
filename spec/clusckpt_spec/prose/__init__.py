"""Prose: the specification for people, made from the register and the clauses.

The one subtle fact: it adds no rule. What it prints is the very term that is proved and run, in
ordinary notation, and a test unfolds the notation again. Start by reading `notation`.
"""

from clusckpt_spec.prose.clauses import clauses_for
from clusckpt_spec.prose.document import document
from clusckpt_spec.prose.lifecycle import picture
from clusckpt_spec.prose.notation import (
    clause_of_action,
    clause_of_invariant,
    clause_of_theorem,
)
from clusckpt_spec.prose.variants import clause_texts, clauses_text

__all__ = [
    "clause_of_action",
    "clause_of_invariant",
    "clause_of_theorem",
    "clause_texts",
    "clauses_for",
    "clauses_text",
    "document",
    "picture",
]
