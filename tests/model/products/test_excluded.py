"""Excluded keys follow the documented table of RegRep, its odd row included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.names import FoldedPath, fold_path, lies_under, parse_path
from clusckpt.products import effective_excludes, excluded, ignored_excludes


def at(path: str) -> FoldedPath:
    """The folded path of a text."""
    return fold_path(parse_path(path))


ROOT = at("Software\\Acme")
paths = st.lists(st.sampled_from("AB"), min_size=1, max_size=4).map(lambda one: at("\\".join(one)))
several = st.lists(paths, max_size=3)


def left_out(exclude: str, *keys: str) -> list[bool]:
    """Whether each key is left out when one key is excluded."""
    return [excluded([ROOT], [at(exclude)], at(key)) for key in keys]


def test_key_below_the_root() -> None:
    """An excluded key goes with everything below it; the root and other keys stay."""
    keys = ("Software\\Acme", "Software\\Acme\\Y", "Software\\Acme\\Y\\Z", "Software\\Acme\\X")

    assert left_out("Software\\Acme\\Y", *keys) == [False, True, True, False]


def test_odd_row() -> None:
    r"""Excluding KEY_Y\KEY_Z excludes KEY_Y as well, with what else is below it."""
    keys = ("Software\\Acme", "Software\\Acme\\Y", "Software\\Acme\\Y\\W", "Software\\Acme\\X")

    assert left_out("Software\\Acme\\Y\\Z", *keys) == [False, True, True, False]


def test_odd_row_reaches_one_key_up() -> None:
    """A deeper excluded key takes out the key above it and none above that."""
    keys = ("Software\\Acme\\Y", "Software\\Acme\\Y\\Z", "Software\\Acme\\Y\\Z\\Q")

    assert left_out("Software\\Acme\\Y\\Z\\Q", *keys) == [False, True, True]


@pytest.mark.parametrize("exclude", ["Software\\Acme", "software\\ACME", "Software"])
def test_root_and_what_is_above_it_stay(exclude: str) -> None:
    """An exclude that names the root or a key above it is ignored, and is reported as ignored."""
    assert left_out(exclude, "Software\\Acme", "Software\\Acme\\Y") == [False, False]
    assert ignored_excludes([ROOT], [at(exclude)]) == (at(exclude),)


def test_exclude_in_force_is_not_reported() -> None:
    """An exclude below the root, or beside every root, is not reported as ignored."""
    assert ignored_excludes([ROOT], [at("Software\\Acme\\Y"), at("Software\\Other")]) == ()


def test_odd_row_stops_at_another_root() -> None:
    """The key above an excluded key stays if it is a root itself."""
    roots = [ROOT, at("Software\\Acme\\Y")]

    assert not excluded(roots, [at("Software\\Acme\\Y\\Z")], at("Software\\Acme\\Y"))
    assert excluded(roots, [at("Software\\Acme\\Y\\Z")], at("Software\\Acme\\Y\\Z"))


def test_nothing_excluded() -> None:
    """Without excluded keys every key is replicated."""
    assert effective_excludes([ROOT], []) == frozenset()
    assert not excluded([ROOT], [], ROOT)


@given(roots=several, excludes=several)
def test_no_root_is_ever_left_out(roots: list[FoldedPath], excludes: list[FoldedPath]) -> None:
    """Whatever is excluded, every root is replicated."""
    assert [root for root in roots if excluded(roots, excludes, root)] == []


@given(roots=several, excludes=several)
def test_every_exclude_works_or_is_reported(
    roots: list[FoldedPath], excludes: list[FoldedPath]
) -> None:
    """A named key is left out exactly if it is not reported as ignored, or another reaches it."""
    ignored = set(ignored_excludes(roots, excludes))

    assert all(excluded(roots, excludes, key) for key in excludes if key not in ignored)
    assert all(any(lies_under(key, root) for root in roots) for key in ignored)


@given(roots=several, excludes=several, key=paths)
def test_what_is_below_goes_as_well(
    roots: list[FoldedPath], excludes: list[FoldedPath], key: FoldedPath
) -> None:
    """Whatever lies below a key that is left out is left out too, except above a root."""
    below = (*key, *at("C"))

    assert not excluded(roots, excludes, key) or excluded(roots, excludes, below)
