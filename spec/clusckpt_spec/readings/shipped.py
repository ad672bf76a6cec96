"""Every reading that ships here, by its name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.readings.named import KB174070, MS_CMRP, MSCS_PAGE, WINDOWS_OBSERVED
from clusckpt_spec.readings.record import Reading
from clusckpt_spec.readings.vendors import LIVE_PAIR, VCS_REGREP

__all__ = ["READINGS"]

_SHIPPED: Final = (MSCS_PAGE, KB174070, MS_CMRP, WINDOWS_OBSERVED, VCS_REGREP, LIVE_PAIR)

READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {reading.name: reading for reading in _SHIPPED}
)
"""Every shipped reading by its name."""
