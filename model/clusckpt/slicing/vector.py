"""A regression vector: a file with one case, made from a slice."""

from collections.abc import Iterator
from typing import Final

import msgspec

from clusckpt.files.trace_lines import status_number
from clusckpt.rules import Rulebook
from clusckpt.slicing.agreement import agrees
from clusckpt.slicing.parts import RETURNED, parts
from clusckpt.slicing.slice import Slice
from clusckpt.slicing.watch import watched
from clusckpt.vectors.cases import Returned, Told, identified, statuses
from clusckpt.vectors.files import rendered
from clusckpt.vectors.following import Follower, Model, Seen, States, TooManyStates
from clusckpt.vectors.paths import Leg, seen_as
from clusckpt.vectors.script import Planned, Script, Subject
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import Observation, TraceLine
from clusckpt_spec.formats.vectors import NearMiss, Start, VectorFile

START: Final = "slice"
MOST_WAYS: Final = 200
"""So many ways through a slice are tried."""


class NoVector(ValueError):
    """The slice cannot be told as a case; the message says why."""


def regression_vector(found: Slice, rules: Rulebook, name: str) -> VectorFile:
    """The file: complete sets of what is allowed, and what was seen last as a near miss.

    Args:
        found: the slice.
        rules: the rulebook of the reading that finds its violation.
        name: what the file is called.

    Raises:
        NoVector: if the last event cannot happen at all, or too much may have happened.
    """
    header = found.trace.header
    start = Start(header.cluster, watched(found.trace), header.registry, header.containers)
    legs = _legs(found.trace.lines, Follower(Model(rules, is_noted=True), start))
    title = header.title or f"a slice of {name}"
    script = Script(title, START, tuple(leg.planned for leg in legs))
    subject = Subject(name, title, frozenset(), (), {START: start}, (script,))
    told = Told(identified(name, start, legs), script, (rules.reading.name,), legs, (), ())
    file = msgspec.json.decode(rendered(subject, [told]).content, type=VectorFile)
    return _with_near_miss(file, found, legs[-1])


def _legs(lines: tuple[TraceLine, ...], follower: Follower) -> tuple[Leg, ...]:
    """The first way through the events on which everything before the last line was seen so."""
    ways = _ways(lines, follower, follower.begun)
    for _, legs in zip(range(MOST_WAYS), ways, strict=False):
        if legs:
            return legs
    message = (
        "no vector: in a case every event can happen, with at most 600 states possible, and what "
        "was seen before the last event is seen on one way; use the slice itself as the test"
    )
    raise NoVector(message)


def _ways(
    lines: tuple[TraceLine, ...], follower: Follower, states: States
) -> Iterator[tuple[Leg, ...]]:
    """Ways through the events; an empty one where it goes no further."""
    line, *rest = lines
    try:
        sights = follower.sights(states, line.event)
    except TooManyStates:
        sights = {}
    fitting = [one for one in sights if not rest or _fits(line, one, sights[one].returned)]
    if not fitting:
        yield ()
    for chosen in sorted(fitting, key=lambda one: (not sights[one].settled, _order(one))):
        leg = Leg(Planned(line.event), sights, chosen)
        if not rest:
            yield (leg,)
            continue
        further = seen_as(sights, chosen.observed)
        for legs in _ways(tuple(rest), follower, further):
            yield (leg, *legs) if legs else ()


def _fits(line: TraceLine, sight: Seen, returned: frozenset[Status]) -> bool:
    if line.returned is not None:
        number = status_number(line.returned)
        if not any(one.satisfied_by(number) for one in returned):
            return False
    return agrees(line, msgspec.json.decode(sight.observed, type=Observation))


def _order(sight: Seen) -> tuple[bytes, str]:
    return sight.observed, repr((sight.listed, sight.sizes))


def _with_near_miss(file: VectorFile, found: Slice, leg: Leg) -> VectorFile:
    """The file with what was seen after the last event, next to all that is as it should be."""
    case, line = file.cases[0], found.trace.lines[-1]
    step = case.steps[-1]
    right = step.allowed[step.chosen]
    seen = _patched(file.observations[right.observed], line)
    returned: tuple[Returned, ...] = statuses(leg.sights[leg.chosen].returned)
    if line.returned is not None:
        returned = (status_number(line.returned),)
    if any(
        file.observations[one.observed] == seen and not {*returned}.isdisjoint(one.returned)
        for one in step.allowed
    ):
        message = "no vector: what was seen last stands in no observation of a case"
        raise NoVector(message)
    rule = found.violation.rule.value
    miss = NearMiss(returned, len(file.observations), rule, f"line {found.lines[-1]}")
    last = msgspec.structs.replace(step, forbidden=(miss,))
    rules = tuple(dict.fromkeys((*case.rules, rule)))
    case = msgspec.structs.replace(case, steps=(*case.steps[:-1], last), rules=rules)
    return msgspec.structs.replace(file, observations=(*file.observations, seen), cases=(case,))


def _patched(right: Observation, line: TraceLine) -> Observation:
    """An allowed observation with everything put in that was seen after a line."""
    whole = msgspec.to_builtins(right)
    seen = {} if line.observed is None else msgspec.to_builtins(line.observed)
    for part in parts(line):
        if part == RETURNED or part[0] in {"output", "bytes_returned"}:
            continue
        place, held = whole, seen
        for name in part[:-1]:
            if not isinstance(place.get(name), dict):
                place[name] = {}
            place, held = place[name], held[name]
        before, now = place.get(part[-1]), held[part[-1]]
        both = isinstance(before, dict) and isinstance(now, dict)
        place[part[-1]] = {**before, **now} if both else now
    return msgspec.convert(whole, Observation)
