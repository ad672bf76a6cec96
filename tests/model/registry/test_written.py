"""Values of every registry type are kept with all their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.registry import EMPTY_KEY, observed_matches, value_of
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
