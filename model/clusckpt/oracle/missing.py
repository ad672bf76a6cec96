"""Missing events: what may have happened unlogged, as far as an observation shows it.

A log that lacks kinds of events is not contradicted by what those would explain. Where a line fits
no state, the events of these kinds that would make it fit are tried, before it and after it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from clusckpt.names import fold, parse_path
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.line import followed
from clusckpt.oracle.verdict import Assumption
from clusckpt.registry import RegistryKey, canonical, find, observed_matches
from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Missing, Observation, ObservedKey, TraceLine

_TO_STATE: dict[str, Callable[[str], AnyEvent]] = {
    "Online": events.OnlineClusterResource,
    "Offline": events.OfflineClusterResource,
    "Failed": events.FailClusterResource,
}
"""The request that leads to a state, by its label."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """The candidates after a line, given what is assumed to have happened unlogged."""

    candidates: list[Candidate]
    assumed: Assumption


_MOST_TRIED = 3
"""So many of the nearest states are asked what may have happened."""


def bridged(
    candidates: list[Candidate], line: TraceLine, rules: Rulebook, kinds: Sequence[Missing]
) -> Bridge | None:
    """The first assumption under which a line fits that does not fit as it is; None if none does.

    Args:
        candidates: the states that are possible before the line.
        line: the line.
        rules: the rulebook of the reading to judge by.
        kinds: the kinds of events that the log lacks.
    """
    blind = replace(line, observed=None)
    after, violation = followed(candidates, blind, rules)
    if violation is not None:
        return None
    for assumed in assumptions(after[:_MOST_TRIED], line, kinds):
        found = _under(assumed, candidates, after, line, rules)
        if found is not None:
            return Bridge(found, assumed)
    return None


def _under(
    assumed: Assumption,
    before: list[Candidate],
    after: list[Candidate],
    line: TraceLine,
    rules: Rulebook,
) -> list[Candidate] | None:
    """The candidates after a line under an assumption; None if the line does not fit then."""
    steps = [TraceLine(line.number, event) for event in assumed.events]
    if assumed.before:
        steps.append(line)
    else:
        steps[-1] = replace(steps[-1], observed=line.observed)
    found = before if assumed.before else after
    for step in steps:
        found, violation = followed(found, step, rules)
        if violation is not None:
            return None
    return found


def assumptions(
    after: Sequence[Candidate], line: TraceLine, kinds: Sequence[Missing]
) -> Iterator[Assumption]:
    """What may have happened unlogged, the likeliest first.

    Args:
        after: the candidates after the line that come closest to what was seen.
        line: the line that fits none of them.
        kinds: the kinds of events that the log lacks.
    """
    seen = line.observed or Observation()
    for candidate in after:
        moved = tuple(_ownership(candidate.state, seen)) if "ownership" in kinds else ()
        led = tuple(_lifecycle(candidate.state, seen)) if "lifecycle" in kinds else ()
        written = tuple(_writes(candidate.state, seen)) if "registry" in kinds else ()
        every = (*moved, *led, *written)
        if not every:
            continue
        yield Assumption(line.number, every, before=False)
        yield Assumption(line.number, every, before=True)
        for node in sorted(entry.name for entry in candidate.state.nodes.values()):
            elsewhere = tuple(_on(node, event) for event in every)
            if elsewhere != every:
                yield Assumption(line.number, elsewhere, before=True)


def _ownership(state: ClusterState, seen: Observation) -> Iterator[AnyEvent]:
    for group, node in seen.owners.items():
        if state.groups[fold(group)].owner != fold(node):
            yield events.MoveClusterGroup(group, node)


def _lifecycle(state: ClusterState, seen: Observation) -> Iterator[AnyEvent]:
    for name, label in seen.states.items():
        resource = state.resources.get(fold(name))
        if resource is not None and state_label(resource.state) != label and label in _TO_STATE:
            yield _TO_STATE[label](name)


def _writes(state: ClusterState, seen: Observation) -> Iterator[AnyEvent]:
    for node, tree in seen.registry.items():
        for text, key in tree.items():
            there = find(state.nodes[fold(node)].registry, canonical(parse_path(text)))
            if not observed_matches(there, key):
                yield from _to_key(node, text, key, there)


def _to_key(
    node: str, text: str, key: ObservedKey, there: RegistryKey | None
) -> Iterator[AnyEvent]:
    """The writes that make a key what was seen of it."""
    if key is None:
        yield events.RegDeleteTree(node, text)
        return
    if there is None:
        yield events.RegCreateKeyEx(node, text)
    for name, written in key.items():
        if observed_matches(there, {name: written}):
            continue
        if written is not None:
            yield events.RegSetValueEx(node, text, name, written)
        elif there is not None:
            yield events.RegDeleteValue(node, text, name)


def _on(node: str, event: AnyEvent) -> AnyEvent:
    """A write, made on another node."""
    match event:
        case events.RegSetValueEx():
            return events.RegSetValueEx(node, event.key, event.name, event.value)
        case events.RegDeleteValue():
            return events.RegDeleteValue(node, event.key, event.name)
        case events.RegCreateKeyEx():
            return events.RegCreateKeyEx(node, event.key)
        case events.RegDeleteTree():
            return events.RegDeleteTree(node, event.key)
        case _:
            return event
