"""The alphabet: which ambiguities a run can tell the choices of apart, and why the others none.

Every choice counts, unless nothing that a cluster is asked, answers or does depends on it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.ambiguities.ids import AmbiguityID

__all__ = ["OUT_OF_ALPHABET"]

OUT_OF_ALPHABET: Final[Mapping[AmbiguityID, str]] = MappingProxyType(
    {
        AmbiguityID.A34: (
            "The form of the store shows in nothing that a call answers; the files of a backup "
            "are listed without it."
        ),
        AmbiguityID.A40: (
            "Events are atomic here: nothing is written while a copy is taken, so no copy can mix "
            "two moments."
        ),
        AmbiguityID.A44: "It is about words only: no behaviour depends on it.",
    }
)
"""The ambiguities whose choices no run tells apart, each with the reason."""
