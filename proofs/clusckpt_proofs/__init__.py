"""Why the rules may be trusted: proof obligations, the engine that discharges them, witnesses.

Start by reading `obligation`, then `unbounded`.
"""

from clusckpt_proofs.engine import PROVED_READINGS, obligations, prove
from clusckpt_proofs.obligation import Kind, Obligation, Result, Verdict

__all__ = ["PROVED_READINGS", "Kind", "Obligation", "Result", "Verdict", "obligations", "prove"]
