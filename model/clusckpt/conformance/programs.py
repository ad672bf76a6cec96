"""Strategies for programs: scenarios mixed with single calls, of the calls that a party has."""

from collections.abc import Iterable
from typing import Final, get_args

from hypothesis import strategies as st

from clusckpt.conformance.catalogue import CATALOGUE
from clusckpt.conformance.clusters import VALUE_NAMES, VALUES, starts
from clusckpt.conformance.program import Names, Program
from clusckpt.conformance.scenarios import Cast, Scenario, casts
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent, InternalEvent
from clusckpt_spec.register import RuleID

LONGEST_PROGRAM: Final = 18
"""So many calls at most: longer programs find little more and take longer to shrink."""

MOST_PIECES: Final = 4
"""So many scenarios and single calls at most stand before and after the one in focus."""

OWN_CALLS: Final = frozenset(kind.__name__ for kind in get_args(InternalEvent))
"""Steps of the cluster service itself: nobody calls them, so no program has them."""


def callable_events(calls: Iterable[str]) -> frozenset[type[AnyEvent]]:
    """The events that programs may have, of a party with these calls.

    >>> [kind.__name__ for kind in callable_events(["NodeCrash", "DllOnline", "Unheard"])]
    ['NodeCrash']
    """
    named = frozenset(calls) - OWN_CALLS
    return frozenset(kind for kind in get_args(AnyEvent) if kind.__name__ in named)


def scenarios_for(
    kinds: frozenset[type[AnyEvent]], rules: frozenset[RuleID] = frozenset()
) -> tuple[Scenario, ...]:
    """The scenarios that can be played with these events and, if rules are named, are about one."""
    playable = [one for one in CATALOGUE if one.needs <= kinds]
    about = [one for one in playable if not rules or one.rules & rules]
    return tuple(about or playable)


@st.composite
def programs(draw: st.DrawFn, calls: Iterable[str], focus: Scenario | None = None) -> Program:
    """A program of calls that a party has.

    Args:
        draw: given by Hypothesis.
        calls: the names of the calls that the party has a method for.
        focus: a scenario that the program plays, among others and single calls.
    """
    kinds = callable_events(calls)
    start, names = draw(starts())
    piece = _pieces(names, kinds, scenarios_for(kinds))
    before = draw(st.lists(piece, max_size=1))
    played = [] if focus is None else [draw(_played(focus, names, kinds))]
    after = draw(st.lists(piece, min_size=not played, max_size=MOST_PIECES))
    flat = [event for one in (*before, *played, *after) for event in one]
    return Program(start, tuple(flat[:LONGEST_PROGRAM]))


def _pieces(
    names: Names, kinds: frozenset[type[AnyEvent]], playable: tuple[Scenario, ...]
) -> st.SearchStrategy[list[AnyEvent]]:
    """A scenario, or (half as often) a single call."""
    single = casts(names).flatmap(lambda cast: _single(cast, kinds))
    if not playable:
        return single
    played = st.sampled_from(playable).flatmap(lambda one: _played(one, names, kinds))
    return st.one_of(single, played, played)


def _played(
    scenario: Scenario, names: Names, kinds: frozenset[type[AnyEvent]]
) -> st.SearchStrategy[list[AnyEvent]]:
    """The calls of a scenario, without those that the party has not."""
    return casts(names).map(
        lambda cast: [one for one in scenario.pattern(cast) if type(one) in kinds]
    )


def _single(cast: Cast, kinds: frozenset[type[AnyEvent]]) -> st.SearchStrategy[list[AnyEvent]]:
    possible = [one for one in _single_calls(cast) if type(one) in kinds]
    return st.sampled_from([[one] for one in possible]) if possible else st.just([])


def _single_calls(cast: Cast) -> list[AnyEvent]:
    return [
        events.RegSetValueEx(cast.node, cast.key, cast.name, cast.value),
        events.OnlineClusterResource(cast.resource),
        events.OfflineClusterResource(cast.resource),
        events.RegSetValueEx(cast.second, cast.key, VALUE_NAMES[0], VALUES[0]),
        events.RegCreateKeyEx(cast.node, cast.key),
        events.RegDeleteValue(cast.node, cast.key, cast.name),
        events.RegDeleteTree(cast.node, cast.key),
        events.MoveClusterGroup(cast.group, cast.second),
        events.MoveClusterGroup(cast.group),
        events.FailClusterResource(cast.resource),
        events.NodeCrash(cast.node),
        events.NodeJoin(cast.node),
        events.CaptureDelayPasses(),
        events.RegSetKeySecurity(cast.node, cast.key, writable=False),
        events.RegSetKeySecurity(cast.node, cast.key, writable=True),
        events.CryptSetProvParam(cast.node, cast.container, writable=False),
    ]
