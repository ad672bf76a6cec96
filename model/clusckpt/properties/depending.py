"""Dependencies as an observer reads them off a state: inside one group, and transitive."""

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.happening import RUNNING, in_state
from clusckpt.state import ClusterState


def dependencies_of(state: ClusterState, name: Folded) -> set[Folded]:
    """What a resource depends on within its group, directly or through others."""
    return _reached(state, name, needing=True)


def dependents_of(state: ClusterState, name: Folded) -> set[Folded]:
    """What depends on a resource within its group, directly or through others."""
    return _reached(state, name, needing=False)


def coming_for(state: ClusterState, name: Folded) -> set[Folded]:
    """What has to begin to come online for a resource: itself, and what it needs at rest."""
    needed = dependencies_of(state, name)
    return {name} | {one for one in needed if not in_state(state, one, *RUNNING)}


def _reached(state: ClusterState, name: Folded, *, needing: bool) -> set[Folded]:
    reached: set[Folded] = set()
    waiting = [name]
    while waiting:
        for one in _neighbours(state, waiting.pop(), needing=needing):
            if one not in reached:
                reached.add(one)
                waiting.append(one)
    return reached - {name}


def _neighbours(state: ClusterState, name: Folded, *, needing: bool) -> Iterator[Folded]:
    group = state.resources[name].group
    for other, resource in state.resources.items():
        edge = (name, other) if needing else (other, name)
        if resource.group == group and edge[1] in state.resources[edge[0]].dependencies:
            yield other
