"""Completion: a resource that is coming online has its checkpoints restored and is online.

Checkpoints whose roots do not overlap can be restored in any order with the same end, and so can
those whose copies agree where they overlap, so one order stands for all. Where copies of one
resource disagree, every order is followed, because the documents do not say which it is (A22).
"""

from collections.abc import Iterable

import networkx as nx

from clusckpt.names import Folded, lies_under
from clusckpt.registry import RegistryKey, find
from clusckpt.rules import Course, Rulebook
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps.elementary import complete_online, may_complete_online
from clusckpt.steps.restoring import attempted, unrestored

MOST_ORDERS = 4096
"""More ends than this are not told apart."""


class TooManyOrders(Exception):
    """More ways to restore disagreeing copies lead to different ends than are followed."""


def completed(rules: Rulebook, course: Course, name: Folded) -> frozenset[Course]:
    """Every course on which nothing is left to do for a resource that comes online.

    At its end the resource is online, or has failed, or waits for what it depends on.
    """
    waited = rules.waits(course.state, name)
    before = [one for one in unrestored(rules, course.state, name) if one.name in waited]
    ends: frozenset[Course] = frozenset()
    for end in _restored_in_any_order(rules, frozenset({course}), name, before):
        online = end
        if may_complete_online(rules, end.state, name):
            online = complete_online(rules, end, name)
        late = unrestored(rules, online.state, name)
        ends |= _restored_in_any_order(rules, frozenset({online}), name, late)
    return ends


def _restored_in_any_order(
    rules: Rulebook, courses: frozenset[Course], name: Folded, missing: Iterable[Checkpoint]
) -> frozenset[Course]:
    ends: set[Course] = set()
    for course in courses:
        reached = frozenset({course})
        for entangled in _entangled(course.state, name, missing):
            for _ in entangled:
                reached = _one_more(rules, reached, name, entangled)
        ends |= reached
    return frozenset(ends)


def _one_more(
    rules: Rulebook, courses: frozenset[Course], name: Folded, entangled: list[Checkpoint]
) -> frozenset[Course]:
    """Every course with one more of the checkpoints restored, one for each resulting state.

    Where a restore was fatal, or was done together with another, nothing more is done.
    """
    reached: dict[ClusterState, Course] = {}
    for course in courses:
        waiting = {entry.name for entry in unrestored(rules, course.state, name)}
        left = [entry for entry in entangled if entry.name in waiting]
        if not left:
            reached.setdefault(course.state, course)
        for checkpoint in left:
            further = attempted(rules, course, name, checkpoint)
            reached.setdefault(further.state, further)
    if len(reached) > MOST_ORDERS:
        message = f"more than {MOST_ORDERS} ends are possible when {name} comes online"
        raise TooManyOrders(message)
    return frozenset(reached.values())


def _entangled(
    state: ClusterState, name: Folded, checkpoints: Iterable[Checkpoint]
) -> list[list[Checkpoint]]:
    """The checkpoints in sets within which copies disagree about a key, in order of name."""
    ordered = sorted(checkpoints, key=lambda entry: entry.name)
    graph: nx.Graph[Checkpoint] = nx.Graph()
    graph.add_nodes_from(ordered)
    graph.add_edges_from(
        (one, other)
        for at, one in enumerate(ordered)
        for other in ordered[at + 1 :]
        if _disagree(state, name, one, other)
    )
    parts = nx.connected_components(graph)
    return sorted(
        (sorted(part, key=lambda entry: entry.name) for part in parts),
        key=lambda part: part[0].name,
    )


def _disagree(state: ClusterState, name: Folded, one: Checkpoint, other: Checkpoint) -> bool:
    """Whether the stored copies of two checkpoints differ where both cover the registry."""
    outer, inner = sorted((one, other), key=lambda entry: len(entry.root))
    if not outer.root or not lies_under(outer.folded_root, inner.folded_root):
        return False
    outer_copy = state.copies.get((name, outer.name))
    inner_copy = state.copies.get((name, inner.name))
    if not isinstance(outer_copy, RegistryKey) or inner_copy is None:
        return outer_copy is not None and inner_copy is not None
    return find(outer_copy, inner.root[len(outer.root) :]) != inner_copy
