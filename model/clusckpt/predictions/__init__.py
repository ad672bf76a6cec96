"""Predictions: what every reading says of every bundled trace, and what the traces say of choices.

Start by reading `verdicts`. The committed tables are written by `python -m clusckpt.predictions`.
"""

from clusckpt.predictions.bundled import bundled_names, bundled_trace
from clusckpt.predictions.verdicts import Prediction, predictions

__all__ = ["Prediction", "bundled_names", "bundled_trace", "predictions"]
