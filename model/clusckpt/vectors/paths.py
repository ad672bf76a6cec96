"""Paths: programs followed under a reading, what they have in common followed once.

After each event the path goes on from one of the observations that are allowed. Which one depends
on nothing but the events so far, so that every program that begins alike goes the same way.
"""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from clusckpt.vectors.following import (
    Follower,
    Model,
    Reached,
    Seen,
    Sights,
    States,
    TooManyStates,
)
from clusckpt.vectors.script import Planned, Program
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.formats.vectors import Start


@dataclass(frozen=True, slots=True)
class Leg:
    """One event of a path: what may be seen after it, and the sight from which it goes on."""

    planned: Planned
    sights: Sights
    chosen: Seen

    @property
    def observed(self) -> bytes:
        """The observation from which it goes on."""
        return self.chosen.observed


class Paths:
    """The paths of one model from one start."""

    def __init__(self, model: Model, start: Start) -> None:
        """Take the model, and how the cluster stands."""
        self._follower = Follower(model, start)
        self._known: dict[Program, tuple[Leg, States] | None] = {}

    def along(self, program: Program) -> tuple[Leg, ...]:
        """The legs of a program, up to the first event that cannot happen or has too many ends."""
        legs: list[Leg] = []
        states = self._follower.begun
        for number in range(1, len(program) + 1):
            prefix = program[:number]
            if prefix not in self._known:
                self._known[prefix] = self._leg(states, prefix)
            found = self._known[prefix]
            if found is None:
                break
            legs.append(found[0])
            states = found[1]
        return tuple(legs)

    def _leg(self, states: States, prefix: Program) -> tuple[Leg, States] | None:
        try:
            found = self._follower.sights(states, prefix[-1].event)
        except TooManyStates:
            return None
        if not found:
            return None
        chosen = _chosen(found, prefix)
        return Leg(prefix[-1], found, chosen), seen_as(found, chosen.observed)


def seen_as(found: Sights, observed: bytes) -> States:
    """The states that show one observation, whatever was answered."""
    fitting = [one.states for sight, one in found.items() if sight.observed == observed]
    return frozenset().union(*fitting)


def _chosen(found: Sights, prefix: Program) -> Seen:
    """The sight from which a path goes on: of those that fit, one that is drawn by the events."""
    wanted = prefix[-1].state
    fitting = [one for one, reached in found.items() if _fits(one, reached, wanted)]
    ordered = sorted(fitting or found, key=_order)
    told = msgspec.json.encode([[one.event, one.state, one.draw] for one in prefix])
    return ordered[int.from_bytes(sha256(told).digest()[:4], "big") % len(ordered)]


def _fits(sight: Seen, reached: Reached, wanted: str | None) -> bool:
    if wanted is None:
        return bool(reached.settled)
    return wanted in msgspec.json.decode(sight.observed, type=Observation).states.values()


def _order(sight: Seen) -> tuple[bytes, str, tuple[int, ...]]:
    return sight.observed, repr(sight.listed), sight.sizes
