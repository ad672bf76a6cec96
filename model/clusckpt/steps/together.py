"""Several resources at a time, in the order of their dependencies, to the end of the way."""

from collections.abc import Sequence

from clusckpt.names import Folded
from clusckpt.rules import Course, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps.completion import completed
from clusckpt.steps.elementary import begin_offline, complete_offline, save, unsaved
from clusckpt_spec.api.states import ResourceState


def all_online(rules: Rulebook, course: Course, names: Sequence[Folded]) -> frozenset[Course]:
    """Every course on which the pending ones of these resources have come online, or failed."""
    ends = frozenset({course})
    for name in names:
        reached: dict[ClusterState, Course] = {}
        for one in ends:
            for end in completed(rules, one, name):
                reached.setdefault(end.state, end)
        ends = frozenset(reached.values())
    return ends


def all_offline(rules: Rulebook, course: Course, names: Sequence[Folded]) -> Course:
    """The course on which these resources have gone offline in good order, dependents first."""
    for name in names:
        if course.state.resources[name].state is ResourceState.ONLINE:
            course = begin_offline(rules, course, name)
        if course.state.resources[name].state is ResourceState.OFFLINE_PENDING:
            for checkpoint in unsaved(rules, course.state, name):
                course = save(course, name, checkpoint)
            course = complete_offline(rules, course, name)
    return course
