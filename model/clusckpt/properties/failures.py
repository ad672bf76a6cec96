"""Failed restores: they have a cause, they are told in the event log, and they change nothing.

Event 1024: "Make sure that no other processes have open handles to registry keys in this registry
subtree." Whether the resource comes online all the same is A25.
"""

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.chronicle import Chronicle, left_alone
from clusckpt.properties.contents import described, on_node, same
from clusckpt.properties.delivered import deliveries
from clusckpt.properties.event_log import failing, failure_event
from clusckpt.properties.happening import (
    came_online,
    checkpoints,
    lasting,
    shared,
)
from clusckpt.properties.hindered import blocked
from clusckpt.properties.judging import (
    fails_together,
    restores_at_online,
    survives_failures,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.noting import noted
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.RESTORE_BEFORE_ONLINE


@property_of(_RULE)
def failed_restore_is_told(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """What is blocked is not restored: the online fails, or an event says so and it goes on (A25).

    What was restored before it was blocked is restored.
    """
    after, reading = outcome.state, chronicle.reading
    new = noted(chronicle, before, event, outcome)
    for name in came_online(before, after) if restores_at_online(reading) else ():
        for entry in () if left_alone(chronicle, after, name) else lasting(before, after, name):
            key = name, entry.name
            stayed = name in before.resources and before.owner_of(name) == after.owner_of(name)
            tried = key in before.copies and not (stayed and key in chronicle.restored)
            if not tried or not _blocked_all_the_time(reading, before, after, name, entry):
                continue
            if not survives_failures(reading):
                yield violation(
                    _RULE,
                    f"{name} is online, though {entry.given} could not be restored",
                    f"the online of {name} fails",
                )
            elif key not in new.failed:
                yield violation(
                    _RULE,
                    f"{name} is online, and no event tells that {entry.given} was not restored",
                    f"event {failure_event(entry)} for {entry.given} in the event log",
                )


@property_of(_RULE)
def failure_has_a_cause(
    chronicle: Chronicle, _before: ClusterState, _event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A restore fails because something on the node keeps it from being made (A26: or another)."""
    after, reading = outcome.state, chronicle.reading
    for name in sorted(after.resources) if outcome.logged else ():
        failed = failing(outcome, name)
        for entry in checkpoints(after, name):
            group = checkpoints(after, name) if fails_together(reading) else [entry]
            caused = any(blocked(reading, after, name, one) for one in group)
            if entry.name in failed and not caused:
                yield violation(
                    _RULE,
                    f"the restore of {entry.given} of {name} failed for no reason",
                    f"{entry.given} restored: nothing blocks it on {after.owner_of(name)}",
                )


@property_of(RuleID.TREE_REPLACED, RuleID.CRYPTO_CONTAINERS)
def failed_restore_changes_nothing(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A tree or a container is replaced as a whole, or stays as it was."""
    after = outcome.state
    for name in sorted(after.resources) if outcome.logged else ():
        failed, node = failing(outcome, name), after.owner_of(name)
        for entry in checkpoints(after, name):
            if entry.name not in failed or _written_by_another(
                chronicle, before, event, outcome, (name, entry)
            ):
                continue
            there, got = on_node(before, node, entry), on_node(after, node, entry)
            if not same(there, got):
                yield violation(
                    RuleID.TREE_REPLACED if entry.root else RuleID.CRYPTO_CONTAINERS,
                    f"the restore of {entry.given} of {name} failed and left {described(got)}",
                    f"{described(there)}, as it was on {node}",
                )


def _blocked_all_the_time(
    reading: Reading,
    before: ClusterState,
    after: ClusterState,
    name: Folded,
    entry: Checkpoint,
) -> bool:
    """Whether a restore on the node that owns the resource now has been blocked throughout."""
    owner = after.owner_of(name)
    node = before.nodes[owner]
    there = after.with_node(owner, node)
    return blocked(reading, there, name, entry) and blocked(reading, after, name, entry)


def _written_by_another(
    chronicle: Chronicle,
    before: ClusterState,
    event: AnyEvent,
    outcome: Outcome,
    key: tuple[Folded, Checkpoint],
) -> bool:
    """Whether another restore in the same step went over what a checkpoint covers."""
    name, entry = key
    node = outcome.state.owner_of(name)
    return any(
        one.node == node and shared(one.checkpoint, entry)
        for one in deliveries(chronicle.reading, before, event, outcome)
        if (one.resource, one.checkpoint.name) != (name, entry.name)
    )
