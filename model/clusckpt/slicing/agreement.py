"""Whether a complete observation agrees with the little that a line of a slice says was seen."""

from typing import Any

import msgspec

from clusckpt.registry import value_of
from clusckpt.slicing.parts import parts
from clusckpt_spec.formats.trace import Observation, ObservedKey, TraceLine
from clusckpt_spec.formats.values import WrittenValue

_KEYS = {"registry", "stored"}

_LEFT_OUT = {"returned", "output", "bytes_returned", "logged", "backup_files"}
"""What is no state of the cluster, or what a line names in part only."""


def agrees(line: TraceLine, whole: Observation) -> bool:
    """Whether the states and contents seen after a line are so in a complete observation.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> line = TraceLine(2, NodeCrash("N1"), observed=Observation({"A": "Failed"}))
    >>> agrees(line, Observation({"A": "Failed", "B": "Online"})), agrees(line, Observation())
    (True, False)
    """
    if line.observed is None:
        return True
    seen, there = msgspec.to_builtins(line.observed), msgspec.to_builtins(whole)
    looked = [part for part in parts(line) if part[0] not in _LEFT_OUT]
    return all(_same(part, seen, there) for part in looked)


def _same(part: tuple[str, ...], seen: Any, there: Any) -> bool:  # noqa: ANN401 - any JSON
    for name in part:
        if not isinstance(there, dict) or name not in there:
            return False
        seen, there = seen[name], there[name]
    if part[0] in _KEYS:
        return _same_key(seen, there)
    if isinstance(seen, list):
        return sorted(map(str, seen)) == sorted(map(str, there))
    return bool(seen == there)


def _same_key(seen: ObservedKey, there: ObservedKey) -> bool:
    if seen is None or there is None:
        return seen is there
    return all(_value(name, held) == _value(name, there.get(name)) for name, held in seen.items())


def _value(name: str, written: Any) -> object:  # noqa: ANN401 - any JSON
    return None if written is None else value_of(name, msgspec.convert(written, type=WrittenValue))
