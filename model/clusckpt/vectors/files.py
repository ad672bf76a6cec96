"""The files: cases put together by subject, written the same way every time, with a manifest."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from clusckpt.vectors.cases import Teller, Told, in_order, statuses
from clusckpt.vectors.committed import MANIFEST_NAME
from clusckpt.vectors.following import Seen
from clusckpt.vectors.paths import Leg
from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects import SUBJECTS
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.vectors import (
    VECTORS_FORMAT,
    VECTORS_MANIFEST,
    Case,
    Coverage,
    ListedFile,
    NearMiss,
    Result,
    Step,
    VectorFile,
    VectorManifest,
)
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RuleID

STATUSES = {one.name: one.value for one in Status}
"""The numbers of the status names."""

Counts = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """A file: its bytes, and what the manifest says of it."""

    name: str
    content: bytes
    listed: ListedFile
    counts: Counts


def generated(subjects: Iterable[Subject] = SUBJECTS) -> dict[str, bytes]:
    """Every file by its name, and the manifest; subjects are worked on side by side."""
    names = [subject.name for subject in subjects]
    with ProcessPoolExecutor(max_workers=min(len(names), os.cpu_count() or 1)) as pool:
        written = list(pool.map(file_of, names))
    files = {one.name: one.content for one in written}
    return files | {MANIFEST_NAME: manifest(written)}


def file_of(subject: str) -> Written:
    """The file of one subject, by its name."""
    (chosen,) = (one for one in SUBJECTS if one.name == subject)
    return rendered(chosen, list(Teller(chosen).cases()))


def rendered(subject: Subject, cases: list[Told]) -> Written:
    """A file with these cases: compact JSON, one case on a line."""
    places = _Places()
    said = [_case(one, places) for one in cases]
    whole = VectorFile(
        VECTORS_FORMAT, subject.name, subject.title, STATUSES, subject.starts, (), ()
    )
    head = msgspec.json.encode(whole).removesuffix(b'"observations":[],"cases":[]}')
    lists = [
        b'"observations":[\n' + b",\n".join(places.listed) + b"\n]",
        b'"cases":[\n' + b",\n".join(map(msgspec.json.encode, said)) + b"\n]",
    ]
    content = head + b"\n" + b",\n".join(lists) + b"}\n"
    steps = sum(len(one.steps) for one in said)
    digest = sha256(content).hexdigest()
    counts = counted(cases)
    rules = dict(sorted(counts["rules"].items()))
    listed = ListedFile(len(said), steps, len(content), digest, rules)
    return Written(f"{subject.name}.json", content, listed, counts)


def ids_of(files: dict[str, bytes]) -> set[str]:
    """The IDs of all cases in generated files."""
    vectors = [content for name, content in files.items() if name != MANIFEST_NAME]
    decoded = [msgspec.json.decode(content, type=VectorFile) for content in vectors]
    return {case.id for file in decoded for case in file.cases}


def manifest(written: list[Written]) -> bytes:
    """The manifest of the files, for people to read as well."""
    parts = {name: Counter[str]() for name in Coverage.__struct_fields__}
    for one in written:
        for name, counts in one.counts.items():
            parts[name] += counts
    whole = VectorManifest(
        VECTORS_MANIFEST,
        sum(one.listed.cases for one in written),
        {one.name: one.listed for one in written},
        Coverage(**{name: dict(sorted(counts.items())) for name, counts in parts.items()}),
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def counted(cases: list[Told]) -> Counts:
    """In how many of the cases each rule, event and so on occurs."""
    facts: dict[str, Callable[[Told], Iterable[str]]] = {
        "rules": lambda one: one.rules,
        "events": lambda one: {type(leg.planned.event).__name__ for leg in one.legs},
        "actions": lambda one: {note for note in one.notes if not isinstance(note, RuleID)},
        "statuses": _statuses,
        "choices": lambda one: (
            f"{name}={READINGS[one.readings[0]][AmbiguityID(name)]}" for name in one.ambiguities
        ),
        "readings": lambda one: one.readings,
        "bugs": lambda one: {bug.name for bug, held in one.held if held.misses},
    }
    return {name: Counter(fact for one in cases for fact in of(one)) for name, of in facts.items()}


class _Places:
    """The observations of a file, each at one place."""

    def __init__(self) -> None:
        self.listed: list[bytes] = []
        self._known: dict[bytes, int] = {}

    def of(self, observed: bytes) -> int:
        place = self._known.setdefault(observed, len(self.listed))
        if place == len(self.listed):
            self.listed.append(observed)
        return place


def _case(told: Told, places: _Places) -> Case:
    return Case(
        id=told.id,
        title=told.script.title,
        start=told.script.start,
        readings=told.readings,
        rules=told.rules,
        steps=tuple(_step(told, number, places) for number in range(len(told.legs))),
        ambiguities=told.ambiguities,
        kills=told.kills,
    )


def _step(told: Told, number: int, places: _Places) -> Step:
    leg: Leg = told.legs[number]
    sights = in_order(leg)
    allowed = tuple(_result(leg, one, places) for one in sights)
    missed = tuple(
        NearMiss(
            statuses(one.returned),
            places.of(one.sight.observed),
            one.bug.rule.value,
            one.bug.name,
            one.sight.listed,
            one.sight.sizes,
        )
        for one in told.misses(number)
    )
    return Step(leg.planned.event, allowed, sights.index(leg.chosen), missed)


def _result(leg: Leg, sight: Seen, places: _Places) -> Result:
    returned = statuses(leg.sights[sight].returned)
    return Result(returned, places.of(sight.observed), sight.listed, sight.sizes)


def _statuses(one: Told) -> set[str]:
    reached = [there for leg in one.legs for there in leg.sights.values()]
    return {Status(status).name for there in reached for status in there.returned}
