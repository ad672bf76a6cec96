"""What products do to registry trees that MSCS does not: leave keys out.

These are functions of trees and paths alone; `clusckpt_spec.readings.Product` says which product
leaves out what. Start with
`replicated`, which is what is stored, and `with_kept`, which is what a restore makes of it.
"""

from clusckpt.products.excluded import effective_excludes, excluded, ignored_excludes
from clusckpt.products.kept import with_kept
from clusckpt.products.replicated import replicated

__all__ = ["effective_excludes", "excluded", "ignored_excludes", "replicated", "with_kept"]
