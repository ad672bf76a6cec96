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
from clusckpt.steps.elementary import RUNNING, in_order
from clusckpt.steps.outcome import Outcome
from clusckpt.steps.restoring import failure_logged, obstacle
from clusckpt_spec.register.ids import RuleID


def with_side_effects(rules: Rulebook, before: ClusterState, outcome: Outcome) -> Outcome:
    """The outcome with what the reading adds to it."""
    course = Course(outcome.state, outcome.moves, outcome.changes, outcome.logged)
    if outcome.rule is not RuleID.RESTORE_DATABASE:
        course = delivered(rules, before, course)
    if rules.restores_at_move:
        for name in _moved(before, outcome.state):
            course = _restored_at_move(rules, course, name)
    if rules.remembers_node:
        course = course.to(_remembered(before, course.state))
    return replace(
        outcome,
        state=course.state,
        moves=course.moves,
        changes=course.changes,
        logged=course.logged,
    )


def delivered(rules: Rulebook, before: ClusterState, course: Course) -> Course:
    """Every copy taken since a state has what is replicated, and is where it is replicated to."""
    for name, checkpoint in _fresh_copies(before, course.state):
        if rules.leaves_keys_out:
            course = _reduced(rules, course, name, checkpoint)
        if rules.spreads_copies:
            course = _spread(rules, course, name, checkpoint)
    return course


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


def _spread(rules: Rulebook, course: Course, name: Folded, checkpoint: CheckpointName) -> Course:
    """Every other possible owner that takes part gets the tree as soon as it is captured."""
    resource = course.state.resources[name]
    owner = course.state.owner_of(name)
    for node in sorted(resource.possible_owners - {owner}):
        if course.state.nodes[node].up:
            entry = resource.checkpoints[checkpoint]
            replacement = rules.replacing(course.state, name, entry)
            course = put_back(course, node, name, entry, replacement)
            course = course.to(course.state, move=Move("replicate", (name, checkpoint, node)))
    return course


def _restored_at_move(rules: Rulebook, course: Course, name: Folded) -> Course:
    """The new owner gets every tree; one that cannot be replaced is logged and left (A30)."""
    node = course.state.owner_of(name)
    for entry in in_order(course.state.resources[name]):
        if (name, entry.name) not in course.state.copies:
            continue
        if obstacle(rules, course.state, name, node, entry) is not None:
            course = course.log(failure_logged(name, entry))
        else:
            replacement = rules.replacing(course.state, name, entry)
            course = put_back(course, node, name, entry, replacement)
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
