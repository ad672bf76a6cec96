"""Delta debugging: as few of several things as still do what is looked for."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimal(items: Sequence[T], still: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """The items without whatever can be spared, in their order; no single one can be spared.

    Args:
        items: what does what is looked for.
        still: whether fewer of them still do it.

    >>> minimal(range(1000), lambda fewer: 7 in fewer and 900 in fewer)
    (7, 900)
    """
    left = tuple(items)
    size = len(left)
    while size:
        before = len(left)
        left = _without_chunks(left, size, still)
        if size > 1:
            size = (size + 1) // 2
        elif len(left) == before:
            break
    return left


def _without_chunks(
    items: tuple[T, ...], size: int, still: Callable[[tuple[T, ...]], bool]
) -> tuple[T, ...]:
    at = 0
    while at < len(items):
        fewer = items[:at] + items[at + size :]
        if still(fewer):
            items = fewer
        else:
            at += size
    return items
