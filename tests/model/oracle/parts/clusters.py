"""A cluster of two applications, each in a group of its own with a root of its own."""

from collections.abc import Mapping, Sequence

from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from clusckpt_spec.formats.values import WrittenTree

USUAL: Mapping[str, Sequence[str]] = {"A": ("S\\A",), "B": ("S\\B",)}


def header(
    roots: Mapping[str, Sequence[str]] = USUAL,
    *,
    boxes: Sequence[str] = (),
    nodes: Sequence[str] = ("N1", "N2"),
) -> Header:
    """Resources with these roots on N1, whose keys these nodes have; each has these containers."""
    resources = tuple(
        Resource(
            name,
            group=f"G{name}",
            registry_checkpoints=tuple(RegistryCheckpoint(key) for key in keys),
            crypto_checkpoints=tuple(boxes),
        )
        for name, keys in roots.items()
    )
    groups = tuple(Group(f"G{name}", owner="N1") for name in roots)
    cluster = Cluster(CLUSTER_FORMAT, ("N1", "N2"), groups, resources)
    tree: WrittenTree = {key: {"v": 0} for keys in roots.values() for key in keys}
    containers = {"N1": dict.fromkeys(boxes, "keys")}
    registry = dict.fromkeys(nodes, tree)
    return Header(TRACE_FORMAT, cluster, registry=registry, containers=containers)


def line(event: AnyEvent, returned: int | None = None, **seen: object) -> TraceLine:
    """A line with what was observed."""
    return TraceLine(2, event, returned, Observation(**seen) if seen else None)  # type: ignore[arg-type] # any field
