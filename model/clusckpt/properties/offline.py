"""Offline: what happens to a tree then is neither stored nor kept."""

from collections.abc import Iterator

from clusckpt.properties.capturing import is_lost, is_recreated
from clusckpt.properties.chronicle import Chronicle, left_alone, recaptured
from clusckpt.properties.contents import NO_TREE, among, described, in_copy, on_node, same
from clusckpt.properties.delivered import disturbing
from clusckpt.properties.happening import came_online, lasting
from clusckpt.properties.judging import restores_at_online, watched
from clusckpt.properties.marked import property_of
from clusckpt.properties.noting import noted
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, RestoreClusterDatabase
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.OFFLINE_OVERWRITTEN, RuleID.INSTANCES)
def nothing_is_captured_offline(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The copy of a resource that is not online stays as it is; pending ones are a matter of A3.

    A copy that takes up an offline change makes the change survive; one that takes up what
    another resource captured at the same moment mixes two instances (CKPT-INSTANCES).
    """
    after, reading = outcome.state, chronicle.reading
    database = isinstance(event, RestoreClusterDatabase) and outcome.status is Status.ERROR_SUCCESS
    if database or after.copies is before.copies:
        return
    settled = noted(chronicle, before, event, outcome).settled
    for name in sorted(after.resources):
        for entry in () if is_recreated(event, name) else lasting(before, after, name):
            key, was = (name, entry.name), in_copy(before, name, entry)
            copy = in_copy(after, name, entry)
            open_before = watched(reading, before, key, chronicle.settled)
            if open_before or watched(reading, after, key, settled) or same(copy, was):
                continue
            if copy is None and is_lost(event, name, entry):
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
    """A resource that comes online finds each tree as it was while a capture was allowed.

    That is since its last copy was taken, and so, where every change is captured at once, as it
    last was online. What is restored at all is another matter: a copy may be lost (A27), a restore
    may fail (A25), and some products make none.
    """
    after, reading = outcome.state, chronicle.reading
    if not restores_at_online(reading):
        return
    new = noted(chronicle, before, event, outcome)
    for name in came_online(before, after):
        if name in new.notes.tangled or left_alone(chronicle, after, name):
            continue
        node = after.owner_of(name)
        for entry in lasting(before, after, name):
            seen = chronicle.notes.seen.get((name, entry.name))
            known = seen is not None and in_copy(before, name, entry) is not None
            exempt = (name, entry.name) in new.failed
            disturbed = disturbing(reading, before, event, outcome, (name, entry))
            if not known or exempt or disturbed:
                continue
            got = on_node(after, node, entry)
            if not among(NO_TREE if got is None else got, seen or ()):
                yield violation(
                    RuleID.OFFLINE_OVERWRITTEN,
                    f"{name} comes online on {node} and finds {described(got)}",
                    f"{' or '.join(map(described, seen or ()))}, as it was online or at the add",
                )
