"""The designs, some at a time: a process is sent a reading's name and a number."""

from collections.abc import Sequence

from clusckpt_proofs.exactness.comparison import EXACT_READINGS, Compared, compared
from clusckpt_proofs.exactness.designs import designs

SIZE = 20
"""So many designs are compared at a time."""

_BY_NAME = {reading.name: reading for reading in EXACT_READINGS}


def all_portions(names: Sequence[str]) -> list[tuple[str, int]]:
    """Every portion: the name of a reading, and the number of the first design."""
    firsts = range(0, sum(1 for _ in designs()), SIZE)
    return [(name, first) for name in names for first in firsts]


def portion(chosen: tuple[str, int]) -> list[Compared]:
    """Compare the designs of one portion."""
    name, first = chosen
    return [compared(one, _BY_NAME[name]) for one in list(designs())[first : first + SIZE]]
