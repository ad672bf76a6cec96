"""Offline: what happens to a tree then is neither stored nor kept."""

from collections.abc import Iterator

from clusckpt.properties.chronicle import Chronicle, recaptured
from clusckpt.properties.contents import described, in_copy, on_node, same
from clusckpt.properties.happening import came_online, disturbing, is_online, lasting
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.OFFLINE_OVERWRITTEN, RuleID.INSTANCES)
def nothing_is_captured_offline(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The copy of a resource that is not online stays as it is.

    A copy that takes up an offline change makes the change survive; one that takes up what
    another resource captured at the same moment mixes two instances (CKPT-INSTANCES).
    """
    after = outcome.state
    if isinstance(event, RestoreClusterDatabase) and outcome.status is Status.ERROR_SUCCESS:
        return
    for name in sorted(after.resources):
        if is_online(before, name) or is_online(after, name):
            continue
        for entry in lasting(before, after, name):
            was, copy = in_copy(before, name, entry), in_copy(after, name, entry)
            if copy == was:
                continue
            donors = sorted(recaptured(before, after) - {name})
            captured = f", captured for {', '.join(donors)}" if donors else ""
            yield violation(
                RuleID.INSTANCES if donors else RuleID.OFFLINE_OVERWRITTEN,
                f"the copy of {entry.given} of {name}, which is not online, "
                f"became {described(copy)}{captured}",
                described(was),
            )


@property_of(RuleID.OFFLINE_OVERWRITTEN)
def offline_change_is_overwritten(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource that comes online finds each tree as it last was while it was online."""
    after = outcome.state
    for name in came_online(before, after):
        if name in chronicle.notes.tangled:
            continue
        node = after.owner_of(name)
        for entry in lasting(before, after, name):
            seen = chronicle.notes.seen.get((name, entry.name))
            known = seen is not None and in_copy(before, name, entry) is not None
            if not known or disturbing(before, event, after, (name, entry)):
                continue
            got = on_node(after, node, entry)
            if not same(got, seen):
                yield violation(
                    RuleID.OFFLINE_OVERWRITTEN,
                    f"{name} comes online on {node} and finds {described(got)}",
                    f"{described(seen)}, as it last was online or at the add",
                )
