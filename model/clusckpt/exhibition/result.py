"""`clusckpt-gallery/1`: what the kit found out about every exhibit, with both rates."""

from collections.abc import Iterable
from statistics import median
from typing import Final, Literal

import msgspec

from clusckpt.conformance import Budget
from clusckpt.exhibition.exhibit import Kind
from clusckpt.exhibition.showing import Showing

GALLERY_FORMAT: Final = "clusckpt-gallery/1"


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many of so many."""

    number: int
    of: int

    def __str__(self) -> str:
        share = f" ({100 * self.number / self.of:.0f} %)" if self.of else ""
        return f"{self.number} of {self.of}{share}"


class GalleryReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every showing, and what they come to.

    `caught` are the bugs that were caught for a right rule, `accused` the oddities that were
    accused. The medians are over the bugs that were caught: seconds to the first finding,
    shrinking included, and calls of its program; null if none was.
    """

    format: Literal["clusckpt-gallery/1"]
    seed: int
    budget: str
    caught: Rate
    accused: Rate
    median_seconds: float | None
    median_calls: float | None
    showings: tuple[Showing, ...]

    @property
    def is_as_it_should_be(self) -> bool:
        """Whether every bug was caught for a right rule, and no oddity was accused."""
        return all(one.is_as_it_should_be for one in self.showings)


def gallery_report(showings: Iterable[Showing], budget: Budget, seed: int) -> GalleryReport:
    """Count showings; they are put in the order of their kinds, then of their names.

    >>> report = gallery_report([], Budget(programs=1), 0)
    >>> str(report.caught), report.median_calls, report.is_as_it_should_be
    ('0 of 0', None, True)
    """
    ordered = tuple(sorted(showings, key=lambda one: (one.kind, one.over, one.name)))
    bugs = [one for one in ordered if one.kind == Kind.BUG]
    odd = [one for one in ordered if one.kind == Kind.ODD]
    caught = [one for one in bugs if one.is_as_it_should_be]
    return GalleryReport(
        format=GALLERY_FORMAT,
        seed=seed,
        budget=str(budget),
        caught=Rate(len(caught), len(bugs)),
        accused=Rate(sum(bool(one.found) for one in odd), len(odd)),
        median_seconds=_median([one.seconds for one in caught]),
        median_calls=_median([one.calls for one in caught]),
        showings=ordered,
    )


def _median(numbers: list[float] | list[int]) -> float | None:
    return round(float(median(numbers)), 1) if numbers else None


def dump_gallery(document: GalleryReport) -> str:
    """The report as JSON, readable and stable."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
