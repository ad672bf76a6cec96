"""Rivals: planted bugs and other choices, held against what is allowed along a path."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from clusckpt.gallery import GALLERY, PlantedBug
from clusckpt.rules import Rulebook, rulebook
from clusckpt.vectors.following import Follower, Model, Seen, Sights, States, TooManyStates
from clusckpt.vectors.paths import Leg, seen_as
from clusckpt.vectors.script import Program
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.vectors import Start
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID

MOST_MISSES = 2
"""How many near misses of one bug are told after one event."""


@dataclass(frozen=True, slots=True)
class Miss:
    """What a planted bug shows and the rules do not allow."""

    bug: PlantedBug
    sight: Seen
    returned: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A planted bug held against a path: its misses by the number of the leg.

    `killed` says that it fails however it chooses between what it may do.
    """

    misses: dict[int, tuple[Miss, ...]]
    killed: bool


class Rival:
    """A model beside the right one, followed along its paths from one start."""

    def __init__(self, model: Model, start: Start) -> None:
        """Take what is followed, and from where."""
        self._follower = Follower(model, start)
        self._known: dict[Program, Sights | None] = {}

    def sights(self, legs: tuple[Leg, ...]) -> Iterator[Sights | None]:
        """What it shows after each leg, if the path has gone that way; None where it cannot."""
        states = self._follower.begun
        for number, leg in enumerate(legs, start=1):
            prefix = tuple(one.planned for one in legs[:number])
            if prefix not in self._known:
                self._known[prefix] = self._after(states, leg)
            found = self._known[prefix]
            yield found
            states = frozenset() if found is None else seen_as(found, leg.observed)
            if not states:
                return

    def _after(self, states: States, leg: Leg) -> Sights | None:
        try:
            return self._follower.sights(states, leg.planned.event) or None
        except TooManyStates:
            return None


def differs(rival: Rival, legs: tuple[Leg, ...]) -> bool:
    """Whether another reading allows something else somewhere along a path."""
    for leg, found in zip(legs, rival.sights(legs), strict=False):
        if found is None or _told(found) != _told(leg.sights):
            return True
    return False


def held(bug: PlantedBug, rival: Rival, legs: tuple[Leg, ...]) -> Held:
    """What a planted bug shows along a path that is not allowed."""
    misses: dict[int, tuple[Miss, ...]] = {}
    certain = True
    for number, (leg, found) in enumerate(zip(legs, rival.sights(legs), strict=False)):
        ends = _ends(found or {})
        told = list(_missed(bug, leg, found or {}, ends))[:MOST_MISSES]
        if told:
            misses[number] = tuple(told)
        wrong = {one: _forbidden(leg.sights, one, returned) for one, returned in ends.items()}
        if ends and all(wrong[one] == returned for one, returned in ends.items()):
            return Held(misses, certain)
        others = [one for one in ends if not wrong[one] and one.observed != leg.observed]
        certain = certain and not others
    return Held(misses, killed=False)


@cache
def other_choices(reading: Reading, ambiguity: AmbiguityID) -> tuple[Rulebook, ...]:
    """The rulebooks that choose otherwise in one ambiguity."""
    others = [one.name for one in AMBIGUITIES[ambiguity].choices if one.name != reading[ambiguity]]
    return tuple(
        rulebook(replace(reading, choices={**reading.choices, ambiguity: other}))
        for other in others
    )


def bugs_against(rules: frozenset[RuleID], readings: frozenset[str]) -> list[PlantedBug]:
    """The planted bugs that break one of these rules, judged by one of these readings."""
    return [bug for bug in GALLERY if bug.rule in rules and bug.judged_by.name in readings]


def _missed(
    bug: PlantedBug, leg: Leg, found: Sights, ends: dict[Seen, tuple[Status, ...]]
) -> Iterator[Miss]:
    """What is not allowed: at the end of all that is set going, and then on the way there."""
    ways = {one: tuple(sorted(reached.returned)) for one, reached in found.items()}
    for returned in (ends, {one: ways[one] for one in ways if one not in ends}):
        for sight, statuses in sorted(returned.items(), key=_order):
            wrong = _forbidden(leg.sights, sight, statuses)
            if wrong:
                yield Miss(bug, sight, wrong)


def _ends(found: Sights) -> dict[Seen, tuple[Status, ...]]:
    """The sights at which everything has come to an end; all, if nothing ever does."""
    settled = {one: tuple(sorted(reached.settled)) for one, reached in found.items()}
    ends = {one: returned for one, returned in settled.items() if returned}
    return ends or {one: tuple(sorted(reached.returned)) for one, reached in found.items()}


def _forbidden(allowed: Sights, sight: Seen, returned: tuple[Status, ...]) -> tuple[Status, ...]:
    there = allowed.get(sight)
    right: frozenset[Status] = frozenset() if there is None else there.returned
    return tuple(one for one in returned if not any(good.satisfied_by(one) for good in right))


def _told(found: Sights) -> dict[Seen, frozenset[Status]]:
    return {one: reached.returned for one, reached in found.items()}


def _order(entry: tuple[Seen, tuple[Status, ...]]) -> tuple[bytes, str, tuple[Status, ...]]:
    sight, returned = entry
    return sight.observed, repr((sight.listed, sight.sizes)), returned
