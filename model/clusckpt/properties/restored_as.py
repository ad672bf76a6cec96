"""What a restore may leave on a node: the stored copies, and nothing that they do not have.

Which root of a resource is restored last is open (A22), so for each key any copy that covers it
may have the last word. Where copies agree, that is exactly the copy.
"""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.names import Folded, FoldedPath, lies_under
from clusckpt.properties.contents import NO_VALUES, Contents, Held, Values, in_copy, on_node
from clusckpt.properties.happening import is_online
from clusckpt.state import Checkpoint, ClusterState, Quorum

Source = tuple[FoldedPath, Contents]
"""A tree that may have been restored, at its root."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that is not as any copy has it; `surplus` if it only has more, as it had before."""

    key: FoldedPath
    surplus: bool


def to_restore(
    before: ClusterState, name: Folded, checkpoint: Checkpoint, *, saved: bool = False
) -> list[Held]:
    """What the next restore of a checkpoint may bring; nothing if there is no copy (A27).

    A resource that is online may be saved on its way offline; with `saved` it must have been.
    """
    copy = in_copy(before, name, checkpoint)
    if not is_online(before, name):
        return [] if copy is None else [copy]
    there = on_node(before, before.owner_of(name), checkpoint)
    if saved and there is not None:
        return [there]
    writable = before.quorum is Quorum.ONLINE
    return [one for one in (copy, there if writable else None) if one is not None]


def differences(
    got: Contents, there: Contents, root: FoldedPath, sources: list[Source]
) -> Iterator[Difference]:
    """The keys under a root that are not as any source has them; `there` was before the step."""
    keys = {path for _, tree in sources for path in tree if lies_under(root, path)}
    for path in sorted(keys | set(got)):
        allowed = _allowed(path, sources)
        if got.get(path) not in allowed:
            yield Difference(path, _is_surplus(got.get(path), there.get(path), allowed))


def _allowed(path: FoldedPath, sources: list[Source]) -> list[Values | None]:
    """What the sources have for a key; a key above a root is created for it if it is missing."""
    covering = [tree.get(path) for root, tree in sources if lies_under(root, path)]
    above = any(lies_under(path, root) and path != root for root, _ in sources)
    return [*covering, NO_VALUES] if above else covering


def _is_surplus(got: Values | None, there: Values | None, allowed: list[Values | None]) -> bool:
    """Whether a key has all that some copy has for it, and beyond that only what it had before."""
    if got is None or there is None:
        return False
    return any((one or NO_VALUES) <= got <= (one or NO_VALUES) | there for one in allowed)
