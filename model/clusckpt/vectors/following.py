"""Following: every result that an event may have in any of the states that remain possible.

The cluster service may do things by itself before and after the event, so all of them count.
Nothing here depends on the order in which outcomes are found. States have numbers, and what comes
of a state is looked up once, because programs that begin alike meet the same states.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from clusckpt.parties.model_view import View, observation_of
from clusckpt.properties.run import Behaviour
from clusckpt.rules import LogEntry, Rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, internal_events, step
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, CaptureCheckpoint, RegistryWrite
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.formats.vectors import Start
from clusckpt_spec.register import RuleID

MOST_STATES = 600
"""A program after which more states are possible makes no case."""

Note: TypeAlias = RuleID | str
"""A rule that determined something, or the name of an action that was taken."""

Notes = frozenset[Note]
Log = frozenset[LogEntry]
States = frozenset[int]
"""Numbers of states."""

Listed = tuple[tuple[str, ...], ...] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen after an event apart from the status; `observed` is an observation as JSON.

    `listed` and `sizes` are what a control code lists, and the bytes that this may take.
    """

    observed: bytes
    listed: Listed = None
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that comes to the same sight.

    `settled` are the statuses with which nothing more happens by itself than a capture that waits
    for its timer; `notes` tell what was at work.
    """

    returned: frozenset[Status]
    settled: frozenset[Status]
    states: States
    notes: Notes


Sights = dict[Seen, Reached]


class TooManyStates(Exception):
    """More states are possible than a case can tell."""


@dataclass(frozen=True, slots=True)
class Model:
    """The model that is followed: faultless, with a planted bug, or of another reading.

    `is_noted` says whether somebody asks for the rules and actions that were at work.
    """

    rules: Rulebook
    behaviour: Behaviour = step
    is_noted: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """A state that can be reached, with what was answered, logged and noted on the way."""

    state: int
    log: Log = frozenset()
    notes: Notes = frozenset()
    status: Status = Status.ERROR_SUCCESS
    listed: Listed = None
    sizes: tuple[int, ...] = ()


class Follower:
    """Follows one model from one start."""

    def __init__(self, model: Model, start: Start) -> None:
        """Take the model, and how the cluster stands."""
        self._model, self._watch = model, start.watch
        self._numbers: dict[ClusterState, int] = {}
        self._states: list[ClusterState] = []
        self._moves: dict[int, list[tuple[bool, _Way]]] = {}
        self._reach: dict[int, list[_Way]] = {}
        self._outcomes: dict[tuple[int, AnyEvent], list[_Way]] = {}
        self._seen: dict[tuple[int, Log], bytes] = {}
        given = start.registry, start.containers
        header = Header(TRACE_FORMAT, start.cluster, registry=given[0], containers=given[1])
        self.begun: States = frozenset({self._number(initial_state(header))})

    def sights(self, states: States, event: AnyEvent) -> Sights:
        """Everything that may be seen after an event; nothing if it cannot happen.

        Args:
            states: those that were possible after the event before.
            event: what happens.

        Raises:
            TooManyStates: if more than `MOST_STATES` are possible on the way.
        """
        found: defaultdict[Seen, list[_Way]] = defaultdict(list)
        for way in self._ways(states, event):
            observed = self._observed(way.state, way.log)
            found[Seen(observed, way.listed, way.sizes)].append(way)
        return {sight: self._reached(ways) for sight, ways in found.items()}

    def _ways(self, states: States, event: AnyEvent) -> set[_Way]:
        before = {way for state in states for way in self._from(state)}
        answered = {
            _joined(first, then) for first in before for then in self._after(first.state, event)
        }
        found = {_joined(then, last, then) for then in answered for last in self._from(then.state)}
        if len(found) > MOST_STATES:
            raise TooManyStates
        return found

    def _reached(self, ways: list[_Way]) -> Reached:
        return Reached(
            frozenset(way.status for way in ways),
            frozenset(way.status for way in ways if self._is_settled(way.state)),
            frozenset(way.state for way in ways),
            frozenset().union(*(way.notes for way in ways)),
        )

    def _is_settled(self, state: int) -> bool:
        return all(is_capture for is_capture, _ in self._by_itself(state))

    def _observed(self, state: int, log: Log) -> bytes:
        known = state, log
        if known not in self._seen:
            reading = self._model.rules.reading
            view = View(self._states[state], logged=log)
            observation = observation_of(view, self._watch, reading)
            self._seen[known] = msgspec.json.encode(observation)
        return self._seen[known]

    def _from(self, state: int) -> list[_Way]:
        """All that the cluster service may reach from a state by itself, the state included."""
        if state not in self._reach:
            notes: dict[tuple[int, Log], Notes] = {}
            waiting = {(state, Log()): Notes()}
            while waiting:
                place, told = waiting.popitem()
                if place in notes and told <= notes[place]:
                    continue
                notes[place] = told = notes.get(place, Notes()) | told
                if len(notes) > MOST_STATES:
                    raise TooManyStates
                for _, way in self._by_itself(place[0]):
                    after = way.state, place[1] | way.log
                    waiting[after] = waiting.get(after, Notes()) | told | way.notes
            self._reach[state] = [_Way(*place, told) for place, told in notes.items()]
        return self._reach[state]

    def _by_itself(self, state: int) -> list[tuple[bool, _Way]]:
        """What the cluster service may do next, and whether it is a capture that waits."""
        if state not in self._moves:
            self._moves[state] = [
                (isinstance(event, CaptureCheckpoint), way)
                for event in internal_events(self._states[state], self._model.rules)
                for way in self._after(state, event)
            ]
        return self._moves[state]

    def _after(self, state: int, event: AnyEvent) -> list[_Way]:
        known = state, event
        if known not in self._outcomes:
            found = self._model.behaviour(self._states[state], event, self._model.rules)
            self._outcomes[known] = [self._way(event, one) for one in found]
        return self._outcomes[known]

    def _way(self, event: AnyEvent, one: Outcome) -> _Way:
        number, log = self._number(one.state), one.logged if self._watch.logged else Log()
        notes = Notes(_notes(event, one)) if self._model.is_noted else Notes()
        return _Way(number, log, notes, one.status, _listed(one), _sizes(one))

    def _number(self, state: ClusterState) -> int:
        number = self._numbers.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
        return number


def _joined(first: _Way, then: _Way, answer: _Way | None = None) -> _Way:
    """A way and then another one; the answer is that of the second, or the one given."""
    told = answer or then
    log, notes = first.log | then.log, first.notes | then.notes
    return _Way(then.state, log, notes, told.status, told.listed, told.sizes)


def _listed(outcome: Outcome) -> Listed:
    """What a list code lists, if it succeeds: in ranks, unless a bug has changed it."""
    listing, output = outcome.listing, outcome.output
    if output is None or outcome.status is not Status.ERROR_SUCCESS:
        return None
    if listing is not None and output == frozenset(listing.strings):
        return tuple(tuple(sorted(rank)) for rank in listing.ranks)
    return (tuple(sorted(output)),)


def _sizes(outcome: Outcome) -> tuple[int, ...]:
    return () if outcome.listing is None else tuple(sorted(outcome.listing.sizes))


def _notes(event: AnyEvent, outcome: Outcome) -> Iterator[Note]:
    yield from (move.action for move in outcome.moves)
    yield from (change.rule for change in outcome.changes)
    if not isinstance(event, RegistryWrite):
        yield outcome.rule
