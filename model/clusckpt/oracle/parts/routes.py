"""Routes: which parts of a cluster a line of a trace concerns, and what of it each of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from msgspec.structs import replace

from clusckpt.containers import container_id
from clusckpt.names import Folded, fold, fold_path, parse_path
from clusckpt.oracle.parts.layout import REST, Layout
from clusckpt.registry import canonical
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.formats import events
from clusckpt_spec.formats.cluster import Platform
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation, TraceLine

_ADDS: Final = frozenset(code for code in ControlCode if code.name.startswith("ADD_"))
"""The codes that may make a part cover more than it did."""

_EVERYWHERE = (events.NodeCrash, events.NodeJoin, events.CaptureDelayPasses)
_OF_GROUPS = (events.MoveClusterGroup, events.FailoverClusterGroup, events.FailbackClusterGroup)
_OF_CONTAINERS = (events.CryptGenKey, events.CryptSetProvParam)
_OF_KEYS = (
    events.RegCreateKeyEx,
    events.RegSetValueEx,
    events.RegDeleteValue,
    events.RegDeleteTree,
    events.RegOpenKeyEx,
    events.RegCloseKey,
    events.RegSetKeySecurity,
)
_OF_WHOLE = (
    events.CreateClusterResource,
    events.BackupClusterDatabase,
    events.RestoreClusterDatabase,
    events.QuorumChange,
)
"""What may concern parts that it does not name, or change what the parts are."""


_NAMED: Final = {
    "states": "resources",
    "stored": "resources",
    "checkpoints": "resources",
    "owners": "groups",
    "groups": "groups",
}
"""The fields of an observation that name things, and what these are."""

_Fields = defaultdict[int, dict[str, Any]]
"""What was observed, by part and field."""


class _Unroutable(Exception):
    """Something in a line concerns more than the parts that it names."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a part has to do with a line: its event, or only what was observed of the part."""

    part: int
    line: TraceLine
    has_event: bool


Route = tuple[Stop, ...]


def routed(line: TraceLine, layout: Layout, platform: Platform) -> Route | None:
    """The parts that a line concerns, in order of number; None if it concerns the whole cluster.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.oracle.parts.layout import layout_of
    >>> seen = Observation(states={"A": "Offline", "B": "Online"})
    >>> line = TraceLine(2, events.OnlineClusterResource("B"), 0, seen)
    >>> [(one.part, one.has_event) for one in routed(line, layout_of(two_nodes()), "x64")]
    [(1, False), (2, True)]
    """
    try:
        happens = _parts_of_event(line.event, layout, platform)
        seen = {} if line.observed is None else _seen(line.observed, layout, min(happens))
    except _Unroutable:
        return None
    return tuple(
        Stop(
            part,
            TraceLine(line.number, line.event, line.returned, seen.get(part)),
            part in happens,
        )
        for part in sorted({*happens, *seen})
    )


def _parts_of_event(event: AnyEvent, layout: Layout, platform: Platform) -> frozenset[int]:
    """The parts in which an event happens.

    Raises:
        _Unroutable: if these are not known before it has happened.
    """
    if isinstance(event, _EVERYWHERE):
        return frozenset(range(layout.count))
    if isinstance(event, _OF_WHOLE):
        raise _Unroutable
    if isinstance(event, _OF_KEYS):
        path = fold_path(canonical(parse_path(event.key), event.view, platform=platform))
        part = layout.part_of_write(fold(event.node), path)
    elif isinstance(event, _OF_CONTAINERS):
        part = layout.containers.get(container_id(event.container), REST)
    elif isinstance(event, _OF_GROUPS):
        part = layout.groups.get(fold(event.group))
    elif isinstance(event, events.ClusterResourceControl) and control_code(event.code) in _ADDS:
        part = None
    else:
        part = layout.resources.get(fold(event.resource))
    return frozenset({_known(part)})


def _seen(seen: Observation, layout: Layout, event_part: int) -> dict[int, Observation]:
    """What was observed of each part; the output of a call belongs to the part of the event.

    Raises:
        _Unroutable: if it was observed of the whole cluster, or of keys above checkpoint roots.
    """
    if seen.logged is not None or seen.backup_files:
        raise _Unroutable
    found: _Fields = defaultdict(dict)
    for field, kind in _NAMED.items():
        parts: Mapping[Folded, int] = getattr(layout, kind)
        for name, value in getattr(seen, field).items():
            fields = found[_known(parts.get(fold(name)))]
            fields.setdefault(field, {})[name] = value
    for field in ("registry", "containers"):
        for node, things in getattr(seen, field).items():
            for text, value in things.items():
                part = _part_of_thing(field, text, layout)
                found[part].setdefault(field, {}).setdefault(node, {})[text] = value
    observed = {part: Observation(**fields) for part, fields in found.items()}
    if seen.output is not None or seen.bytes_returned is not None:
        of_event = observed.get(event_part, Observation())
        output, size = seen.output, seen.bytes_returned
        observed[event_part] = replace(of_event, output=output, bytes_returned=size)
    return observed


def _part_of_thing(field: str, text: str, layout: Layout) -> int:
    if field == "containers":
        return layout.containers.get(container_id(text), REST)
    return _known(layout.part_of_key(fold_path(canonical(parse_path(text)))))


def _known(part: int | None) -> int:
    if part is None:
        raise _Unroutable
    return part
