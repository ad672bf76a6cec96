"""Input buffers: what bytes hold, what is wrong with them, and which of them a call accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.buffers import Flaw, InputString, accepted_text, read_string, written_string

CHOICES = ("refused", "normalised", "stored-as-given")
PATH = "Software\\Acme"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
units = st.lists(st.integers(1, 0xFFFF), min_size=1)
"""UTF-16 units in any order, with surrogates alone or in pairs, and without a NUL."""


def as_bytes(given_units: list[int]) -> bytes:
    """The bytes of UTF-16 units."""
    return b"".join(unit.to_bytes(2, "little") for unit in given_units)


@given(texts)
def test_a_written_string_is_read_without_flaw(text: str) -> None:
    """What is written as a string with its terminator is read as that string, and is accepted."""
    string = read_string(written_string(text))

    assert string == InputString(text)
    assert {accepted_text(string, choice) for choice in CHOICES} == {text}


@given(units)
def test_a_terminated_string_is_written_as_it_was(given_units: list[int]) -> None:
    """Whatever characters come before a terminator, writing them gives the same bytes."""
    data = as_bytes([*given_units, 0])

    assert written_string(read_string(data).text) == data


@given(st.binary(max_size=40))
def test_any_bytes_are_read(data: bytes) -> None:
    """Any bytes have a text without a NUL; only those without a flaw pass every choice."""
    string = read_string(data)

    assert "\0" not in string.text
    assert (written_string(string.text) == data and bool(string.text)) or string.flaws
    assert (accepted_text(string, "refused") is None) == bool(string.flaws)


def test_the_documented_size_counts_the_terminator() -> None:
    """The bytes of a string are those of its characters and of one more."""
    assert len(written_string(PATH)) == (len(PATH) + 1) * 2


@pytest.mark.parametrize(
    ("data", "text", "flaws"),
    [
        (b"", "", {Flaw.EMPTY, Flaw.NOT_TERMINATED}),
        (b"\0\0", "", {Flaw.EMPTY}),
        (b"\0", "", {Flaw.EMPTY, Flaw.ODD_SIZE, Flaw.NOT_TERMINATED}),
        (b"A\0", "A", {Flaw.NOT_TERMINATED}),
        (b"A\0\0\0\0", "A", {Flaw.ODD_SIZE}),
        (b"A\0\0", "A", {Flaw.ODD_SIZE, Flaw.NOT_TERMINATED}),
        (b"A\0\0\0B\0\0\0", "A", {Flaw.CONTINUED}),
        (b"A\0\0\0\0\0", "A", {Flaw.CONTINUED}),
        (b"\0\0A\0\0\0", "", {Flaw.EMPTY, Flaw.CONTINUED}),
        (b"\x00\xd8\0\0", "\ud800", {Flaw.LONE_SURROGATE}),
        (b"\x00\xdc\0\0", "\udc00", {Flaw.LONE_SURROGATE}),
        (b"\x00\x41\x00\x42\0\0", "\u4100\u4200", set()),
    ],
)
def test_flaws(data: bytes, text: str, flaws: set[Flaw]) -> None:
    """Each way to spoil the bytes of a string is told apart; a zero byte alone ends nothing."""
    assert read_string(data) == InputString(text, frozenset(flaws))


@pytest.mark.parametrize(
    ("data", "refused", "normalised", "stored"),
    [
        (b"", None, None, None),
        (b"\0\0", None, None, None),
        (b"A\0", None, "A", "A"),
        (b"A\0\0\0\0", None, "A", "A"),
        (b"A\0\0\0B\0\0\0", None, "A", "A"),
        (b"\x00\xd8\0\0", None, None, "\ud800"),
    ],
)
def test_what_each_choice_accepts(
    data: bytes, refused: str | None, normalised: str | None, stored: str | None
) -> None:
    """Refused takes no flaw, normalised those at the end, as given all but an empty string (A8)."""
    string = read_string(data)

    assert [accepted_text(string, choice) for choice in CHOICES] == [refused, normalised, stored]
