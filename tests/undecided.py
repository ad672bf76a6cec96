"""An obligation that no solver decides in a millisecond, on any machine."""

import z3

from clusckpt_proofs.obligation import Kind, Obligation
from clusckpt_proofs.unbounded import proof
from clusckpt_spec.register import RuleID


def undecided(name: str = "mscs-page/checkpoints/step/undecided/restore") -> Obligation:
    """Fermat's last theorem for cubes, as an obligation of that name."""
    x, y, z = z3.Ints("x y z")
    terms = [x > 0, y > 0, z > 0, x * x * x + y * y * y == z * z * z]
    return proof(name, Kind.STEP, (RuleID.CAPTURE_ONLINE,), lambda: terms)
