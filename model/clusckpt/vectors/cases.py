"""Cases: a script followed under every reading, and held against rivals."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import msgspec

from clusckpt.gallery import GALLERY, PlantedBug
from clusckpt.rules import rulebook
from clusckpt.vectors.following import Model, Note, Seen
from clusckpt.vectors.paths import Leg, Paths
from clusckpt.vectors.rivals import Held, Miss, Rival, bugs_against, differs, held, other_choices
from clusckpt.vectors.script import Script, Subject
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.vectors import Start
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RuleID

ID_DIGITS = 12

Returned = int | Literal["failing"]
"""A status as a file has it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A case before its observations have places in a file."""

    id: str
    script: Script
    readings: tuple[str, ...]
    legs: tuple[Leg, ...]
    ambiguities: tuple[str, ...]
    held: tuple[tuple[PlantedBug, Held], ...]

    @property
    def kills(self) -> tuple[str, ...]:
        """The planted bugs that fail the case."""
        return tuple(bug.name for bug, one in self.held if one.killed)

    @property
    def notes(self) -> frozenset[Note]:
        """The rules and actions at work where the path goes."""
        ways = [
            reached.notes
            for leg in self.legs
            for sight, reached in leg.sights.items()
            if sight.observed == leg.observed
        ]
        return frozenset().union(*ways)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that determine what comes out, and those that a near miss breaks."""
        broken = {bug.rule for bug, one in self.held if one.misses}
        found = self.notes | broken
        return tuple(rule.value for rule in RuleID if rule in found)

    def misses(self, number: int) -> list[Miss]:
        """The near misses at a leg, each once."""
        known: dict[tuple[Seen, tuple[Status, ...]], Miss] = {}
        for _, one in self.held:
            for miss in one.misses.get(number, ()):
                known.setdefault((miss.sight, miss.returned), miss)
        return list(known.values())


class Teller:
    """Tells the cases of one subject."""

    def __init__(self, subject: Subject) -> None:
        """Take the subject."""
        self._subject = subject
        self._paths: dict[tuple[str, str], Paths] = {}
        self._rivals: dict[tuple[object, ...], Rival] = {}

    def cases(self) -> Iterator[Told]:
        """Every case, each once, in the order of the scripts and readings."""
        known: set[str] = set()
        for script in self._subject.scripts:
            for legs, readings in self._ways(script):
                identity = identified(self._subject.name, self._start(script), legs)
                if identity not in known:
                    known.add(identity)
                    yield self._told(identity, script, readings, legs)

    def _start(self, script: Script) -> Start:
        return self._subject.starts[script.start]

    def _ways(self, script: Script) -> list[tuple[tuple[Leg, ...], tuple[str, ...]]]:
        """The ways that the program goes, each with the readings under which it goes so."""
        found: dict[bytes, tuple[tuple[Leg, ...], list[str]]] = {}
        for name in READINGS:
            legs = self._along(script, name)
            if len(legs) == len(script.program):
                found.setdefault(content(legs), (legs, []))[1].append(name)
        return [(legs, tuple(names)) for legs, names in found.values()]

    def _along(self, script: Script, reading: str) -> tuple[Leg, ...]:
        key = script.start, reading
        if key not in self._paths:
            model = Model(rulebook(READINGS[reading]), is_noted=True)
            self._paths[key] = Paths(model, self._start(script))
        return self._paths[key].along(script.program)

    def _told(
        self, identity: str, script: Script, readings: tuple[str, ...], legs: tuple[Leg, ...]
    ) -> Told:
        bugs = bugs_against(self._subject.rules, frozenset(readings))
        return Told(
            identity,
            script,
            readings,
            legs,
            tuple(self._ambiguities(script, readings[0], legs)),
            tuple((bug, self._held(bug, script, legs)) for bug in bugs),
        )

    def _held(self, bug: PlantedBug, script: Script, legs: tuple[Leg, ...]) -> Held:
        model = Model(bug.rulebook, bug.behaviour)
        return held(bug, self._rival(model, script, bug.judged_by.name, GALLERY.index(bug)), legs)

    def _ambiguities(self, script: Script, reading: str, legs: tuple[Leg, ...]) -> Iterator[str]:
        for ambiguity in self._subject.ambiguities:
            books = other_choices(READINGS[reading], ambiguity)
            rivals = [
                self._rival(Model(book), script, reading, ambiguity, number)
                for number, book in enumerate(books)
            ]
            if any(differs(rival, legs) for rival in rivals):
                yield ambiguity.value

    def _rival(self, model: Model, script: Script, *key: object) -> Rival:
        key = script.start, *key
        if key not in self._rivals:
            self._rivals[key] = Rival(model, self._start(script))
        return self._rivals[key]


def identified(file: str, start: Start, legs: tuple[Leg, ...]) -> str:
    """The ID of a case: it follows from what the case says, so it can never come to mean more."""
    said = file.encode() + msgspec.json.encode(start) + content(legs)
    return sha256(said).hexdigest()[:ID_DIGITS]


def content(legs: tuple[Leg, ...]) -> bytes:
    """What a case says of its events and of what is allowed after them, as JSON."""
    return msgspec.json.encode([_said(leg) for leg in legs])


def _said(leg: Leg) -> list[Any]:
    allowed = [
        [statuses(leg.sights[one].returned), one.observed.decode(), one.listed, one.sizes]
        for one in in_order(leg)
    ]
    return [leg.planned.event, allowed, leg.observed.decode()]


def in_order(leg: Leg) -> list[Seen]:
    """The sights of a leg, in an order that is the same in every run."""
    return sorted(leg.sights, key=lambda one: (one.observed, repr((one.listed, one.sizes))))


def statuses(returned: frozenset[Status] | tuple[Status, ...]) -> tuple[Returned, ...]:
    """Statuses as a file has them.

    >>> statuses((Status.ERROR_SUCCESS, Status.UNSPECIFIED_FAILURE))
    (0, 'failing')
    """
    numbers = sorted(int(one) for one in returned if one is not Status.UNSPECIFIED_FAILURE)
    return (*numbers, "failing") if Status.UNSPECIFIED_FAILURE in returned else (*numbers,)
