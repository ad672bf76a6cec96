r"""Keys that a product excludes from replication, with the precedence that RegRep documents.

Source: Veritas RegRep agent, attribute ExcludeKeys, with its table of four rows. With the root
`ROOT` and keys below it:

| excluded | what it does |
|---|---|
| `ROOT\KEY_Y` | leaves out `ROOT\KEY_Y` and everything below it |
| `ROOT\KEY_Y\KEY_Z` | leaves out `ROOT\KEY_Y` **as well**: the odd row, taken as it is documented |
| `ROOT` | is ignored, and an error is logged |
| a key above `ROOT` | is ignored, and an error is logged |

The table has no deeper key than `ROOT\KEY_Y\KEY_Z`. Here the odd row reaches one key up and no
further, which is the least that it says.
"""

from collections.abc import Iterable

from clusckpt.names import FoldedPath, lies_under

DEPTH_OF_ODD_ROW = 2
"""How many levels below its root an excluded key must lie for the key above it to go as well."""


def excluded(
    roots: Iterable[FoldedPath], exclude_keys: Iterable[FoldedPath], key: FoldedPath
) -> bool:
    """Whether a key is left out of what is replicated for these roots.

    Args:
        roots: The roots of the resource, folded.
        exclude_keys: The keys that are to be excluded, folded, in any order.
        key: The key that is asked about, folded.

    Source: Veritas RegRep agent, ExcludeKeys.

    >>> from clusckpt.names import fold_path
    >>> root, branch, leaf = (fold_path(("R", "Y", "Z")[:size]) for size in (1, 2, 3))
    >>> [excluded([root], [leaf], key) for key in (root, branch, leaf)]
    [False, True, True]
    """
    return any(lies_under(top, key) for top in effective_excludes(roots, exclude_keys))


def effective_excludes(
    roots: Iterable[FoldedPath], exclude_keys: Iterable[FoldedPath]
) -> frozenset[FoldedPath]:
    """The keys that are left out with all that is below them, the odd row applied.

    Args:
        roots: The roots of the resource, folded.
        exclude_keys: The keys that are to be excluded, folded, in any order.

    >>> from clusckpt.names import fold_path
    >>> root, branch, leaf = (fold_path(("R", "Y", "Z")[:size]) for size in (1, 2, 3))
    >>> sorted(effective_excludes([root], [root, leaf]))
    [('R', 'Y')]
    """
    known = frozenset(roots)
    effective: set[FoldedPath] = set()
    for key in exclude_keys:
        if not _reaches_a_root(known, key):
            effective.add(_widened(known, key))
    return frozenset(effective)


def ignored_excludes(
    roots: Iterable[FoldedPath], exclude_keys: Iterable[FoldedPath]
) -> tuple[FoldedPath, ...]:
    """The excluded keys that are ignored, for each of which the product logs an error, in order.

    >>> from clusckpt.names import fold_path
    >>> root = fold_path(("Software", "R"))
    >>> ignored_excludes([root], [root, root[:1], (*root, root[0])]) == (root, root[:1])
    True
    """
    known = frozenset(roots)
    return tuple(key for key in exclude_keys if _reaches_a_root(known, key))


def _widened(roots: frozenset[FoldedPath], key: FoldedPath) -> FoldedPath:
    """The key that an excluded key takes out: the one above it, unless that is a root or above."""
    above = key[:-1]
    deep = any(lies_under(root, key) and len(key) - len(root) >= DEPTH_OF_ODD_ROW for root in roots)
    return above if deep and not _reaches_a_root(roots, above) else key


def _reaches_a_root(roots: frozenset[FoldedPath], key: FoldedPath) -> bool:
    """Whether a key is one of the roots or lies above one."""
    return any(lies_under(key, root) for root in roots)
