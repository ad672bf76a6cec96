"""A tree of path components: what lies above a path is met on the way down to it.

Finding it costs one step for each component of the path, however many other paths there are.
"""

from collections.abc import Iterable, Iterator

from clusckpt.names import Folded, FoldedPath

_TOP = 0


class PrefixTree:
    """A set of folded paths."""

    def __init__(self, paths: Iterable[FoldedPath] = ()) -> None:
        """Take the paths; each place in the tree is a number, the top is 0."""
        self._below: dict[tuple[int, Folded], int] = {}
        self._ends: set[int] = set()
        for path in paths:
            self.add(path)

    def add(self, path: FoldedPath) -> None:
        """Add a path."""
        place = _TOP
        for component in path:
            place = self._below.setdefault((place, component), len(self._below) + 1)
        self._ends.add(place)

    def above(self, path: FoldedPath) -> Iterator[FoldedPath]:
        """Give the added paths that a path lies under, from the top; itself last, if added.

        >>> from clusckpt.names import fold_path
        >>> tree = PrefixTree([fold_path(("A",)), fold_path(("A", "B")), fold_path(("C",))])
        >>> list(tree.above(fold_path(("a", "b"))))
        [('A',), ('A', 'B')]
        """
        place = _TOP
        for depth, component in enumerate(path, 1):
            below = self._below.get((place, component))
            if below is None:
                return
            place = below
            if place in self._ends:
                yield path[:depth]

    def reaches(self, path: FoldedPath) -> bool:
        """Whether an added path is this one or lies under it."""
        place = _TOP
        for component in path:
            below = self._below.get((place, component))
            if below is None:
                return False
            place = below
        return True
