"""A restore leaves what is not replicated as it is, and everything else becomes the copy."""

from hypothesis import given
from hypothesis import strategies as st

from clusckpt.names import FoldedPath, fold_path, parse_path
from clusckpt.products import replicated, with_kept
from clusckpt.registry import EMPTY_KEY, RegistryKey, find, put_key, value_of
from clusckpt_spec.readings import MSCS, Product

ROOT = fold_path(parse_path("Software\\Acme"))
KEYS = [("A",), ("B",), ("A", "A"), ("A", "B"), ("a", "b", "A"), ("B", "a")]
PRODUCTS = [
    MSCS,
    Product(exclude_keys=("Software\\Acme\\A",)),
    Product(exclude_keys=("software\\acme\\a\\b",)),
    Product(exclude_keys=("Software\\Acme\\B", "Software\\Acme")),
    Product(ignore_subkeys=("Software\\ACME",)),
]
"""Of these, none excludes a key whose parent it replicates and a copy may lack."""


@st.composite
def trees(draw: st.DrawFn) -> RegistryKey:
    """A small tree; the numbers in it tell where a value comes from."""
    tree = EMPTY_KEY.with_value(value_of("v", draw(st.integers(0, 9))))
    for path in draw(st.lists(st.sampled_from(KEYS), max_size=4)):
        tree = put_key(tree, path, EMPTY_KEY.with_value(value_of("v", draw(st.integers(0, 9)))))
    return tree


def part(tree: RegistryKey, product: Product) -> RegistryKey:
    """The replicated part of a tree under the one root."""
    return replicated(tree, ROOT, [ROOT], product)


def test_excluded_key_stays() -> None:
    """An excluded key is after the restore what it was before, in its spelling."""
    local = put_key(EMPTY_KEY, ("Cache",), EMPTY_KEY.with_value(value_of("v", "local")))
    copy = put_key(EMPTY_KEY, ("Ports",), EMPTY_KEY)
    product = Product(exclude_keys=("SOFTWARE\\ACME\\CACHE",))
    after = with_kept(copy, local, ROOT, [ROOT], product)

    assert after == put_key(local, ("Ports",), EMPTY_KEY)
    assert after.subkeys[fold_path(("Cache",))[0]][0] == "Cache"


def test_without_exclusion_nothing_stays() -> None:
    """A product that replicates everything leaves nothing of the local tree."""
    local = put_key(EMPTY_KEY, ("Cache",), EMPTY_KEY)

    assert with_kept(EMPTY_KEY, local, ROOT, [ROOT], MSCS) == EMPTY_KEY


def test_missing_key_above_is_made() -> None:
    """An excluded key stays although the copy lacks the key above it."""
    roots = [ROOT]
    local = put_key(EMPTY_KEY, ("A", "B", "C"), EMPTY_KEY)
    product = Product(exclude_keys=("Software\\Acme\\A\\B\\C",))
    after = with_kept(EMPTY_KEY, local, ROOT, roots, product)

    assert find(after, ("A", "B", "C")) == EMPTY_KEY


@given(local=trees(), stored=trees(), product=st.sampled_from(PRODUCTS))
def test_restore_makes_the_copy(local: RegistryKey, stored: RegistryKey, product: Product) -> None:
    """After a restore the replicated part is the copy, and what is not replicated is unchanged."""
    copy = part(stored, product)
    after = with_kept(copy, local, ROOT, [ROOT], product)

    assert part(after, product) == copy
    assert with_kept(part(local, product), after, ROOT, [ROOT], product) == local


@given(local=trees(), product=st.sampled_from(PRODUCTS), other=st.sampled_from(KEYS))
def test_restore_of_the_own_copy(local: RegistryKey, product: Product, other: FoldedPath) -> None:
    """Restoring what was just stored changes nothing, whatever else is a root."""
    roots = [ROOT, fold_path(("Other", *other))]
    copy = replicated(local, ROOT, roots, product)

    assert with_kept(copy, local, ROOT, roots, product) == local
