"""Registry trees are immutable values."""

import pytest

from clusckpt.registry import EMPTY_KEY, delete_key, find, put_key, value_of, walk

ACME = ("Software", "Acme")


def test_missing_keys_above_are_created() -> None:
    """Putting a key creates the keys above it, empty."""
    tree = put_key(EMPTY_KEY, ACME, EMPTY_KEY.with_value(value_of("v", "x")))

    assert find(tree, ("Software",)) is not None
    assert [path for path, _ in walk(tree)] == [(), ("SOFTWARE",), ("SOFTWARE", "ACME")]


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_names_keep_the_case_they_were_created_with() -> None:
    """A key is found in any case, and a second spelling does not rename it."""
    tree = put_key(EMPTY_KEY, ACME, EMPTY_KEY)
    again = put_key(tree, ("SOFTWARE", "ACME"), EMPTY_KEY)

    assert again == tree


def test_absent_is_not_empty() -> None:
    """A key that does not exist differs from one that holds nothing."""
    tree = put_key(EMPTY_KEY, ACME, EMPTY_KEY)

    assert find(tree, ACME) == EMPTY_KEY
    assert find(tree, ("Software", "Other")) is None


def test_deleting_takes_everything_below() -> None:
    """Deleting a key deletes its subkeys, and deleting a missing key changes nothing."""
    tree = put_key(EMPTY_KEY, (*ACME, "Sub"), EMPTY_KEY)
    without = delete_key(tree, ACME)

    assert find(without, (*ACME, "Sub")) is None
    assert find(without, ("Software",)) == EMPTY_KEY
    assert delete_key(without, ACME) == without


def test_values_replace_values_of_any_case() -> None:
    """Setting a value of the same name in another case replaces it and keeps its name."""
    key = EMPTY_KEY.with_value(value_of("Start", 3)).with_value(value_of("START", 4))

    assert [value.name for value in key.values.values()] == ["Start"]
    assert key.without_value("sTART") == EMPTY_KEY
