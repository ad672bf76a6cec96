"""A gallery report for people: a line for each exhibit, then both rates and the medians."""

from collections.abc import Iterator

from clusckpt.exhibition.exhibit import Kind
from clusckpt.exhibition.result import GalleryReport
from clusckpt.exhibition.showing import Showing


def text(document: GalleryReport) -> tuple[str, ...]:
    """The lines of a report."""
    return (*_all(document), *_totals(document))


def _all(document: GalleryReport) -> Iterator[str]:
    for one in document.showings:
        mark = "as it should be" if one.is_as_it_should_be else "NOT AS IT SHOULD BE"
        yield f"{one.kind} over {one.over}: {one.name}: {_told(one)}; {mark}"
        yield from _wrong(one)


def _told(one: Showing) -> str:
    effort = f"{_counted(one.programs, 'program')}, {one.seconds:.1f} s"
    if not one.found:
        return f"not accused in {effort}"
    again = "" if one.steady else ", though not again"
    return f"caught for {one.found} after {effort}, shown by {_counted(one.calls, 'call')}{again}"


def _wrong(one: Showing) -> Iterator[str]:
    """What was expected of a showing that is not as it should be."""
    if one.is_as_it_should_be:
        return
    if one.kind == Kind.BUG:
        yield f"  allowed: caught for {' or '.join(one.right_rules)}"
    else:
        yield "  allowed: no accusation"
    yield from (f"  fault: {fault}" for fault in one.faults)
    yield f'  next: clusckpt gallery --only "{one.name}" with a larger --budget'


def _totals(document: GalleryReport) -> Iterator[str]:
    yield ""
    yield f"budget of each: {document.budget}, seed {document.seed}"
    yield f"bugs caught for the right rule: {document.caught}"
    yield f"odd ones accused: {document.accused}"
    if document.median_seconds is not None:
        yield (
            f"to the first finding, in the median: {document.median_seconds:.1f} s, "
            f"a program of {document.median_calls:g} calls"
        )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
