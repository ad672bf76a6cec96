"""The event log as it was seen: restores and saves that failed.

A log that is read may be filtered, so an event that is missing from it says nothing. One that is
there must have been possible: a restore that succeeded logs no failure.
"""

from collections.abc import Iterator

from clusckpt.names import fold
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.rules import LogEntry, Part
from clusckpt_spec.formats.trace import LoggedEvent, Observation
from clusckpt_spec.register import RuleID

RULES_OF_EVENTS = {
    1024: RuleID.RESTORE_BEFORE_ONLINE,
    1080: RuleID.ROOT_DELETED,
    1121: RuleID.CRYPTO_CONTAINERS,
}
"""The rule that an event is about; one with another number is not about checkpoints."""


def log_mismatches(candidate: Candidate, seen: Observation) -> Iterator[Mismatch]:
    """Every logged event that nothing in a candidate can have caused since the last line."""
    for event in seen.logged or ():
        if not any(_fits(event, entry) for entry in candidate.logged):
            subject = fold(event.resource or "")
            allowed = ", ".join(sorted(map(_described, candidate.logged))) or "nothing"
            rule = RULES_OF_EVENTS.get(event.id)
            got = f"event {event.id}"
            yield Mismatch(Part.LOG, subject, None, "event log", got, f"{allowed} logged", rule)


def _fits(event: LoggedEvent, entry: LogEntry) -> bool:
    if event.id != entry.id:
        return False
    if event.resource is not None and fold(event.resource) != entry.resource:
        return False
    return event.about is None or fold(event.about) == fold(entry.about)


def _described(entry: LogEntry) -> str:
    return f"event {entry.id} about {entry.about}"
