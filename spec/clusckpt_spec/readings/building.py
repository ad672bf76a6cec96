"""Building a reading from the stances of the register and from what a document decides."""

from collections.abc import Mapping
from types import MappingProxyType

from clusckpt_spec.ambiguities.defaults import DEFAULT_CHOICES
from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings.product import MSCS, Product
from clusckpt_spec.readings.record import Reading

__all__ = ["Decisions", "named"]

Decisions = Mapping[AmbiguityID, tuple[str, str]]
"""For each ambiguity that a document decides: the choice and the reason."""


def named(
    name: str,
    summary: str,
    decisions: Decisions,
    product: Product = MSCS,
    product_reasons: Mapping[str, str] | None = None,
) -> Reading:
    """Build a reading: what its document decides, and the register's stance for the rest.

    Args:
        name: The published name of the reading.
        summary: What it follows, on one line.
        decisions: For each ambiguity that the document decides, the choice and the reason.
        product: What the product does beyond the ambiguities.
        product_reasons: The reasons by dimension of the product.
    """
    decided = {ambiguity: choice for ambiguity, (choice, _) in decisions.items()}
    reasons: dict[str, str] = {ambiguity: reason for ambiguity, (_, reason) in decisions.items()}
    return Reading(
        name=name,
        summary=summary,
        choices=MappingProxyType({**DEFAULT_CHOICES, **decided}),
        reasons=MappingProxyType(reasons | dict(product_reasons or {})),
        product=product,
    )
