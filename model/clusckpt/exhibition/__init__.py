"""The exhibition: the conformance kit run on implementations with a bug, and on odd ones.

Start by reading `exhibit`; `showing` runs the kit on one of them, `parallel` on all.
"""

from clusckpt.exhibition.every import EXHIBITS
from clusckpt.exhibition.exhibit import Exhibit, Kind
from clusckpt.exhibition.result import GalleryReport, gallery_report
from clusckpt.exhibition.showing import Showing, shown

__all__ = ["EXHIBITS", "Exhibit", "GalleryReport", "Kind", "Showing", "gallery_report", "shown"]
