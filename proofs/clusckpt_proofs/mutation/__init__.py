"""Mutation: every slip in a clause of the transition system is noticed, or is proved to be none.

Start by reading `clause`, then `operators`, then `judge`. `python -m clusckpt_proofs.mutation`
prints the score.
"""

from clusckpt_proofs.mutation.judge import Fate
from clusckpt_proofs.mutation.score import Score, scored
from clusckpt_proofs.mutation.tasks import Task, planned

__all__ = ["Fate", "Score", "Task", "planned", "scored"]
