"""Pictures: what is certain of a cluster at one moment, cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from clusckpt.names import Folded
from clusckpt.reports.scope import Scope
from clusckpt.rules.capture import local_copy
from clusckpt.state import CheckpointName, ClusterState, Copy
from clusckpt_spec.api.states import state_label

MOST_STATES: Final = 64
"""Where more states remain possible than this, nothing of them is drawn as certain."""

UNCERTAIN: Final = "?"
ABSENT: Final = "∅"

NOWHERE: Final = Folded("")

Kind = Literal["node", "quorum", "state", "owner", "tree", "copy"]
"""What a cell shows: is a node up, what the quorum can do, a resource's state, its owner, the
contents of a root on a node, the stored copy of a root."""


@dataclass(frozen=True, slots=True)
class Root:
    """A checkpoint of a resource, whose contents are drawn: a key or a container."""

    resource: Folded
    name: CheckpointName


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a picture; `subject` is a node or a resource, empty for what the quorum has."""

    kind: Kind
    subject: Folded = NOWHERE
    root: Root | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """There is nothing at a place: no tree, no copy, or more than can be told apart."""

    text: str


Cell = str | Copy | Blank
"""What a place has: a word, the contents of a tree or a copy, or nothing."""

Picture = Mapping[Place, Cell]
"""What is certain; a place that is not there in any state is left out."""

NOTHING: Final = Blank(ABSENT)
OPEN: Final = Blank(UNCERTAIN)


def picture(states: Sequence[ClusterState], scope: Scope) -> Picture:
    """What is the same in every one of some states; all else is open.

    Args:
        states: those that remain possible; if there are none, nothing is certain.
        scope: the nodes and resources that are drawn.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.names import fold
    >>> scope = Scope((fold("N1"),), (fold("A"),))
    >>> picture([two_nodes()], scope)[Place("state", fold("A"))]
    'Offline'
    """
    told = states if len(states) <= MOST_STATES else ()
    pictures = [dict(_cells(state, scope)) for state in told]
    places = {place: None for one in pictures for place in one}
    return {place: certain([one.get(place) for one in pictures]) for place in places}


def certain(cells: Sequence[Cell | None]) -> Cell:
    """What all cells have in common: the one thing in all of them, or that it is open.

    >>> certain(["up", "up"]), certain(["up", None]).text
    ('up', '?')
    """
    first = cells[0]
    return OPEN if first is None or any(one != first for one in cells) else first


def _cells(state: ClusterState, scope: Scope) -> Iterator[tuple[Place, Cell]]:
    for node in scope.nodes:
        yield Place("node", node), "up" if state.nodes[node].up else "down"
    yield Place("quorum"), state.quorum.value
    for name in scope.resources:
        if name in state.resources:
            yield from _cells_of(state, scope, name)
    for (name, checkpoint), copy in state.copies.items():
        if name in scope.resources:
            yield Place("copy", NOWHERE, Root(name, checkpoint)), copy


def _cells_of(state: ClusterState, scope: Scope, name: Folded) -> Iterator[tuple[Place, Cell]]:
    resource = state.resources[name]
    yield Place("state", name), state_label(resource.state)
    yield Place("owner", name), state.owner_of(name)
    for checkpoint in resource.checkpoints.values():
        root = Root(name, checkpoint.name)
        for node in scope.nodes:
            there = local_copy(state, node, checkpoint)
            yield Place("tree", node, root), NOTHING if there is None else there
        yield Place("copy", NOWHERE, root), NOTHING
