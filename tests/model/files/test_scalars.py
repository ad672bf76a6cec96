"""Single values are passed on only if every format and every report can hold them."""

import math

import pytest

from clusckpt.files.errors import UnusableInput
from clusckpt.files.scalars import allowed_integer, checked_number, checked_text


@pytest.mark.parametrize("number", [0, -(2**63), 2**64 - 1, 2.5, -0.0])
def test_allowed_numbers(number: float) -> None:
    """Finite numbers that fit 64 bits are passed on."""
    assert checked_number(number, str(number), "a.json", 1) == number


@pytest.mark.parametrize("number", [-(2**63) - 1, 2**64, math.inf, -math.inf, math.nan])
def test_refused_numbers(number: float) -> None:
    """Other numbers are refused as they were written."""
    with pytest.raises(UnusableInput) as refused:
        checked_number(number, "1e999", "a.json", 4)

    assert str(refused.value) == (
        'a.json:4: got the number "1e999"; allowed: finite numbers; '
        "whole numbers from -9223372036854775808 to 18446744073709551615; "
        "next: correct the number, or write text in double quotes"
    )


def test_allowed_integer() -> None:
    """Both ends of the range belong to it."""
    assert allowed_integer(2**64 - 1)
    assert not allowed_integer(2**64)


def test_text() -> None:
    """Complete characters are passed on, half a surrogate pair is refused."""
    with pytest.raises(UnusableInput) as refused:
        checked_text("a\ud800", "a.json", 2)

    assert checked_text("ä\N{GRINNING FACE}", "a.json", 2) == "ä\N{GRINNING FACE}"
    assert str(refused.value) == (
        r'a.json:2: got half of a surrogate pair in "a\ud800"; '
        r"allowed: text of complete Unicode characters; "
        r"next: correct the escape \uD800 to \uDFFF that has no partner"
    )
