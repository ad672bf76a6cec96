"""The budget of a run: so many programs, so many seconds, or both."""

import re
from dataclasses import dataclass
from typing import Final

MOST_PROGRAMS: Final = 1_000_000
MOST_SECONDS: Final = 7 * 24 * 3600

_WRITTEN: Final = re.compile(r"(?P<number>[0-9]{1,9})(?P<unit>s?)")


class BadBudget(ValueError):
    """A text that is no budget; the message says what is one."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may use; None: no limit of that kind, and at least one of them is set."""

    programs: int | None = None
    seconds: int | None = None

    def __str__(self) -> str:
        parts = [
            f"{self.programs} programs" if self.programs is not None else "",
            f"{self.seconds} seconds" if self.seconds is not None else "",
        ]
        return " and ".join(part for part in parts if part)


DEFAULT_BUDGET: Final = Budget(programs=100)


def budget(*texts: str) -> Budget:
    """The budget that texts such as `200` (programs) and `60s` (seconds) state together.

    Raises:
        BadBudget: if one of them is neither, or out of bounds.

    >>> budget("200", "60s")
    Budget(programs=200, seconds=60)
    """
    if not texts:
        return DEFAULT_BUDGET
    programs, seconds = None, None
    for text in texts:
        found = _WRITTEN.fullmatch(text)
        number = int(found["number"]) if found else 0
        most = MOST_SECONDS if found and found["unit"] else MOST_PROGRAMS
        if found is None or not 0 < number <= most:
            message = (
                f"{text[:40]!r} is not a budget; allowed: a number of programs from 1 to "
                f"{MOST_PROGRAMS}, such as 200, or of seconds from 1 to {MOST_SECONDS}, such as 60s"
            )
            raise BadBudget(message)
        if found["unit"]:
            seconds = number
        else:
            programs = number
    return Budget(programs, seconds)
