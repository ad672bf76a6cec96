"""Readings: frozen records that pick one choice for every ambiguity.

The one subtle fact: a reading is passed in; no code asks for a product or a version. The four
about MSCS are named after the documents, or the field evidence, that they follow; two more are
about products of other vendors.
"""

from typing import Final

from clusckpt_spec.readings.named import (
    KB174070,
    MS_CMRP,
    MSCS_PAGE,
    MSCS_READINGS,
    WINDOWS_OBSERVED,
)
from clusckpt_spec.readings.product import MSCS, Product, RestoreWhen, departures, dimension
from clusckpt_spec.readings.record import Reading
from clusckpt_spec.readings.shipped import READINGS
from clusckpt_spec.readings.vendors import LIVE_PAIR, VCS_REGREP

__all__ = [
    "KB174070",
    "LIVE_PAIR",
    "MSCS",
    "MSCS_PAGE",
    "MSCS_READINGS",
    "MS_CMRP",
    "READINGS",
    "VCS_REGREP",
    "WINDOWS_OBSERVED",
    "Product",
    "Reading",
    "RestoreWhen",
    "UnknownReading",
    "departures",
    "dimension",
    "reading",
]

_LONGEST_SHOWN: Final = 60
"""How much of an unknown name is quoted: it may come from a hostile file."""


class UnknownReading(LookupError):
    """Raised when a reading is asked for by a name that none has.

    `name` is what came, unshortened.
    """

    def __init__(self, name: str) -> None:
        """Take the name that came."""
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        """Say what came, and which names are allowed."""
        shown = repr(self.name[:_LONGEST_SHOWN])
        if len(self.name) > _LONGEST_SHOWN:
            shown += "..."
        return f"no reading has the name {shown}; the allowed names are: {', '.join(READINGS)}"


def reading(name: str) -> Reading:
    """Look up a shipped reading by its name, spelled exactly.

    Raises:
        UnknownReading: when no reading has that name.

    Example:
        >>> from clusckpt_spec.ambiguities import AmbiguityID
        >>> reading("mscs-page")[AmbiguityID.A1]
        'immediate'

    """
    try:
        return READINGS[name]
    except KeyError:
        raise UnknownReading(name) from None
