"""The shape of a reading: one choice for every ambiguity, and why.

A reading is passed in; no code asks for a product or a version.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings.product import MSCS, Product

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read all the documents at once: a choice for each of A1 to A44.

    `choices` names one of the register's choices per ambiguity; `reasons` says why, with the
    source, for each choice that is not simply the register's stance. `product` is what a product
    does beyond that; `reasons` has the name of a dimension, such as `restore-same-node`, for each
    in which it departs from MSCS.
    """

    name: str
    summary: str
    choices: Mapping[AmbiguityID, str]
    reasons: Mapping[str, str]
    product: Product = MSCS

    def __getitem__(self, ambiguity: AmbiguityID) -> str:
        """Return the name of the choice that this reading makes."""
        return self.choices[ambiguity]

    def __hash__(self) -> int:
        """Hash by content, since the mappings have no hash of their own."""
        return hash((self.name, tuple(sorted(self.choices.items())), self.product))
