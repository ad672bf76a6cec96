"""The search: Hypothesis makes programs, and shrinks the first one that breaks a rule."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final

import msgspec
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import HypothesisException

from clusckpt.conformance.program import Program
from clusckpt.conformance.programs import programs
from clusckpt.conformance.scenarios import Scenario
from clusckpt_spec.register import RuleID

MOST_SHRINKS: Final = 60
"""So many programs are tried by Hypothesis to make one shorter, before single calls are spared."""

PORTION: Final = 4
"""So many programs in a row have the same scenario in focus."""


class Enough(BaseException):
    """The search is over; no `Exception`, which Hypothesis would take for a failure."""


Broken = Callable[[Program], RuleID | None]
"""Executes a program and says which rule it breaks, if any; ends the search with `Enough`."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What to search with: the calls there are, the scenario in focus, and the seed."""

    calls: tuple[str, ...]
    focus: Scenario | None
    seed: int


def search(aim: Aim, broken: Broken) -> Program | None:
    """The shortest program of a portion that breaks a rule; None if none of them does.

    Only programs that break the same rule as the first one count as shorter.

    Args:
        aim: what to search with.
        broken: what a program comes to.
    """
    found: dict[bytes, RuleID] = {}
    shortest: list[tuple[RuleID, Program]] = []
    tried = 0

    def is_found(program: Program) -> bool:
        nonlocal tried
        text = msgspec.json.encode(program)
        tried += bool(shortest)
        if tried > MOST_SHRINKS:
            raise Enough
        rule = found[text] if text in found else broken(program)
        if rule is None or (shortest and rule is not shortest[0][0]):
            return False
        found[text] = rule
        if not shortest or _size(program) < _size(shortest[0][1]):
            shortest[:] = [(rule, program)]
        return True

    _driven(aim, is_found)
    return shortest[0][1] if shortest else None


def _driven(aim: Aim, is_found: Callable[[Program], bool]) -> None:
    """Let Hypothesis try programs until one is the shortest, or it is enough."""
    # No exception at all is meant for the caller: not that nothing was found, and not that a
    # party answers otherwise the second time. What it answered first has been kept.
    with suppress(Enough, HypothesisException):
        find(
            programs(aim.calls, aim.focus),
            is_found,
            settings=_settings(),
            random=Random(aim.seed),  # noqa: S311 - a search is no secret
        )


def _settings() -> settings:
    return settings(
        max_examples=PORTION,
        database=None,
        deadline=None,
        derandomize=False,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


def _size(program: Program) -> tuple[int, int]:
    return len(program.events), len(msgspec.json.encode(program))
