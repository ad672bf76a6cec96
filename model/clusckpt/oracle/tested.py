"""Which rules a trace puts to the test: those that would be blamed, had it come out otherwise."""

from collections.abc import Iterable, Iterator

from clusckpt.containers import container_id
from clusckpt.names import fold, fold_path, parse_path
from clusckpt.oracle.blame import rule_of_mismatch
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.logs_seen import RULES_OF_EVENTS
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.oracle.replay import Follower
from clusckpt.registry import canonical
from clusckpt.rules import Part, Rulebook
from clusckpt.rules.course import Where
from clusckpt.state import CheckpointKind, CheckpointName
from clusckpt_spec.formats.events import RegistryWrite
from clusckpt_spec.formats.trace import Observation, Trace, TraceLine
from clusckpt_spec.register import RuleID


def rules_tested(trace: Trace, rules: Rulebook) -> frozenset[RuleID]:
    """The rules that determined what a trace returned and observed, up to its first violation."""
    follower = Follower(trace.header, rules)
    tested: set[RuleID] = set()
    for line in trace.lines:
        follower.follow(line)
        if follower.has_ended:
            break
        for candidate in follower.candidates:
            tested.update(at_stake(candidate, line))
    violation = follower.report().violation
    return frozenset(tested if violation is None else tested | {violation.rule})


def at_stake(candidate: Candidate, line: TraceLine) -> Iterator[RuleID]:
    """The rules that would be blamed, had a line come out otherwise than in a candidate.

    Args:
        candidate: a state that remains possible after the line.
        line: what was returned and observed.
    """
    written = isinstance(line.event, RegistryWrite)
    if line.returned is not None and candidate.outcome is not None and not written:
        yield candidate.outcome.rule
    if line.observed is not None:
        for place in _looked_at(line.observed):
            yield rule_of_mismatch(candidate.provenance, place)


def _looked_at(seen: Observation) -> Iterator[Mismatch]:
    """Every part that was looked at, as if it had come out otherwise."""
    whole: list[tuple[Part, Iterable[str]]] = [
        (Part.STATE, seen.states),
        (Part.OWNER, seen.owners),
        (Part.LIST, seen.checkpoints),
        (Part.BACKUP, seen.backup_files),
    ]
    for part, subjects in whole:
        yield from (_other(part, subject) for subject in subjects)
    yield from _contents(seen)
    for event in seen.logged or ():
        yield _other(Part.LOG, event.resource or "", rule=RULES_OF_EVENTS.get(event.id))


def _contents(seen: Observation) -> Iterator[Mismatch]:
    for node, tree in seen.registry.items():
        for key in tree:
            yield _other(Part.REGISTRY, node, fold_path(canonical(parse_path(key))))
    for node, containers in seen.containers.items():
        for container in containers:
            yield _other(Part.CONTAINER, node, container_id(container))
    for resource, roots in seen.stored.items():
        for root in roots:
            yield _other(Part.COPY, resource, CheckpointName(CheckpointKind.REGISTRY, fold(root)))


def _other(part: Part, subject: str, where: Where = None, rule: RuleID | None = None) -> Mismatch:
    return Mismatch(part, fold(subject), where, "", "", "", rule)
