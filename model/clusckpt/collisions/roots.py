r"""The canonical root of each checkpoint: two roots are the same key only if they are equal here.

A registry root is its folded path in the native view: `Software\X` of the 32-bit view is
`Software\Wow6432Node\X`. A key container is one flat name, the folded `Type\Name\Key`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.names import FoldedPath, Path, fold, join_path, lies_under
from clusckpt.start import crypto_checkpoint, registry_checkpoint
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName
from clusckpt_spec.formats import cluster as written


@dataclass(frozen=True, slots=True, order=True)
class Root:
    """A canonical root: the folded path of a key, or the folded name of a container alone."""

    kind: CheckpointKind
    folded: FoldedPath

    def covers(self, key: "Root") -> bool:
        """Whether a key (or container) is this root or lies under it."""
        if self.kind is not key.kind:
            return False
        return lies_under(self.folded, key.folded)


@dataclass(frozen=True, slots=True)
class CheckpointedRoot:
    """A root as one resource has it.

    `path` is the root in the native view as the resource spells it, `given` and `view` are what
    the design says, and `checkpoint` names the entry in the list of the resource.
    """

    resource: str
    group: str
    root: Root
    path: Path
    checkpoint: CheckpointName
    given: str
    view: written.View = "native"

    @property
    def text(self) -> str:
        """The key in the native view, or the container, as the resource spells it."""
        return join_path(self.path)


def checkpoints_of(
    resource: written.Resource,
) -> Iterator[tuple[Checkpoint, written.RegistryCheckpoint | str]]:
    """Every checkpoint of a resource beside the entry of the design that it is made of."""
    for entry in resource.registry_checkpoints:
        yield registry_checkpoint(entry), entry
    for given in resource.crypto_checkpoints:
        yield crypto_checkpoint(given), given


def canonical_root(checkpoint: Checkpoint) -> Root:
    r"""The root that a checkpoint has on every node.

    >>> print(canonical_root(crypto_checkpoint(r"1\\MyKey")).folded[0])
    1\\MYKEY
    """
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return Root(CheckpointKind.CRYPTO, (fold(checkpoint.given),))
    return Root(CheckpointKind.REGISTRY, checkpoint.folded_root)


def roots_of(resource: written.Resource) -> tuple[CheckpointedRoot, ...]:
    r"""Every root of a resource once, in the order of its checkpoints.

    >>> entry = written.RegistryCheckpoint(r"software\x", view="32")
    >>> [root.text for root in roots_of(written.Resource("R", "G", registry_checkpoints=(entry,)))]
    ['software\\Wow6432Node\\x']
    """
    found: dict[Root, CheckpointedRoot] = {}
    for checkpoint, entry in checkpoints_of(resource):
        root = canonical_root(checkpoint)
        if root not in found:
            found[root] = CheckpointedRoot(
                resource=resource.name,
                group=resource.group,
                root=root,
                path=checkpoint.root or (checkpoint.given,),
                checkpoint=checkpoint.name,
                given=checkpoint.given,
                view="native" if isinstance(entry, str) else entry.view,
            )
    return tuple(found.values())
