"""The replicated part of a tree is the tree without what the product leaves out."""

import pytest

from clusckpt.names import InvalidPath, fold_path, parse_path
from clusckpt.products import replicated
from clusckpt.registry import EMPTY_KEY, RegistryKey, put_key, value_of, walk
from clusckpt_spec.readings import MSCS, VCS_REGREP, Product

ROOT = fold_path(parse_path("Software\\Acme"))
TREE = EMPTY_KEY.with_value(value_of("top", 1))
for _path in (("Cache", "Index"), ("Ports",), ("Ports", "Old")):
    TREE = put_key(TREE, _path, EMPTY_KEY.with_value(value_of("v", 2)))


def names(tree: RegistryKey) -> list[str]:
    """The paths of all keys below the top one."""
    return ["\\".join(path) for path, _ in walk(tree) if path]


@pytest.mark.parametrize("product", [MSCS, VCS_REGREP.product], ids=["mscs", "vcs-regrep"])
def test_everything_is_replicated(product: Product) -> None:
    """A product that leaves nothing out replicates the whole tree."""
    assert replicated(TREE, ROOT, [ROOT], product) == TREE


@pytest.mark.parametrize(
    ("exclude", "kept"),
    [
        ("Software\\Acme\\Cache", ["PORTS", "PORTS\\OLD"]),
        ("software\\acme\\CACHE", ["PORTS", "PORTS\\OLD"]),
        ("Software\\Acme\\Ports\\Old", ["CACHE", "CACHE\\INDEX"]),
        ("Software\\Acme", ["CACHE", "CACHE\\INDEX", "PORTS", "PORTS\\OLD"]),
        ("Software\\Other", ["CACHE", "CACHE\\INDEX", "PORTS", "PORTS\\OLD"]),
        ("Software\\Acme\\Gone", ["CACHE", "CACHE\\INDEX", "PORTS", "PORTS\\OLD"]),
    ],
)
def test_excluded_keys_are_left_out(exclude: str, kept: list[str]) -> None:
    """What is excluded is not in the part; values of the root always are."""
    part = replicated(TREE, ROOT, [ROOT], Product(exclude_keys=(exclude,)))

    assert names(part) == kept
    assert part.values == TREE.values


def test_subkeys_are_ignored() -> None:
    """With its subkeys ignored, only the values of a root are replicated; other roots are not."""
    product = Product(ignore_subkeys=("SOFTWARE\\ACME",))
    other = fold_path(parse_path("Software\\Other"))

    assert replicated(TREE, ROOT, [ROOT, other], product) == EMPTY_KEY.with_value(
        value_of("top", 1)
    )
    assert replicated(TREE, other, [ROOT, other], product) == TREE


def test_wrong_path_is_refused() -> None:
    """A product that names something that is no path is refused, and not silently ignored."""
    with pytest.raises(InvalidPath, match="not a path relative to HKEY_LOCAL_MACHINE"):
        replicated(TREE, ROOT, [ROOT], Product(exclude_keys=("\\Software",)))
