"""What the re-check finds, and what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """What a re-check comes to; the numbers are the exit statuses."""

    AGREES = 0
    """Both solvers and the executed runs say what is expected, and nothing is missing."""
    DISAGREES = 1
    """Something is not as the manifest, the register or the specification says."""
    UNUSABLE = 2
    """There is no manifest that can be read, or no second solver."""
    UNKNOWN = 3
    """A solver gave up or ran out of time: that is no agreement."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, about a file, an obligation or a rule."""

    status: Status
    subject: str
    message: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.subject}: {self.message}"


class Unusable(Exception):
    """Raised when there is nothing that could be checked; its text says what to do."""


def disagreement(subject: str, message: str) -> Finding:
    """A finding that something is not as it should be."""
    return Finding(Status.DISAGREES, subject, message)


def overall(findings: Iterable[Finding]) -> Status:
    """What all findings come to: a disagreement outweighs an unknown.

    >>> overall([Finding(Status.UNKNOWN, "a", "b"), Finding(Status.DISAGREES, "c", "d")])
    <Status.DISAGREES: 1>
    >>> overall([])
    <Status.AGREES: 0>
    """
    found = {finding.status for finding in findings}
    if Status.DISAGREES in found:
        return Status.DISAGREES
    return Status.UNKNOWN if found else Status.AGREES
