"""Two resources whose roots overlap: in conflict, or not decided by what the design says."""

from dataclasses import dataclass

from clusckpt.collisions.roots import CheckpointedRoot, Root
from clusckpt.names import Folded, fold


@dataclass(frozen=True, slots=True)
class Pair:
    """Two resources with overlapping roots, in order of name."""

    first: CheckpointedRoot
    second: CheckpointedRoot

    @property
    def key(self) -> CheckpointedRoot:
        """The root whose every key both cover: the deeper of the two."""
        deeper = len(self.second.root.folded) > len(self.first.root.folded)
        return self.second if deeper else self.first

    @property
    def resources(self) -> tuple[str, str]:
        """The two resources, in order of name."""
        return self.first.resource, self.second.resource

    @property
    def place(self) -> tuple[Folded, Folded, Root, Root]:
        """Where the pair stands among others: by its resources, then by its roots."""
        first, second = self.first, self.second
        return fold(first.resource), fold(second.resource), first.root, second.root


@dataclass(frozen=True, slots=True)
class Conflict(Pair):
    """Two resources that cover one key and can both be hosted by each of `nodes`.

    `cross_node` tells whether they are in different groups, so that one may come to the other
    from another node; otherwise they always share a node.
    """

    nodes: tuple[str, ...]
    cross_node: bool


@dataclass(frozen=True, slots=True)
class Undecided(Pair):
    """Two resources of which the design does not say enough, and what it does not say."""

    reason: str
