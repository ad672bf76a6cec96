"""Values of every registry type are kept with all their bytes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.registry import (
    EMPTY_KEY,
    described_key,
    described_seen,
    find,
    key_from_written,
    observed_matches,
    tree_from_written,
    value_of,
)
from clusckpt_spec.formats.values import RawValue, RegistryType, WrittenValue

types = st.sampled_from(RegistryType)


@given(types, st.binary(max_size=20))
def test_every_type_keeps_its_bytes(kind: RegistryType, content: bytes) -> None:
    """A raw value has the type and the bytes that are written, fitting or not."""
    value = value_of("v", RawValue(kind.name, content.hex()))

    assert (value.name, value.type, value.content) == ("v", kind.value, content)


@given(types, types, st.binary(max_size=3), st.binary(max_size=3))
def test_observed_by_type_and_bytes(
    one: RegistryType, other: RegistryType, here: bytes, there: bytes
) -> None:
    """A value is as observed exactly if both its type and its bytes are."""
    key = EMPTY_KEY.with_value(value_of("v", RawValue(one.name, here.hex())))
    seen: dict[str, WrittenValue | None] = {"V": RawValue(other.name, there.hex())}

    assert observed_matches(key, seen) is ((one, here) == (other, there))


@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("a", RawValue("REG_SZ", "61000000")),
        ("", RawValue("REG_SZ", "0000")),
        (258, RawValue("REG_DWORD", "02010000")),
    ],
)
def test_short_forms(written: str | int, raw: RawValue) -> None:
    """Text and whole numbers are short for REG_SZ and REG_DWORD."""
    assert value_of("v", written) == value_of("v", raw)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (-1, "-1 does not fit a REG_DWORD; allowed: 0 to 4294967295"),
        (1 << 32, "4294967296 does not fit a REG_DWORD; allowed: 0 to 4294967295"),
        (RawValue("REG_WORD", ""), "'REG_WORD' is not a registry type; allowed: REG_NONE, "),
        (RawValue("REG_SZ", "6"), "non-hexadecimal number found"),
    ],
)
def test_what_is_no_value(written: WrittenValue, message: str) -> None:
    """A number that is too large, an unknown type and odd digits are refused."""
    with pytest.raises(ValueError, match=re.escape(message)):
        value_of("v", written)


def test_types_by_number() -> None:
    """A type that has no name is given by its number."""
    assert value_of("v", RawValue("42", "00")).type == 42


def test_trees_of_written_keys() -> None:
    """A tree has every written key with those above it, under the paths that stand for them."""
    tree = tree_from_written(
        {
            "Software\\Acme": {"v": "text", "w": 1},
            "software\\ACME\\Sub": {},
            "System\\ControlSet001\\Services": {"v": 2},
        }
    )

    assert find(tree, ("Software", "Acme", "Sub")) == EMPTY_KEY
    assert find(tree, ("System", "CurrentControlSet", "Services")) == key_from_written({"v": 2})
    assert sorted(find(tree, ("Software", "Acme")).values) == ["V", "W"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("there", "seen", "matches"),
    [
        (None, None, True),
        (None, {}, False),
        ({}, None, False),
        ({}, {}, True),
        ({"v": "a", "w": 1}, {"V": "a"}, True),
        ({"v": "a"}, {"v": "b"}, False),
        ({"v": "a"}, {"w": "a"}, False),
        ({"v": "a"}, {"w": None}, True),
        ({"v": "a"}, {"v": None}, False),
    ],
)
def test_observed_keys(
    there: dict[str, WrittenValue] | None,
    seen: dict[str, WrittenValue | None] | None,
    matches: bool,  # noqa: FBT001 - expected
) -> None:
    """A key is as observed if what was seen is there, and what was seen missing is not."""
    key = None if there is None else key_from_written(there)

    assert observed_matches(key, seen) is matches


def test_observations_in_words() -> None:
    """A message says of a key what was observed of it, and beside it what it holds."""
    seen: dict[str, WrittenValue | None] = {
        "": "text",
        "n": 7,
        "raw": RawValue("REG_BINARY", "00ff"),
        "gone": None,
    }
    key = key_from_written({"": "text", "n": 8, "raw": RawValue("REG_BINARY", "00fe")})

    assert described_seen(None) == described_key(None, seen) == "no such key"
    assert described_seen({}) == described_key(key, {}) == described_key(key, None)
    assert described_seen(seen) == (
        "(Default) = 'text', n = 7, raw = REG_BINARY 00ff, gone = no such value"
    )
    assert described_key(key, seen) == (
        "(Default) = 'text', n = 8, raw = type 3 00fe, gone = no such value"
    )
