"""The gallery: models with planted bugs, which must be caught, and odd ones, which must not.

Start by reading `bugs`.
"""

from clusckpt.gallery.bugs import GALLERY
from clusckpt.gallery.odd import LEGAL_BUT_ODD
from clusckpt.gallery.planted import LegalButOdd, PlantedBug

__all__ = ["GALLERY", "LEGAL_BUT_ODD", "LegalButOdd", "PlantedBug"]
