"""Choices that exclude each other: a reading that makes both says nothing that can happen.

`at-add` (A4) beside `nothing-captured` (A5) is not among them: it reads as a capture at the add
that is put off while the resource is offline.
"""

from collections.abc import Iterator, Mapping

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings.product import Product

__all__ = ["contradictions"]

Contradiction = tuple[AmbiguityID, str]
"""The ambiguity whose choice does not fit the others, and what would."""


def contradictions(choices: Mapping[AmbiguityID, str], product: Product) -> Iterator[Contradiction]:
    """Find the choices of a reading that exclude each other, in order of ambiguity.

    >>> from clusckpt_spec.readings import MSCS, MSCS_PAGE
    >>> choices = {**MSCS_PAGE.choices, AmbiguityID.A40: "may-mix"}
    >>> [str(ambiguity) for ambiguity, _ in contradictions(choices, MSCS)]
    ['A40']
    """
    at_add = choices[AmbiguityID.A4] == "at-add"
    if not at_add and choices[AmbiguityID.A5] == "local-tree-captured":
        yield (
            AmbiguityID.A5,
            '"nothing-captured", because A4 is not "at-add": an add captures nothing',
        )
    if product.restore_when == "continuous" and choices[AmbiguityID.A31] != "eager":
        yield (
            AmbiguityID.A31,
            '"eager", because restore-when is "continuous": other nodes receive every change',
        )
    if choices[AmbiguityID.A1] == "immediate" and choices[AmbiguityID.A40] != "atomic":
        yield (
            AmbiguityID.A40,
            '"atomic", because A1 is "immediate": the copy is part of the change',
        )
