"""Agreement: the reference model and the transition system, held against each other by machine.

The two were written independently. An abstraction maps states of the model to states of the
system; every step of the model must be a run of the system under the labels that the model gives
its elementary steps, and every step of the system must be one of the model.
"""

from clusckpt_proofs.agreement.carrier import CARRIERS, Carrier
from clusckpt_proofs.agreement.comparison import Comparison, Disagreement, compare, explained
from clusckpt_proofs.agreement.retold import retold

__all__ = ["CARRIERS", "Carrier", "Comparison", "Disagreement", "compare", "explained", "retold"]
