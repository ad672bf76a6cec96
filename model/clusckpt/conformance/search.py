"""The search: Hypothesis makes programs, until one of them breaks a rule."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import HypothesisException

from clusckpt.conformance.program import Program
from clusckpt.conformance.programs import programs
from clusckpt.conformance.scenarios import Scenario
from clusckpt_spec.register import RuleID

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


def search(aim: Aim, broken: Broken) -> None:
    """Make the programs of a portion, up to the first one that breaks a rule.

    It is not shrunk by Hypothesis: `shortening` knows what a program can spare, and gets as far
    with fewer executions.

    Args:
        aim: what to search with.
        broken: what a program comes to.
    """

    def is_found(program: Program) -> bool:
        if broken(program) is not None:
            raise Enough
        return False

    # No exception is meant for the caller: that nothing was found is no error.
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
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
