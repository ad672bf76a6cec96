"""The part of a trace that is connected with its last line; nothing else can bear on that line."""

from collections.abc import Collection, Iterable, Iterator

import msgspec
import networkx as nx

from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, fold, lies_under
from clusckpt.slicing.parts import Part, only, parts
from clusckpt.slicing.places import Place, key_places, place_seen, places_of, ties
from clusckpt.slicing.trials import Lines
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.trace import Header, TraceLine

Cut = tuple[Header, Lines]


def connected(header: Header, lines: Lines, telling: TraceLine) -> Iterator[Cut]:
    """Parts of a trace that hold whatever may bear on its last line, the smallest first.

    The first one has the events that are connected with the last line by resources, groups,
    dependencies, keys and containers. The second one has also the events after which something
    connected was seen, with what they are connected with.

    Args:
        header: the cluster at the start.
        lines: the trace.
        telling: the last line with no more than what contradicts the rules.
    """
    platform = header.cluster.platform
    if any(part[0] == "backup_files" for part in parts(telling)):
        return  # a backup holds files of every resource
    named = [places_of(line.event, platform) for line in lines]
    seen = [_seen(line, header.cluster) for line in lines]
    alone = {frozenset({place}) for places in seen for place in places}
    graph = ties(header.cluster, [*named, *alone])
    near = _reached(graph, named[-1] | _seen(telling, header.cluster))
    yield _cut(header, lines, near)
    beside = [there for there, looked in zip(named, seen, strict=True) if looked & near]
    yield _cut(header, lines, _reached(graph, near.union(*beside)))


def _seen(line: TraceLine, cluster: Cluster) -> frozenset[Place]:
    return frozenset().union(*(place_seen(part, cluster.platform) for part in parts(line)))


def _reached(graph: "nx.Graph[Place]", places: Iterable[Place]) -> frozenset[Place]:
    found: set[Place] = set()
    for place in places:
        if place in graph and place not in found:
            found |= nx.node_connected_component(graph, place)
    return frozenset(found)


def _cut(header: Header, lines: Lines, near: frozenset[Place]) -> Cut:
    """The trace without whatever speaks of other places only."""
    cluster = header.cluster
    kept = [
        only(line, [part for part in parts(line) if _is_near(part, line, cluster, near)])
        for line in lines
        if not (places := places_of(line.event, cluster.platform)) or places & near
    ]
    return _smaller(header, near), tuple(kept)


def _is_near(part: Part, line: TraceLine, cluster: Cluster, near: Collection[Place]) -> bool:
    if part[0] == "logged":
        logged = (line.observed.logged if line.observed else None) or ()
        return all(one.resource and ("resource", fold(one.resource)) in near for one in logged)
    places = place_seen(part, cluster.platform)
    return not places or any(place in near for place in places)


def _smaller(header: Header, near: frozenset[Place]) -> Header:
    """The header with the resources, groups, keys and containers that are near."""
    cluster = header.cluster
    resources = tuple(one for one in cluster.resources if ("resource", fold(one.name)) in near)
    groups = tuple(one for one in cluster.groups if ("group", fold(one.name)) in near)
    keys = [name for word, name in near if word == "key"]
    shelves = _Shelves(keys)
    registry = {
        node: {key: held for key, held in tree.items() if shelves.meets(key, cluster)}
        for node, tree in header.registry.items()
    }
    containers = {
        node: {one: keys for one, keys in held.items() if ("container", container_id(one)) in near}
        for node, held in header.containers.items()
    }
    return msgspec.structs.replace(
        header,
        cluster=msgspec.structs.replace(cluster, resources=resources, groups=groups),
        registry={node: tree for node, tree in registry.items() if tree},
        containers={node: held for node, held in containers.items() if held},
    )


class _Shelves:
    """Keys by their first name, so that the ones that overlap another are found at once."""

    def __init__(self, keys: Iterable[FoldedPath]) -> None:
        self._keys: dict[Folded, list[FoldedPath]] = {}
        for key in keys:
            self._keys.setdefault(key[0], []).append(key)

    def meets(self, text: str, cluster: Cluster) -> bool:
        """Whether a key of the header lies above one of these, or below."""
        return any(
            lies_under(one, key) or lies_under(key, one)
            for _, key in key_places(text, "native", cluster.platform)
            for one in self._keys.get(key[0], ())
        )
