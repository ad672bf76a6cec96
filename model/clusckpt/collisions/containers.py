r"""Key containers that may be one and the same although they are written differently.

`1\\MyKey` names no provider and stands for the default provider of its type. The documented one is
taken, so that `1\\MyKey` and the same with that provider named are one container. But a machine can
be given another default, so it may or may not be the one in `1\Some Provider\MyKey` (A20).
"""

from collections.abc import Iterator

from clusckpt.collisions.graph import Overlap
from clusckpt.collisions.roots import CheckpointedRoot, Root, checkpointed_roots
from clusckpt.names import SEPARATOR
from clusckpt.state import CheckpointKind
from clusckpt_spec.formats.cluster import Cluster, Resource

Entries = list[CheckpointedRoot]


def perhaps_one_container(cluster: Cluster) -> Iterator[Overlap]:
    """Every pair of containers of two resources that differ only in that one has no provider."""
    for without, named in _alike(cluster):
        for one in without:
            for other in named:
                if other.resource != one.resource and other.root != one.root:
                    yield one, other


def count_perhaps_one_container(cluster: Cluster) -> int:
    """How many pairs `perhaps_one_container` gives at most, without looking at the pairs."""
    return sum(len(without) * len(named) for without, named in _alike(cluster))


def container_parts(root: Root) -> tuple[str, str, str]:
    r"""The type, the provider and the key in the folded name of a container (A21).

    >>> from clusckpt.names import fold
    >>> container_parts(Root(CheckpointKind.CRYPTO, (fold(r"1\\MyKey"),)))
    ('1', '', 'MYKEY')
    """
    kind, _, rest = root.folded[0].partition(SEPARATOR)
    provider, _, key = rest.partition(SEPARATOR)
    return kind, provider, key


def _alike(cluster: Cluster) -> Iterator[tuple[Entries, Entries]]:
    """The containers of one type and key: those without a provider, and those with one."""
    alike: dict[tuple[str, str], tuple[Entries, Entries]] = {}
    for resource in cluster.resources:
        for entry, names_provider in _each_once(resource):
            kind, _, key = container_parts(entry.root)
            without, named = alike.setdefault((kind, key), ([], []))
            (named if names_provider else without).append(entry)
    yield from alike.values()


def _each_once(resource: Resource) -> Iterator[tuple[CheckpointedRoot, bool]]:
    """Each container of a resource, and whether its provider is named; in both ways if it is."""
    seen: set[tuple[Root, bool]] = set()
    for entry in checkpointed_roots(resource):
        if entry.root.kind is CheckpointKind.CRYPTO:
            provider = entry.given.split(SEPARATOR)[1:2]
            once = entry.root, any(provider)
            if once not in seen:
                seen.add(once)
                yield entry, any(provider)
