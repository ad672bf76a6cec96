"""Slices: the shortest part of a trace that explains a violation, told and written as a vector.

Start by reading `slice`; `trials` says what counts as the same violation.
"""

from clusckpt.slicing.slice import NotViolated, Slice, sliced

__all__ = ["NotViolated", "Slice", "sliced"]
