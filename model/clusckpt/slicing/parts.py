"""Parts: the single things that a line of a trace says were returned and seen."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import msgspec

from clusckpt_spec.formats.trace import Observation, TraceLine

Part = tuple[str, ...]
"""Where a thing stands: the field, then the names below it; `RETURNED` is the status."""

RETURNED: Final[Part] = ("returned",)

_LEVELS: Final = {
    "states": 1,
    "owners": 1,
    "groups": 1,
    "checkpoints": 1,
    "backup_files": 1,
    "registry": 2,
    "containers": 2,
    "stored": 3,
}
"""How many names lead to one thing; a key counts as one, with all its values."""

_COURSE: Final = frozenset({"returned", "states", "owners", "groups"})


def is_course(part: Part) -> bool:
    """Whether it says how things went (statuses, states, owners), and not what was stored."""
    return part[0] in _COURSE


def parts(line: TraceLine) -> Iterator[Part]:
    """Everything that a line says of what came out.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> seen = Observation({"A": "Failed"}, registry={"N2": {"Software": {"v": 1, "w": None}}})
    >>> list(parts(TraceLine(2, NodeCrash("N1"), 0, seen)))
    [('returned',), ('states', 'A'), ('registry', 'N2', 'Software')]
    """
    if line.returned is not None:
        yield RETURNED
    for field, held in _fields(line).items():
        yield from _below((field,), held, _LEVELS.get(field, 0))


def only(line: TraceLine, kept: Collection[Part]) -> TraceLine:
    """The line with these of its parts and no others.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> seen = Observation({"A": "Failed", "B": "Online"}, {"G": "N1"})
    >>> only(TraceLine(2, NodeCrash("N1"), 0, seen), [("states", "B")]).observed.states
    {'B': 'Online'}
    """
    seen: dict[str, Any] = {}
    fields = _fields(line)
    for part in parts(line):
        if part in kept and part != RETURNED:
            _put(seen, part, fields)
    observed = msgspec.convert(seen, Observation) if seen else None
    returned = line.returned if RETURNED in kept else None
    return msgspec.structs.replace(line, returned=returned, observed=observed)


def _fields(line: TraceLine) -> dict[str, Any]:
    fields: dict[str, Any] = {} if line.observed is None else msgspec.to_builtins(line.observed)
    return fields


def _below(part: Part, held: object, levels: int) -> Iterator[Part]:
    if levels == 0 or not isinstance(held, dict) or not held:
        yield part
        return
    for name, below in held.items():
        yield from _below((*part, name), below, levels - 1)


def _put(seen: dict[str, Any], part: Part, held: Any) -> None:  # noqa: ANN401 - any JSON
    for name in part[:-1]:
        seen, held = seen.setdefault(name, {}), held[name]
    seen[part[-1]] = held[part[-1]]
