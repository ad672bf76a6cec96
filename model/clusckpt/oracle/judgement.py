"""A judgement: what a trace comes to under several readings, in one pass over its lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from clusckpt.oracle.parts import PartwiseFollower
from clusckpt.oracle.silence import Silence, silences
from clusckpt.oracle.verdict import Report, VerdictKind
from clusckpt.oracle.windows import windows
from clusckpt.rules import rulebook
from clusckpt_spec.formats.trace import Header, Trace, TraceLine
from clusckpt_spec.readings import KB174070, MS_CMRP, MSCS_PAGE, WINDOWS_OBSERVED, Reading

WINDOWS_READINGS: Final = (MSCS_PAGE, KB174070, MS_CMRP, WINDOWS_OBSERVED)
"""The readings about Windows; a trace of a Windows cluster should follow one of them."""


class JudgementKind(StrEnum):
    """What a trace comes to under the readings that were chosen to decide."""

    CONFORMS = "conforms"
    """Every one of them explains it."""
    ALLOWED_ONLY_UNDER = "allowed only under readings"
    """Some of them explain it."""
    VIOLATES = "violates"
    """None of them explains it."""
    UNSPECIFIED = "unspecified"
    """None of them explains it, and one would, had it made a single choice otherwise."""
    UNDECIDED = "undecided"
    """None of them is known to explain it, and for some it could not be decided."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The reports on one trace by reading; `deciding` are the readings that make the verdict.

    `silences` are the choices with which one of those would explain it, if none does.
    """

    reports: Mapping[str, Report]
    deciding: tuple[str, ...]
    silences: tuple[Silence, ...] = ()

    @property
    def consistent(self) -> tuple[str, ...]:
        """The readings that explain every line."""
        reports = self.reports.items()
        return tuple(name for name, one in reports if one.kind is VerdictKind.CONFORMS)

    @property
    def kind(self) -> JudgementKind:
        """The verdict."""
        kinds = {self.reports[name].kind for name in self.deciding}
        if kinds == {VerdictKind.CONFORMS}:
            return JudgementKind.CONFORMS
        if VerdictKind.CONFORMS in kinds:
            return JudgementKind.ALLOWED_ONLY_UNDER
        if VerdictKind.UNDECIDED in kinds:
            return JudgementKind.UNDECIDED
        return JudgementKind.UNSPECIFIED if self.silences else JudgementKind.VIOLATES

    @property
    def telling(self) -> Report:
        """The deciding report that says most: the one that explains the most lines."""
        reports = [self.reports[name] for name in self.deciding]
        undecided = [one for one in reports if one.kind is VerdictKind.UNDECIDED]
        return max(undecided or reports, key=lambda one: one.explained)


def judge(
    header: Header,
    lines: Iterable[TraceLine],
    readings: Sequence[Reading],
    deciding: Sequence[Reading] = WINDOWS_READINGS,
    *,
    goes_on: bool = True,
) -> Judgement:
    """Follow a trace under several readings at once; each line is read once and not kept.

    Args:
        header: the cluster at the start.
        lines: the events with what was returned and observed.
        readings: those to judge by.
        deciding: those of them that make the verdict.
        goes_on: whether a trace is followed on after its first violation.
    """
    followers = {
        reading.name: PartwiseFollower(header, rulebook(reading), goes_on=goes_on)
        for reading in readings
    }
    for window in windows(lines, header.skew):
        for follower in followers.values():
            follower.follow_window(window)
        if all(follower.has_ended for follower in followers.values()):
            break
    names = tuple(reading.name for reading in deciding if reading.name in followers)
    return Judgement({name: one.report() for name, one in followers.items()}, names)


def with_silences(judgement: Judgement, trace: Trace, readings: Sequence[Reading]) -> Judgement:
    """The judgement, unspecified if the trace violates and a single other choice explains it.

    Args:
        judgement: of the trace.
        trace: the whole trace.
        readings: the deciding ones; the choices are tried next to that which explains most first.
    """
    if judgement.kind is not JudgementKind.VIOLATES:
        return judgement
    explained = {name: report.explained for name, report in judgement.reports.items()}
    likeliest = sorted(readings, key=lambda one: -explained.get(one.name, 0))
    return replace(judgement, silences=silences(trace, likeliest))
