"""Candidates: the states that remain possible, each with the rules that put its parts there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rpds import HashTrieMap

from clusckpt.names import Folded
from clusckpt.registry import RegistryKey
from clusckpt.rules import Change, LogEntry, Part, Rulebook
from clusckpt.rules.course import Where
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, internal_events, step
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register import RuleID

LARGEST_SET = 4096
"""More candidates than this are not followed; the verdict is then undecided."""


class TooManyCandidates(Exception):
    """More states remain possible than the oracle follows."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which rules determined each part of a state last (the last two), and in which order."""

    latest: "HashTrieMap[tuple[Part, Folded, Where], tuple[tuple[int, RuleID], ...]]"
    clock: int = 0

    def after(self, changes: Iterable[Change]) -> "Provenance":
        """The provenance after further changes."""
        latest, clock = self.latest, self.clock
        for change in changes:
            clock += 1
            key = (change.part, change.subject, change.where)
            earlier = latest.get(key, ())[-1:]
            latest = latest.insert(key, (*earlier, (clock, change.rule)))
        return Provenance(latest, clock)

    def rules(self, part: Part, subject: Folded) -> Iterator[tuple[int, Where, RuleID]]:
        """Every rule that determined something of an object: when, where, and which."""
        for (kind, name, where), entries in self.latest.items():
            if kind is part and name == subject:
                for moment, rule in entries:
                    yield moment, where, rule


NO_PROVENANCE = Provenance(HashTrieMap())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A state that remains possible; `outcome` is the last event's, if the state is its result.

    `logged` is what the cluster service may have written to the event log since the last line,
    if somebody looked at the log.
    """

    state: ClusterState
    provenance: Provenance
    outcome: Outcome | None = None
    logged: frozenset[LogEntry] = frozenset()


def outcomes(candidates: Iterable[Candidate], event: AnyEvent, rules: Rulebook) -> list[Candidate]:
    """Every outcome of an event in every candidate."""
    return [
        Candidate(
            outcome.state,
            candidate.provenance.after(outcome.changes),
            outcome,
            candidate.logged | outcome.logged,
        )
        for candidate in candidates
        for outcome in _stepped(candidate.state, event, rules)
    ]


def closed(
    candidates: Iterable[Candidate], rules: Rulebook, *, with_log: bool = False
) -> list[Candidate]:
    """The candidates with every state that the cluster service may reach from them by itself.

    Only if somebody looked at the event log, states are told apart by what was logged.

    Raises:
        TooManyCandidates: if there are more than `LARGEST_SET`.
    """
    known: dict[object, Candidate] = {}
    waiting = list(candidates)
    if len(waiting) == 1 and next(internal_events(waiting[0].state, rules), None) is None:
        return waiting
    while waiting:
        candidate = waiting.pop()
        listing = candidate.outcome.listing if candidate.outcome else None
        key = (candidate.state, listing, candidate.logged if with_log else None)
        if key in known:
            continue
        known[key] = candidate
        if len(known) > LARGEST_SET:
            raise TooManyCandidates
        for event in internal_events(candidate.state, rules):
            for outcome in _stepped(candidate.state, event, rules):
                provenance = candidate.provenance.after(outcome.changes)
                logged = candidate.logged | outcome.logged
                waiting.append(Candidate(outcome.state, provenance, candidate.outcome, logged))
    return list(known.values())


def _stepped(state: ClusterState, event: AnyEvent, rules: Rulebook) -> list[Outcome]:
    """The outcomes of a step, in an order that is the same in every run.

    The order decides which of several ways to the same state a report tells.
    """
    found = step(state, event, rules)
    return sorted(found, key=_told) if len(found) > 1 else list(found)


def _told(outcome: Outcome) -> tuple[int, str, str]:
    moves = [
        (move.action, [one for one in move.arguments if not isinstance(one, RegistryKey)])
        for move in outcome.moves
    ]
    return outcome.status.value, repr(moves), repr(outcome.changes)
