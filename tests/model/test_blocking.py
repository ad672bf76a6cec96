"""A tree is blocked by an open or unwritable key in it, and by nothing else."""

from dataclasses import replace

import pytest

from clusckpt.blocking import blocked, blocked_keys, without_blocks
from clusckpt.examples import two_nodes
from clusckpt.names import FoldedPath, fold, fold_path, parse_path
from clusckpt.state import Node

OPEN, DENIED = fold_path(("Software", "A", "Open")), fold_path(("Software", "B"))


@pytest.fixture
def node() -> Node:
    """A node with one open key and one that the cluster service may not write."""
    bare = two_nodes().nodes[fold("N1")]
    return replace(bare, opened=frozenset({OPEN}), denied=frozenset({DENIED}))


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ("Software", [OPEN, DENIED]),
        (r"Software\A", [OPEN]),
        (r"Software\A\Open", [OPEN]),
        (r"Software\B", [DENIED]),
        (r"Software\A\Open\Below", []),
        (r"Software\C", []),
    ],
)
def test_blocked_keys_of_a_tree(node: Node, root: str, expected: list[FoldedPath]) -> None:
    """What blocks a tree is its root or lies under it; keys above it do not."""
    assert blocked_keys(node, fold_path(parse_path(root))) == expected


def test_blocked_keys(node: Node) -> None:
    """Each key that is open or unwritable is blocked, by either."""
    assert blocked_keys(node, OPEN[:1]) == [OPEN, DENIED]
    assert blocked(node, OPEN)
    assert blocked(node, DENIED)
    assert not blocked(node, OPEN[:-1])


def test_without_blocks(node: Node) -> None:
    """What is forgotten is what lies in the tree."""
    assert without_blocks(node, OPEN[:-1]) == replace(node, opened=frozenset())
    assert without_blocks(node, DENIED) == replace(node, denied=frozenset())
