"""Contents are compared without the case of names, and told in words."""

from rpds import HashTrieMap

from clusckpt.names import fold
from clusckpt.properties.contents import contents_of, described, same
from clusckpt.registry import EMPTY_KEY, put_key, tree_from_written, value_of
from clusckpt.state import Container
from clusckpt_spec.formats.values import RawValue

ROOT = (fold("Software"), fold("A"))


def test_case_of_names_does_not_count() -> None:
    """Keys and values whose names differ in case alone are the same contents."""
    lower = put_key(EMPTY_KEY, ("b",), EMPTY_KEY.with_value(value_of("v", 1)))
    upper = put_key(EMPTY_KEY, ("B",), EMPTY_KEY.with_value(value_of("V", 1)))

    assert lower != upper
    assert same(contents_of(lower, ROOT), contents_of(upper, ROOT))


def test_one_difference_is_a_difference() -> None:
    """Contents that differ in one key of many are not the same, whatever rpds says of `!=`."""
    one, other = HashTrieMap({1: 1, 2: 2}), HashTrieMap({1: 1, 2: 3})

    assert not same(one, other)


def test_contents_in_words() -> None:
    """Numbers and texts are readable, other values are their bytes."""
    raw = RawValue("REG_BINARY", "00ff")
    tree = tree_from_written({"B": {"n": 7, "t": "x", "r": raw}})

    assert described(contents_of(tree, ROOT)) == (
        "SOFTWARE\\A{}, SOFTWARE\\A\\B{N=7, R=00ff, T='x'}"
    )
    assert described(Container("first")) == "container with keys first"
    assert described(None) == "nothing"
