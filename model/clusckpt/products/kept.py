"""What a restore leaves as it is: the local keys that the product does not replicate."""

from collections.abc import Iterable
from dataclasses import replace

from clusckpt.names import FoldedPath
from clusckpt.products.excluded import effective_excludes
from clusckpt.products.replicated import folded, ignores_subkeys
from clusckpt.registry.tree import EMPTY_KEY, RegistryKey, find
from clusckpt_spec.readings import Product


def with_kept(
    copy: RegistryKey,
    local: RegistryKey,
    root: FoldedPath,
    roots: Iterable[FoldedPath],
    product: Product,
) -> RegistryKey:
    r"""The tree after a restore: the copy, and what the product leaves out as it is locally.

    Args:
        copy: The replicated part as it was stored, from the root down.
        local: What is there before the restore, from the root down.
        root: The root, folded.
        roots: All roots of the resource, folded.
        product: What the product leaves out.

    Raises:
        InvalidPath: If a key that the product names is no path below HKEY_LOCAL_MACHINE.

    Source: inferred from "excluded from replication" (Veritas RegRep agent, ExcludeKeys and
    IgnoreSubKeys). No text says what becomes of such a key when the copy lacks the key above it;
    here that key is made, so that nothing which was never replicated is lost.

    >>> from clusckpt.registry.tree import put_key, walk
    >>> local = put_key(EMPTY_KEY, ("Cache", "Index"), EMPTY_KEY)
    >>> root = folded(["Acme"])[0]
    >>> tree = with_kept(EMPTY_KEY, local, root, [root], Product(exclude_keys=("Acme\\Cache",)))
    >>> [path for path, _ in walk(tree)]
    [(), ('CACHE',), ('CACHE', 'INDEX')]
    """
    if ignores_subkeys(root, product):
        return local.with_values_of(copy)
    tree = copy
    for top in sorted(effective_excludes(roots, folded(product.exclude_keys))):
        path = top[len(root) :]
        if top[: len(root)] == root and find(local, path) is not None:
            tree = _overlaid(tree, local, path)
    return tree


def _overlaid(tree: RegistryKey, local: RegistryKey, path: FoldedPath) -> RegistryKey:
    """The tree with the local key at a folded path that is there, spelled as it is there."""
    if not path:
        return local
    name, below = local.subkeys[path[0]]
    name, known = tree.subkeys.get(path[0], (name, EMPTY_KEY))
    changed = _overlaid(known, below, path[1:])
    return replace(tree, subkeys=tree.subkeys.insert(path[0], (name, changed)))
