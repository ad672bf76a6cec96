"""Exactness: on every small design, what the analysis flags is what the rules can lose.

Three accounts of the same designs are held against each other: the networkx analysis, every state
that the transition system can reach, and the witnesses that the reference model executes. Start by
reading `designs`, then `comparison`.
"""

from clusckpt_proofs.exactness.comparison import EXACT_READINGS, Compared, compared
from clusckpt_proofs.exactness.designs import Design, Naming, designs

__all__ = ["EXACT_READINGS", "Compared", "Design", "Naming", "compared", "designs"]
