"""Which keys of a node are blocked: a restore cannot replace a tree with one of them in it.

win32 RegRestoreKey: "If any subkeys of hKey are open, RegRestoreKey fails"; the text of event 1024
asks for a look at "open handles to registry keys in this registry subtree" and so includes the
root. A key that the cluster service may not write is as much of a hindrance (KB192493).
"""

from dataclasses import replace

from clusckpt.names import FoldedPath, lies_under
from clusckpt.state import Node


def blocked(node: Node, key: FoldedPath) -> bool:
    """Whether a key is open, or the cluster service may not write it.

    >>> from clusckpt.examples import two_nodes
    >>> node = replace(two_nodes().nodes["N1"], denied=frozenset({("SOFTWARE", "X")}))
    >>> blocked(node, ("SOFTWARE", "X")), blocked(node, ("SOFTWARE",))
    (True, False)
    """
    return key in node.opened or key in node.denied


def blocked_keys(node: Node, root: FoldedPath) -> list[FoldedPath]:
    """The blocked keys of a tree, in order of name.

    >>> from clusckpt.examples import two_nodes
    >>> node = replace(two_nodes().nodes["N1"], opened=frozenset({("B",), ("A", "X")}))
    >>> blocked_keys(node, ()), blocked_keys(node, ("A",))
    ([('A', 'X'), ('B',)], [('A', 'X')])
    """
    return sorted(key for key in node.opened | node.denied if lies_under(root, key))


def without_blocks(node: Node, root: FoldedPath) -> Node:
    """The node with nothing blocked in a tree: what no longer exists has no handles.

    >>> from clusckpt.examples import two_nodes
    >>> node = replace(two_nodes().nodes["N1"], opened=frozenset({("B",), ("A", "X")}))
    >>> blocked_keys(without_blocks(node, ("A",)), ())
    [('B',)]
    """
    return replace(
        node,
        opened=frozenset(key for key in node.opened if not lies_under(root, key)),
        denied=frozenset(key for key in node.denied if not lies_under(root, key)),
    )
