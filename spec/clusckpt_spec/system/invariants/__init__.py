"""The invariants of the transition system. Start by reading `page`."""

from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.invariants.auxiliary import AUXILIARY
from clusckpt_spec.system.invariants.instances import INSTANCES
from clusckpt_spec.system.invariants.page import PAGE
from clusckpt_spec.system.invariants.shape import SHAPE

INVARIANTS: tuple[Invariant, ...] = (*PAGE, *INSTANCES, *AUXILIARY, *SHAPE)
"""All of them; they are inductive together."""

__all__ = ["AUXILIARY", "INSTANCES", "INVARIANTS", "PAGE", "SHAPE"]
