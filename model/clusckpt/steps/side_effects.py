"""Side effects: what some readings and products do beside every step, and Windows does not.

Copies leave keys out (VCS RegRep, attributes ExcludeKeys and IgnoreSubKeys), the trees reach other
nodes than the owner (A30, A31, live replication), or the node on which a resource was last
offline is remembered (VCS RegRep, attribute RestoreLocally).
"""

from collections.abc import Iterator
from dataclasses import replace

from clusckpt.names import Folded
from clusckpt.rules import Course, Move, Rulebook
from clusckpt.rules.restore import put_back
from clusckpt.state import RESTING, CheckpointName, ClusterState
from clusckpt.steps.elementary import RUNNING
from clusckpt.steps.outcome import Outcome


def with_side_effects(rules: Rulebook, before: ClusterState, outcome: Outcome) -> Outcome:
    """The outcome with what the reading adds to it."""
    course = Course(outcome.state, outcome.moves, outcome.changes)
    if rules.leaves_keys_out:
        for name, checkpoint in _fresh_copies(before, outcome.state):
            course = _reduced(rules, course, name, checkpoint)
    if rules.spreads_copies:
        for name, checkpoint in _fresh_copies(before, outcome.state):
            moved = before.owner_of(name) != course.state.owner_of(name)
            course = _spread(rules, course, name, checkpoint, moved=moved)
    if rules.restores_at_move:
        for name in _moved(before, outcome.state):
            course = _spread_to(rules, course, name, course.state.owner_of(name))
    if rules.remembers_node:
        course = course.to(_remembered(before, course.state))
    return replace(outcome, state=course.state, moves=course.moves, changes=course.changes)


def _fresh_copies(
    before: ClusterState, after: ClusterState
) -> Iterator[tuple[Folded, CheckpointName]]:
    """The copies of listed checkpoints that a step has changed."""
    for key in sorted(after.copies):
        listed = key[0] in after.resources and key[1] in after.resources[key[0]].checkpoints
        if listed and not before.copies.get(key) == after.copies[key]:  # noqa: SIM201 - rpds
            yield key


def _reduced(rules: Rulebook, course: Course, name: Folded, checkpoint: CheckpointName) -> Course:
    """The stored copy has only what the product replicates."""
    state = course.state
    entry = state.resources[name].checkpoints[checkpoint]
    copies = state.copies.insert((name, checkpoint), rules.replicated(state, name, entry))
    return course.to(replace(state, copies=copies))


def _spread(
    rules: Rulebook, course: Course, name: Folded, checkpoint: CheckpointName, *, moved: bool
) -> Course:
    """Every other possible owner that takes part gets the tree as soon as it is captured.

    So does the owner, if the group has moved to it since.
    """
    resource = course.state.resources[name]
    owner = frozenset() if moved else frozenset({course.state.owner_of(name)})
    for node in sorted(resource.possible_owners - owner):
        if course.state.nodes[node].up:
            entry = resource.checkpoints[checkpoint]
            course = put_back(course, node, name, entry, rules.replacement)
            course = course.to(course.state, move=Move("replicate", (name, checkpoint, node)))
    return course


def _spread_to(rules: Rulebook, course: Course, name: Folded, node: Folded) -> Course:
    resource = course.state.resources[name]
    for checkpoint, entry in sorted(resource.checkpoints.items()):
        if (name, checkpoint) in course.state.copies:
            course = put_back(course, node, name, entry, rules.replacement)
    return course


def _moved(before: ClusterState, after: ClusterState) -> list[Folded]:
    """The resting resources that have another owner than before."""
    return [
        name
        for name, resource in sorted(after.resources.items())
        if name in before.resources and resource.state in RESTING
        if before.owner_of(name) != after.owner_of(name)
    ]


def _remembered(before: ClusterState, after: ClusterState) -> ClusterState:
    for name, resource in after.resources.items():
        was = before.resources.get(name)
        if was is not None and was.state in RUNNING and resource.state in RESTING:
            left = replace(resource, left=before.owner_of(name))
            after = after.with_resource(name, left)
    return after
