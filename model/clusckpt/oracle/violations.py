"""Violations: what is told of a line that no state explains, the same in every run."""

import re

from clusckpt.files.trace_lines import status_number
from clusckpt.oracle.blame import rule_of_impossible, rule_of_mismatch
from clusckpt.oracle.candidates import Candidate
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.oracle.verdict import Violation
from clusckpt.rules import Part
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import TraceLine

MOST_ALLOWED = 8
"""More values than this are not listed; under delayed captures many remain possible."""


def status_name(number: int) -> str:
    """The name of a status with its number, or the bare number if it has no name here.

    >>> status_name(183), status_name(31)
    ('ERROR_ALREADY_EXISTS (183)', '31')
    """
    known = {status.value: status.name for status in Status}
    return f"{known[number]} ({number})" if number in known else str(number)


def impossible(line: TraceLine) -> Violation:
    """An event that cannot happen in any state that remains possible."""
    rule = rule_of_impossible(line.event)
    name = type(line.event).__name__
    return Violation(line.number, name, f"{name} happened", ("it cannot happen here",), rule)


def wrong_status(every: list[Candidate], line: TraceLine) -> Violation:
    """A call that returned what it returns in none of the outcomes."""
    allowed = {one.outcome.status for one in every if one.outcome is not None}
    rule = min(one.outcome.rule for one in every if one.outcome is not None)
    got = status_name(status_number(line.returned if line.returned is not None else 0))
    names = tuple(sorted(f"returned {_status_text(status)}" for status in allowed))
    return Violation(line.number, type(line.event).__name__, f"returned {got}", names, rule)


def _status_text(status: Status) -> str:
    if status is Status.UNSPECIFIED_FAILURE:
        return "a failing status that the documents do not name"
    return status_name(status.value)


def wrong_observation(
    possible: list[Candidate], wrong: list[list[Mismatch]], line: TraceLine
) -> Violation:
    """Blame the candidate that comes closest, and list what every candidate would have had.

    A candidate in the observed states comes closer than one with the observed contents.
    """
    at = min(range(len(possible)), key=lambda at: (_distance(wrong[at]), _place(wrong[at][0])))
    mismatch = wrong[at][0]
    closest = _distance(wrong[at])[0]
    near = [found for found in wrong if _distance(found)[0] == closest]
    allowed = {one.allowed for found in near for one in found if one.what == mismatch.what}
    values = sorted(allowed, key=_by_number)
    shown = [f"{mismatch.what}: {text}" for text in values[:MOST_ALLOWED]]
    if len(values) > MOST_ALLOWED:
        shown.append(f"{mismatch.what}: {len(values) - MOST_ALLOWED} further possibilities")
    return Violation(
        line=line.number,
        event=type(line.event).__name__,
        got=f"{mismatch.what}: {mismatch.got}",
        allowed=tuple(shown),
        rule=rule_of_mismatch(possible[at].provenance, mismatch),
    )


def nearest(possible: list[Candidate], wrong: list[list[Mismatch]]) -> list[Candidate]:
    """The candidates that come closest to what was observed, the same in every run."""
    least = min(map(_distance, wrong))
    near = [(_place(found[0]), at) for at, found in enumerate(wrong) if _distance(found) == least]
    return [possible[at] for _, at in sorted(near)]


def _place(mismatch: Mismatch) -> tuple[int, str, str]:
    """Which of several mismatches to tell, whatever order the candidates come in."""
    return list(Part).index(mismatch.part), mismatch.what, mismatch.allowed


def _by_number(text: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in a text by what they are worth, however many digits they have.

    >>> sorted(["v = 10", "v = 'a'", "v = 9"], key=_by_number)
    ['v = 9', 'v = 10', "v = 'a'"]
    """
    parts = re.split("([0-9]+)", text)
    numbers = parts[1::2]
    worth = [number.lstrip("0") for number in numbers]
    keys = [(0, part) for part in parts]
    keys[1::2] = [(len(number), number) for number in worth]
    return keys


def _distance(wrong: list[Mismatch]) -> tuple[int, int]:
    """How far a candidate is from what was observed: by states and owners, then by all."""
    return sum(one.part in (Part.STATE, Part.OWNER) for one in wrong), len(wrong)
