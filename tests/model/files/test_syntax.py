"""Steps become documents, unless a key is there twice or the nesting is too deep."""

import pytest

from clusckpt.files.errors import UnusableInput
from clusckpt.files.syntax import DEPTH_LIMIT, Step, assemble


def test_assemble() -> None:
    """Objects and lists come out as the steps describe them."""
    steps = [
        Step("mapping", 1),
        Step("scalar", 1, "nodes"),
        Step("sequence", 1),
        Step("scalar", 2, "N1"),
        Step("scalar", 3, None),
        Step("end", 4),
        Step("scalar", 5, "name"),
        Step("scalar", 5, ""),
        Step("end", 6),
    ]

    assert assemble(steps, "a.json") == {"nodes": ["N1", None], "name": ""}


def test_no_steps() -> None:
    """Nothing becomes null."""
    assert assemble([], "a.yaml") is None


def test_key_twice() -> None:
    """The second of two equal keys is refused on its own line."""
    steps = [
        Step("mapping", 1),
        Step("scalar", 2, "name"),
        Step("scalar", 2, "a"),
        Step("scalar", 3, "name"),
    ]
    with pytest.raises(UnusableInput) as refused:
        assemble(steps, "a.yaml")

    assert str(refused.value) == (
        'a.yaml:3: got the key "name" a second time in one object; allowed: each key once; '
        "next: remove one of the two"
    )


@pytest.mark.parametrize("key", [Step("scalar", 2, 7), Step("scalar", 2), Step("mapping", 2)])
def test_key_that_is_not_text(key: Step) -> None:
    """A number, null or an object is no key."""
    with pytest.raises(UnusableInput) as refused:
        assemble([Step("mapping", 1), key], "a.yaml")

    assert str(refused.value) == (
        "a.yaml:2: got a key that is not text; allowed: field names and other keys as text; "
        "next: put the key in double quotes"
    )


def test_depth() -> None:
    """The limit is reached without harm, and one level more is refused."""
    deep = [Step("sequence", 1)] * DEPTH_LIMIT
    with pytest.raises(UnusableInput) as refused:
        assemble([*deep, Step("mapping", 9)], "a.yaml")

    assert isinstance(assemble([*deep, Step("scalar", 1, 1)], "a.yaml"), list)
    assert str(refused.value) == (
        "a.yaml:9: got lists and objects nested deeper than 32 levels; "
        "allowed: at most 32 levels; the formats need fewer than 10; "
        "next: check that the file is what you meant to read"
    )
