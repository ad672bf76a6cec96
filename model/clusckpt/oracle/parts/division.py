"""A division: a trace followed in the parts of the cluster, each with its own possible states.

Sets of different parts do not multiply, and a line is followed only in the parts that it concerns.
Where a line concerns the whole cluster or breaks a rule, parts are put together for it.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from clusckpt.oracle.candidates import Candidate, closed
from clusckpt.oracle.line import followed
from clusckpt.oracle.parts.automaton import Automaton, PartSet
from clusckpt.oracle.parts.factors import Factors, factored, multiplied
from clusckpt.oracle.parts.layout import Layout, layout_of
from clusckpt.oracle.parts.routes import Route, routed
from clusckpt.oracle.verdict import Violation
from clusckpt.rules import Rulebook
from clusckpt_spec.formats.trace import TraceLine

MOST_ROUTES: Final = 20_000
"""The routes of so many different lines are remembered; then all are forgotten."""

_encoded = msgspec.msgpack.Encoder().encode


class Division:
    """The parts of a cluster, with the states of each that remain possible."""

    def __init__(self, layout: Layout, factors: Factors, rules: Rulebook) -> None:
        """Begin with the states of the parts."""
        self._layout, self._rules = layout, rules
        self._automaton = Automaton(rules)
        self._routes: dict[bytes, Route | None] = {}
        self._followed = 0
        self._begin(factors)

    def _begin(self, factors: Factors) -> None:
        self._shared = factors.shared
        self._sets = [self._automaton.set_of(one) for one in factors.sets]
        self._reached = [self._followed] * len(self._sets)

    @property
    def remembered(self) -> tuple[int, int]:
        """How many candidates and lines are known at the moment, and how many routes."""
        return self._automaton.remembered, len(self._routes)

    def follow(self, line: TraceLine) -> tuple[list[Candidate] | None, Violation | None]:
        """Follow one more line: the violation, if it breaks a rule.

        With it come the candidates of the cluster, if its parts are not known to be apart after
        the line. The division is then at its end; `divided` may begin another one.

        Raises:
            TooManyCandidates: if more states remain possible than are followed.
            TooManyOrders: if more ends of an online are possible than are followed.
        """
        key = _encoded((line.event, line.returned, line.observed))
        route = self._routes[key] if key in self._routes else self._routed(line, key)
        if route is None:
            return followed(self._together(range(len(self._sets))), line, self._rules)
        after = self._after(route, key)
        if after is None:
            return self._broken(line, [stop.part for stop in route])
        self._followed += 1
        for stop, one in zip(route, after, strict=True):
            self._sets[stop.part] = one
            self._reached[stop.part] = self._followed
        if self._automaton.is_full:
            self._forget()
        return None, None

    def _routed(self, line: TraceLine, key: bytes) -> Route | None:
        if len(self._routes) >= MOST_ROUTES:
            self._routes.clear()
        platform = self._sets[0].candidates[0].state.platform
        route = self._routes[key] = routed(line, self._layout, platform)
        return route

    def _after(self, route: Route, key: bytes) -> list[PartSet] | None:
        """The sets of the parts on a route after a line; None if one of them has none."""
        found = []
        for stop in route:
            before = self._sets[stop.part]
            after = before.after.get(key) or self._automaton.after(before, stop, key)
            if after is None:
                return None
            found.append(after)
        return found

    def _broken(
        self, line: TraceLine, parts: Sequence[int]
    ) -> tuple[list[Candidate] | None, Violation | None]:
        """What a line violates that fits no state of the parts that it concerns."""
        found, violation = followed(self._together(parts), line, self._rules)
        others = [part for part in range(len(self._sets)) if part not in parts]
        self._followed += 1
        factors = factored(found, self._layout, parts)
        if factors is None or factors.shared != self._shared:
            return self._multiplied([found, *map(self._rested, others)]), violation
        for part, candidates in zip(parts, factors.sets, strict=True):
            self._sets[part] = self._automaton.set_of(candidates)
            self._reached[part] = self._followed
        return None, violation

    def _together(self, parts: Sequence[int]) -> list[Candidate]:
        """The candidates of some parts, put together."""
        return self._multiplied([self._rested(part) for part in parts])

    def _multiplied(self, sets: Sequence[Sequence[Candidate]]) -> list[Candidate]:
        return multiplied(sets, self._shared)

    def _rested(self, part: int) -> Sequence[Candidate]:
        """The candidates of a part, with what the service may have done since its last line."""
        candidates = self._sets[part].candidates
        if self._reached[part] == self._followed:
            return candidates
        return closed(candidates, self._rules)

    def _forget(self) -> None:
        self._automaton.forget()
        self._sets = [self._automaton.set_of(one.candidates) for one in self._sets]

    def again(self, layout: Layout, factors: Factors) -> "Division":
        """A division that begins with other states; what was learnt of the same parts is kept."""
        if layout != self._layout:
            return Division(layout, factors, self._rules)
        self._begin(factors)
        return self


def divided(
    candidates: Sequence[Candidate], rules: Rulebook, earlier: Division | None = None
) -> Division | None:
    """The division that begins with some candidates; None if they cannot be told apart exactly.

    Args:
        candidates: the states of the cluster that are possible.
        rules: the rulebook of the reading to judge by.
        earlier: a division of the same cluster, which this one may learn from.
    """
    layout = layout_of(candidates[0].state)
    if layout is None or any(layout_of(one.state) != layout for one in candidates[1:]):
        return None
    factors = factored(candidates, layout, range(layout.count))
    if factors is None:
        return None
    return Division(layout, factors, rules) if earlier is None else earlier.again(layout, factors)
