"""Silence: what no shipped reading allows, and the documents do not rule out.

Every reading makes one choice wherever the documents differ or are silent. If a trace is explained
once a single choice is made otherwise, then it breaks no document: it is unspecified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clusckpt.oracle.evidence import explains, with_choice
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import Reading

LONGEST_TRACE: Final = 1_000
"""Longer traces are not tried: each choice takes a replay."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A choice that the documents leave open, with which a reading explains a trace."""

    reading: str
    ambiguity: AmbiguityID
    choice: str


def silences(trace: Trace, readings: Sequence[Reading]) -> tuple[Silence, ...]:
    """The single choices that would explain a trace, next to the first reading that has any.

    Args:
        trace: the whole trace, which none of the readings explains; one of more than
            `LONGEST_TRACE` lines is not tried, and nothing is said of it.
        readings: those of which one choice at a time is changed, the likeliest first.
    """
    if len(trace.lines) > LONGEST_TRACE:
        return ()
    every = (tuple(_next_to(trace, reading)) for reading in readings)
    return next((found for found in every if found), ())


def _next_to(trace: Trace, reading: Reading) -> Iterator[Silence]:
    for ambiguity, record in AMBIGUITIES.items():
        for choice in record.choices:
            other = choice.name != reading[ambiguity]
            if other and explains(with_choice(reading, ambiguity, choice.name), trace):
                yield Silence(reading.name, ambiguity, choice.name)
