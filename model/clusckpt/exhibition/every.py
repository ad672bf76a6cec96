"""Every exhibit, by its name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt.exhibition.exhibit import Exhibit
from clusckpt.exhibition.over_choices import CHOICE_BUGS, CHOICE_ODD
from clusckpt.exhibition.over_cluster import CLUSTER_BUGS, CLUSTER_ODD
from clusckpt.exhibition.over_model import MODEL_BUGS, MODEL_ODD

EXHIBITS: Final[Mapping[str, Exhibit]] = MappingProxyType(
    {
        one.name: one
        for one in (
            *(*MODEL_BUGS, *CHOICE_BUGS, *CLUSTER_BUGS),
            *(*MODEL_ODD, *CHOICE_ODD, *CLUSTER_ODD),
        )
    }
)
"""The bugs, then the oddities."""
