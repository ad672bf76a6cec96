"""Windows: lines of several clocks whose order is not known, taken together.

Logs of several nodes are merged by clocks that disagree. Lines of one clock are in order; of two
lines of different clocks the order is known only if they are further apart than the clocks may
disagree. A line without a moment stands where it stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from clusckpt_spec.formats.trace import TraceLine

LONGEST_WINDOW: Final = 12
"""So many lines in no known order are followed in every order; of more it is undecided."""

Window = tuple[TraceLine, ...]


def windows(lines: Iterable[TraceLine], skew: float | None) -> Iterator[Window]:
    """The lines in groups: the order of lines of different groups is known.

    Args:
        lines: in the order of the file.
        skew: how far two clocks may disagree, in seconds; None if the file is in order.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> moments = [(0.0, "N1"), (9.0, "N1"), (10.0, "N2"), (20.0, "N2")]
    >>> lines = [TraceLine(n, NodeCrash("N1"), None, None, *m) for n, m in enumerate(moments, 2)]
    >>> [[line.number for line in window] for window in windows(lines, 2.0)]
    [[2], [3, 4], [5]]
    """
    if skew is None:
        yield from ((line,) for line in lines)
        return
    window: list[TraceLine] = []
    for line in lines:
        if window and all(precedes(other, line, skew) for other in window):
            yield tuple(window)
            window = []
        window.append(line)
    if window:
        yield tuple(window)


def precedes(one: TraceLine, other: TraceLine, skew: float | None) -> bool:
    """Whether a line is known to come before another one."""
    told = one.at is not None and other.at is not None and one.clock is not None
    if skew is None or not told or other.clock is None or one.clock == other.clock:
        return one.number < other.number
    return one.at is not None and other.at is not None and one.at + skew < other.at


def may_come_next(window: Window, done: frozenset[int], skew: float | None) -> Iterator[int]:
    """The places of the lines of a window that no line that is still to come has to precede."""
    waiting = [at for at in range(len(window)) if at not in done]
    for at in waiting:
        if not any(precedes(window[other], window[at], skew) for other in waiting if other != at):
            yield at


def in_some_order(window: Window, skew: float | None) -> Sequence[TraceLine]:
    """The lines in one order that is possible: that of the file, as far as it is."""
    done: frozenset[int] = frozenset()
    found: list[TraceLine] = []
    while len(found) < len(window):
        at = next(may_come_next(window, done, skew), None)
        if at is None:
            return window
        found.append(window[at])
        done |= {at}
    return found
