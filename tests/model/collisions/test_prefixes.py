"""What lies above a path is met on the way down to it."""

from clusckpt.collisions.prefixes import PrefixTree
from clusckpt.names import FoldedPath, fold_path, parse_path


def path(text: str) -> FoldedPath:
    """A folded path."""
    return fold_path(parse_path(text))


def test_above() -> None:
    """The added paths above one are given from the top, itself last, in any case of letters."""
    tree = PrefixTree(map(path, (r"A\B\C", r"a\b", r"A\BC", "D")))

    assert list(tree.above(path(r"A\b\c\D"))) == [path(r"A\B"), path(r"A\B\C")]
    assert list(tree.above(path(r"A\B"))) == [path(r"A\B")]


def test_nothing_above() -> None:
    """A component is compared as a whole, and a path is not above what it only begins like."""
    tree = PrefixTree(map(path, (r"A\B", r"A\B\C")))

    assert list(tree.above(path(r"A\BC"))) == []
    assert list(tree.above(path("A"))) == []


def test_reaches() -> None:
    """A path is reached if an added path is it or lies under it."""
    tree = PrefixTree([path(r"A\B")])

    assert [tree.reaches(path(text)) for text in ("a", r"a\b", r"A\B\C", r"A\C")] == [
        True,
        True,
        False,
        False,
    ]
