"""Field incidents: cases that others documented and that the rules must explain.

The one subtle fact: none of them was written for this project. A model of the rules that does not
predict what was observed is wrong, or the implementation in the case was; the record says which.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.incidents.cases import INCIDENT_RECORDS
from clusckpt_spec.incidents.record import Incident

__all__ = ["INCIDENTS", "Incident"]

INCIDENTS: Final[Mapping[str, Incident]] = MappingProxyType(
    {record.id: record for record in INCIDENT_RECORDS}
)
"""Every incident by its ID."""
