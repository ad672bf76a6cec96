"""Oddities to plant, by name: what few would expect, and no rule forbids.

Nothing of this runs unless the cluster is started with `--odd NAME`.
"""

from typing import Any, Final

from . import control_codes, rules
from .planted import Planted
from .resources import Parameters
from .rules import Host
from .timer import Due, Timer

_noticed_by_rule = rules.when_a_tree_changes
_answered_by_rule = control_codes.answered


def captures_at_once(host: Host, key: str, *, is_whole: bool) -> None:
    """A change is captured before the call that made it returns; no rule asks for the delay."""
    delay, host.timer.delay = host.timer.delay, 0.0
    _noticed_by_rule(host, key, is_whole=is_whole)
    host.timer.delay = delay
    rules.when_the_timer_runs(host)


def starts_anew_at_each_change(timer: Timer, changed: Due) -> None:
    """Each change puts the capture off, so that one copy has many changes."""
    timer.due.add(changed)
    timer.at = timer.clock() + timer.delay


def lists_backwards(strings: list[str], parameters: Parameters) -> dict[str, Any]:
    """A list has the latest checkpoint first; its order is not published."""
    return _answered_by_rule(strings[::-1], parameters)


def ends_an_empty_list_twice(strings: list[str], parameters: Parameters) -> dict[str, Any]:
    """An empty list has two terminators; how one looks is not published."""
    size = parameters.get("output_size")
    fits = size is None or size >= len(_TWO_TERMINATORS)
    if strings or parameters.get("output_null") or not fits:
        return _answered_by_rule(strings, parameters)
    length = len(_TWO_TERMINATORS)
    return {"returned": 0, "output": _TWO_TERMINATORS.hex(), "bytes_returned": length}


_TWO_TERMINATORS: Final = bytes(4)

ODDITIES: Final = {
    "captures at once": Planted(rules, "when_a_tree_changes", captures_at_once),
    "puts captures off": Planted(Timer, "mark", starts_anew_at_each_change),
    "lists backwards": Planted(control_codes, "answered", lists_backwards),
    "ends an empty list twice": Planted(control_codes, "answered", ends_an_empty_list_twice),
}
