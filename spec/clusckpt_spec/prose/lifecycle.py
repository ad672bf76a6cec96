"""The life cycle of a resource and of each of its checkpoints, as state diagrams.

The one subtle fact: the arrows are stated in `lanes` and placed in the template, which can neither
leave one out nor add one; and a test compares them with every step that the actions can take.
"""

from types import MappingProxyType
from typing import Final

from clusckpt_spec.prose.diagram import Effect, kind
from clusckpt_spec.prose.lanes import LANES
from clusckpt_spec.prose.templating import filled

_MEANINGS: Final = MappingProxyType(
    {
        Effect.CAPTURED: "the stored copy is now the tree on the owner",
        Effect.RESTORED: "the tree on the owner is now the stored copy",
        Effect.DROPPED: "there is no stored copy any more",
        Effect.AS_BACKED_UP: "the stored copy is now the one in the backup",
    }
)


def picture() -> str:
    """The diagrams as SVG."""
    legend = [(kind(effect), str(effect), meaning) for effect, meaning in _MEANINGS.items()]
    return filled("lifecycle.svg.j2", lanes=LANES, legend=legend)
