"""The scope of a diagram: which nodes and resources of a cluster are drawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clusckpt.names import Folded, fold
from clusckpt_spec.formats.trace import Header, TraceLine

MOST_NODES: Final = 8
MOST_RESOURCES: Final = 8
"""No more than these are drawn; those that the lines name come before all others."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The nodes and resources that are drawn, in the order of the header; how many are not."""

    nodes: tuple[Folded, ...]
    resources: tuple[Folded, ...]
    nodes_left_out: int = 0
    resources_left_out: int = 0


def scope_of(header: Header, lines: Sequence[TraceLine]) -> Scope:
    """What is drawn of a trace.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT
    >>> many = tuple(f"N{number}" for number in range(1, 12))
    >>> scope = scope_of(Header(TRACE_FORMAT, Cluster(CLUSTER_FORMAT, many, (Group("G"),), ())), [])
    >>> scope.nodes[-1], scope.nodes_left_out
    ('N8', 3)
    """
    nodes = [fold(node) for node in header.cluster.nodes]
    resources = [fold(one.name) for one in header.cluster.resources]
    named = [fold(name) for line in lines for name in _resources(line)]
    every = list(dict.fromkeys((*resources, *named)))
    drawn_nodes = _first(nodes, [fold(name) for line in lines for name in _nodes(line)], MOST_NODES)
    drawn = _first(every, named, MOST_RESOURCES)
    return Scope(drawn_nodes, drawn, len(nodes) - len(drawn_nodes), len(every) - len(drawn))


def _nodes(line: TraceLine) -> Iterator[str]:
    name = getattr(line.event, "node", None)
    if name is not None:
        yield name
    if line.observed is not None:
        yield from line.observed.registry
        yield from line.observed.owners.values()


def _resources(line: TraceLine) -> Iterator[str]:
    name = getattr(line.event, "resource", None)
    if name is not None:
        yield name
    if line.observed is not None:
        yield from line.observed.states
        yield from line.observed.stored


def _first(names: Sequence[Folded], named: Iterable[Folded], most: int) -> tuple[Folded, ...]:
    known = set(names)
    chosen = dict.fromkeys((*(name for name in named if name in known), *names))
    kept = set(list(chosen)[:most])
    return tuple(name for name in names if name in kept)
