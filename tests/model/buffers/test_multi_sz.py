"""MULTI_SZ: lists to bytes and back, and bytes that are no list."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.buffers import Ending, MalformedList, decoded, encoded, size_of

strings = st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1))
endings = st.sampled_from(Ending)


def whole(listed: list[str]) -> list[str]:
    """The strings with surrogates put together where two make a pair."""
    return [
        one.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        for one in listed
    ]


@given(strings, endings)
def test_an_encoded_list_is_decoded(listed: list[str], ending: Ending) -> None:
    """Decoding gives back the strings of a list, in their order."""
    assert list(decoded(encoded(listed, ending), ending)) == whole(listed)


@given(st.binary(max_size=24), endings)
def test_decoded_bytes_are_encoded(data: bytes, ending: Ending) -> None:
    """Bytes either are no list, or are those of the list that they hold, or an empty list's."""
    try:
        listed = decoded(data, ending)
    except MalformedList:
        return

    assert encoded(listed, ending) == data or (not listed and set(data) <= {0})


@given(strings, endings, st.randoms(use_true_random=False))
def test_the_size_does_not_depend_on_the_order(
    listed: list[str], ending: Ending, order: random.Random
) -> None:
    """A list takes as many bytes in any order: two for each character and each terminator."""
    shuffled = order.sample(listed, len(listed))
    characters = sum(len(one.encode("utf-16-le", "surrogatepass")) // 2 + 1 for one in listed)

    assert size_of(shuffled, ending) == size_of(listed, ending)
    assert size_of(listed, ending) == 2 * (characters + (ending is Ending.DOUBLE))


def test_the_two_endings() -> None:
    """The double terminator ends the last string and the list; the single one only the string."""
    assert encoded(["A"], Ending.DOUBLE) == b"A\0\0\0\0\0"
    assert encoded(["A"], Ending.SINGLE) == b"A\0\0\0"


@pytest.mark.parametrize("size", [0, 2, 4])
@pytest.mark.parametrize("ending", Ending)
def test_the_forms_of_an_empty_list(size: int, ending: Ending) -> None:
    """No bytes, one terminator and two terminators are all an empty list."""
    assert decoded(bytes(size), ending) == ()


@pytest.mark.parametrize(
    ("data", "ending", "message"),
    [
        (b"A\0\0", Ending.DOUBLE, "3 bytes are not a whole number of characters"),
        (b"A\0\0\0", Ending.DOUBLE, "the bytes do not end with 2 terminators"),
        (b"A\0", Ending.SINGLE, "the bytes do not end with 1 terminators"),
        (b"A\0\0\0\0\0", Ending.SINGLE, "an empty string stands before the end of the list"),
        (
            b"A\0\0\0\0\0B\0\0\0\0\0",
            Ending.DOUBLE,
            "an empty string stands before the end of the list",
        ),
        (bytes(6), Ending.DOUBLE, "an empty string stands before the end of the list"),
    ],
)
def test_malformed_lists(data: bytes, ending: Ending, message: str) -> None:
    """Bytes that are no list are refused with the reason."""
    with pytest.raises(MalformedList) as raised:
        decoded(data, ending)

    assert str(raised.value) == message


@pytest.mark.parametrize("bad", ["", "A\0B"])
def test_strings_that_no_list_can_hold(bad: str) -> None:
    """An empty string and one with a NUL would be taken for an end."""
    with pytest.raises(MalformedList) as raised:
        encoded(["A", bad])

    assert str(raised.value) == f"{bad!r} cannot stand in a list: its end would not be found"
