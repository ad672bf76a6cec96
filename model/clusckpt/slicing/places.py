"""Places: the resources, groups, keys and containers that lines speak of, and what ties them."""

from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from clusckpt.buffers import read_string
from clusckpt.containers import container_id
from clusckpt.names import FoldedPath, InvalidPath, fold, fold_path, lies_under, parse_path
from clusckpt.registry import canonical
from clusckpt.slicing.parts import Part
from clusckpt_spec.formats.cluster import Cluster, Platform, View
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl

Place = tuple[str, Any]
"""A resource, group, key or container: the word, then its name as it is compared."""

_SUBJECTS = {
    "states": "resource",
    "checkpoints": "resource",
    "stored": "resource",
    "owners": "group",
    "groups": "group",
}
_VIEWS: tuple[View, ...] = ("native", "32", "64")


def key_places(text: str, view: View, platform: Platform) -> Iterator[Place]:
    r"""The place of a key; none if no path can name it.

    >>> list(key_places("Software\\Acme", "32", "x64"))
    [('key', ('SOFTWARE', 'WOW6432NODE', 'ACME'))]
    """
    try:
        yield "key", fold_path(canonical(parse_path(text), view, platform=platform))
    except InvalidPath:
        return


def places_of(event: AnyEvent, platform: Platform) -> frozenset[Place]:
    """What an event speaks of; nothing, if it concerns the whole cluster or a whole node."""
    found: set[Place] = set()
    for word in ("resource", "group"):
        name = getattr(event, word, None)
        if name is not None:
            found.add((word, fold(name)))
    key = getattr(event, "key", None)
    if key is not None:
        found.update(key_places(key, getattr(event, "view", "native"), platform))
    container = getattr(event, "container", None)
    if container is not None:
        found.add(("container", container_id(container)))
    if isinstance(event, ClusterResourceControl):
        found.update(_places_of_input(event, platform))
    return frozenset(found)


def _places_of_input(event: ClusterResourceControl, platform: Platform) -> Iterator[Place]:
    """What the input buffer may name: a key in any view, or a container."""
    text = event.input
    if event.input_bytes is not None:
        text = read_string(bytes.fromhex(event.input_bytes)).text
    if text:
        yield "container", container_id(text)
        for view in _VIEWS:
            yield from key_places(text, view, platform)


def place_seen(part: Part, platform: Platform) -> frozenset[Place]:
    """What a part of an observation is about; nothing, if it is about its event."""
    field, *names = part
    if field in _SUBJECTS:
        return frozenset({(_SUBJECTS[field], fold(names[0]))})
    if field == "registry" and len(names) > 1:
        return frozenset(key_places(names[1], "native", platform))
    if field == "containers" and len(names) > 1:
        return frozenset({("container", container_id(names[1]))})
    return frozenset()


def ties(cluster: Cluster, together: Iterable[frozenset[Place]]) -> "nx.Graph[Place]":
    """The graph of places: an edge where one may bear on the other.

    Args:
        cluster: its resources are tied to their groups, dependencies, roots and containers.
        together: places that events name together. Keys are tied to those above them.
    """
    graph: nx.Graph[Place] = nx.Graph()
    for one in cluster.resources:
        own: Place = ("resource", fold(one.name))
        graph.add_edge(own, ("group", fold(one.group)))
        graph.add_edges_from((own, ("resource", fold(name))) for name in one.dependencies)
        graph.add_edges_from((own, ("container", container_id(c))) for c in one.crypto_checkpoints)
        for root in one.registry_checkpoints:
            for place in key_places(root.key, root.view, cluster.platform):
                graph.add_edge(own, place)
    for places in together:
        graph.add_nodes_from(places)
        nx.add_path(graph, sorted(places))
    graph.add_edges_from(_nested([name for word, name in graph if word == "key"]))
    return graph


def _nested(keys: Iterable[FoldedPath]) -> Iterator[tuple[Place, Place]]:
    """Each key with the nearest one above it."""
    above: list[FoldedPath] = []
    for key in sorted(keys):
        while above and not lies_under(above[-1], key):
            above.pop()
        if above:
            yield ("key", above[-1]), ("key", key)
        above.append(key)
