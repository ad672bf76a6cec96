"""Why the rules may be trusted: proof obligations, the engine that discharges them, witnesses.

Start by reading `obligation`, then `unbounded`. The names below are imported when they are first
asked for, so that the re-check of certificates (`recheck`) runs without the engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusckpt_proofs.engine import PROVED_READINGS, obligations, prove
    from clusckpt_proofs.obligation import Kind, Obligation, Result, Verdict

__all__ = ["PROVED_READINGS", "Kind", "Obligation", "Result", "Verdict", "obligations", "prove"]

_ORIGINS = {
    "PROVED_READINGS": "engine",
    "obligations": "engine",
    "prove": "engine",
    "Kind": "obligation",
    "Obligation": "obligation",
    "Result": "obligation",
    "Verdict": "obligation",
}


def __getattr__(name: str) -> object:
    """Import what is asked for; AttributeError for any other name."""
    if name not in _ORIGINS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_ORIGINS[name]}"), name)
