"""Completion: a resource that is coming online has its checkpoints restored and is online.

Checkpoints whose roots do not overlap can be restored in any order with the same end, so one
order stands for all. Where roots of one resource overlap, every order is followed, because the
documents do not say which one it is (A22).
"""

from collections.abc import Iterable

import networkx as nx

from clusckpt.names import Folded, overlap
from clusckpt.rules import Course, Rulebook
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps.elementary import complete_online, unrestored


def completed(rules: Rulebook, course: Course, name: Folded) -> frozenset[Course]:
    """Every course on which the resource is online in the end."""
    waited = rules.waits(course.state, name)
    before = [entry for entry in unrestored(course.state, name) if entry.name in waited]
    courses = _restored_in_any_order(rules, frozenset({course}), name, before)
    online = frozenset(complete_online(entry, name) for entry in courses)
    late = {entry for one in online for entry in unrestored(one.state, name)}
    return _restored_in_any_order(rules, online, name, late)


def _restored_in_any_order(
    rules: Rulebook, courses: frozenset[Course], name: Folded, missing: Iterable[Checkpoint]
) -> frozenset[Course]:
    for entangled in _entangled(missing):
        for _ in entangled:
            courses = _one_more(rules, courses, name, entangled)
    return courses


def _one_more(
    rules: Rulebook, courses: frozenset[Course], name: Folded, entangled: list[Checkpoint]
) -> frozenset[Course]:
    """Every course with one more of the checkpoints restored, one for each resulting state."""
    reached: dict[ClusterState, Course] = {}
    for course in courses:
        restored = course.state.resources[name].restored
        for checkpoint in entangled:
            if checkpoint.name not in restored:
                further = rules.restore(course, name, checkpoint)
                reached.setdefault(further.state, further)
    return frozenset(reached.values())


def _entangled(checkpoints: Iterable[Checkpoint]) -> list[list[Checkpoint]]:
    """The checkpoints in sets within which roots overlap, in order of name."""
    ordered = sorted(checkpoints, key=lambda entry: entry.name)
    graph: nx.Graph[Checkpoint] = nx.Graph()
    graph.add_nodes_from(ordered)
    graph.add_edges_from(
        (one, other)
        for at, one in enumerate(ordered)
        for other in ordered[at + 1 :]
        if one.root and other.root and overlap(one.folded_root, other.folded_root)
    )
    parts = nx.connected_components(graph)
    return sorted(
        (sorted(part, key=lambda entry: entry.name) for part in parts),
        key=lambda part: part[0].name,
    )
