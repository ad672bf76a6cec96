r"""The canonical root of each checkpoint: two roots are the same key only if they are equal here.

A registry root is its folded canonical path: `Software\X` of the 32-bit view is
`Software\Wow6432Node\X`, and `System\ControlSet001` is `System\CurrentControlSet`. A key container
is one flat name, the folded `Type\Name\Key`, without the name of a default provider.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clusckpt.containers import container_id
from clusckpt.names import FoldedPath, Path, join_path, lies_under
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

    `path` is the canonical path of the root as the resource spells it, `given` and `view` are what
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
        """The key under its canonical path, or the container, as the resource spells it."""
        return join_path(self.path)


def checkpoints_of(
    resource: written.Resource, platform: written.Platform = "x64"
) -> Iterator[tuple[Checkpoint, written.RegistryCheckpoint | str]]:
    """Every checkpoint of a resource beside the entry of the design that it is made of."""
    for entry in resource.registry_checkpoints:
        yield registry_checkpoint(entry, platform), entry
    for given in resource.crypto_checkpoints:
        yield crypto_checkpoint(given), given


def canonical_root(checkpoint: Checkpoint) -> Root:
    r"""The root that a checkpoint has on every node.

    >>> print(canonical_root(crypto_checkpoint(r"1\\MyKey")).folded[0])
    1\\MYKEY
    """
    if checkpoint.name.kind is CheckpointKind.CRYPTO:
        return Root(CheckpointKind.CRYPTO, (container_id(checkpoint.given),))
    return Root(CheckpointKind.REGISTRY, checkpoint.folded_root)


def checkpointed_roots(
    resource: written.Resource, platform: written.Platform = "x64"
) -> Iterator[CheckpointedRoot]:
    """The root of every checkpoint of a resource, as often as it has it."""
    for checkpoint, entry in checkpoints_of(resource, platform):
        yield CheckpointedRoot(
            resource=resource.name,
            group=resource.group,
            root=canonical_root(checkpoint),
            path=checkpoint.root or (checkpoint.given,),
            checkpoint=checkpoint.name,
            given=checkpoint.given,
            view="native" if isinstance(entry, str) else entry.view,
        )


def roots_of(
    resource: written.Resource, platform: written.Platform = "x64"
) -> tuple[CheckpointedRoot, ...]:
    r"""Every root of a resource once, in the order of its checkpoints.

    >>> entry = written.RegistryCheckpoint(r"software\x", view="32")
    >>> [root.text for root in roots_of(written.Resource("R", "G", registry_checkpoints=(entry,)))]
    ['software\\Wow6432Node\\x']
    """
    found: dict[Root, CheckpointedRoot] = {}
    for entry in checkpointed_roots(resource, platform):
        found.setdefault(entry.root, entry)
    return tuple(found.values())
