"""The part of a registry tree that a product replicates."""

from collections.abc import Iterable
from dataclasses import replace

from clusckpt.names import FoldedPath, fold_path, lies_under, parse_path
from clusckpt.products.excluded import effective_excludes
from clusckpt.registry.tree import EMPTY_KEY, RegistryKey, delete_key
from clusckpt_spec.readings import Product


def replicated(
    tree: RegistryKey, root: FoldedPath, roots: Iterable[FoldedPath], product: Product
) -> RegistryKey:
    r"""The part of the tree under a root that the product replicates.

    Args:
        tree: What is there, from the root down.
        root: The root, folded.
        roots: All roots of the resource, folded: they decide which excluded keys are ignored.
        product: What the product leaves out.

    Raises:
        InvalidPath: If a key that the product names is no path below HKEY_LOCAL_MACHINE.

    Source: Veritas RegRep agent, ExcludeKeys and IgnoreSubKeys.

    >>> from clusckpt.registry.tree import put_key, walk
    >>> tree = put_key(put_key(EMPTY_KEY, ("Kept",), EMPTY_KEY), ("Cache",), EMPTY_KEY)
    >>> root = fold_path(("Acme",))
    >>> part = replicated(tree, root, [root], Product(exclude_keys=("acme\\cache",)))
    >>> [path for path, _ in walk(part)]
    [(), ('KEPT',)]
    """
    if ignores_subkeys(root, product):
        return replace(tree, subkeys=EMPTY_KEY.subkeys)
    for top in effective_excludes(roots, folded(product.exclude_keys)):
        if lies_under(root, top):
            tree = delete_key(tree, top[len(root) :])
    return tree


def ignores_subkeys(root: FoldedPath, product: Product) -> bool:
    """Whether only the values of a root are replicated."""
    return root in folded(product.ignore_subkeys)


def folded(paths: Iterable[str]) -> list[FoldedPath]:
    """The paths that a product names, as they are compared.

    Raises:
        InvalidPath: If one is no path below HKEY_LOCAL_MACHINE.
    """
    return [fold_path(parse_path(path)) for path in paths]
