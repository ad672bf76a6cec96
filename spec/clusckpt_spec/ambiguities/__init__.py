"""The 44 ambiguities: every place where the documents differ or are silent.

The one subtle fact: an ambiguity is never decided here. It names the possible choices; a reading
picks one of each, and whatever depends on the pick is told which reading it has.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.ambiguities.alphabet import OUT_OF_ALPHABET
from clusckpt_spec.ambiguities.calls import CALL_AMBIGUITIES
from clusckpt_spec.ambiguities.capture import CAPTURE_AMBIGUITIES
from clusckpt_spec.ambiguities.crypto import CRYPTO_AMBIGUITIES
from clusckpt_spec.ambiguities.defaults import DEFAULT_CHOICES
from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.paths import PATH_AMBIGUITIES
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope
from clusckpt_spec.ambiguities.restore import RESTORE_AMBIGUITIES
from clusckpt_spec.ambiguities.storage import STORAGE_AMBIGUITIES

__all__ = [
    "AMBIGUITIES",
    "DEFAULT_CHOICES",
    "OUT_OF_ALPHABET",
    "Ambiguity",
    "AmbiguityID",
    "Choice",
    "Scope",
]

_NUMBERS: Final = {identifier: number for number, identifier in enumerate(AmbiguityID)}

AMBIGUITIES: Final[Mapping[AmbiguityID, Ambiguity]] = MappingProxyType(
    {
        record.id: record
        for record in sorted(
            (
                *CAPTURE_AMBIGUITIES,
                *RESTORE_AMBIGUITIES,
                *PATH_AMBIGUITIES,
                *CALL_AMBIGUITIES,
                *CRYPTO_AMBIGUITIES,
                *STORAGE_AMBIGUITIES,
            ),
            key=lambda record: _NUMBERS[record.id],
        )
    }
)
"""Every ambiguity by its ID, from A1 to A44."""
