"""Single values of JSON and YAML: which numbers and texts a document may hold."""

import math
import re

from clusckpt.files.errors import UnusableInput
from clusckpt.files.wording import quoted

Scalar = str | int | float | bool | None

SMALLEST = -(2**63)
LARGEST = 2**64 - 1
LONGEST_NUMBER = 40
"""Characters; longer numbers are refused before anything is computed from them."""

SURROGATE = re.compile("[\ud800-\udfff]")


def allowed_integer(number: int) -> bool:
    """Whether a whole number fits 64 bits, signed or unsigned."""
    return SMALLEST <= number <= LARGEST


def checked_number(number: float, written: str, path: str, line: int) -> int | float:
    """Pass a number on if it is finite and fits 64 bits.

    Raises:
        UnusableInput: It is not.
    """
    if isinstance(number, int):
        if allowed_integer(number):
            return number
    elif math.isfinite(number):
        return number
    raise refused_number(written, path, line)


def refused_number(written: str, path: str, line: int) -> UnusableInput:
    """Give the exception for a number that no format has a use for."""
    return UnusableInput(
        path,
        line,
        f"the number {quoted(written)}",
        f"finite numbers; whole numbers from {SMALLEST} to {LARGEST}",
        "correct the number, or write text in double quotes",
    )


def checked_text(text: str, path: str, line: int) -> str:
    """Pass text on if every character in it can be written out again.

    Raises:
        UnusableInput: Half of a surrogate pair stands alone.
    """
    if not text.isascii() and SURROGATE.search(text):
        raise UnusableInput(
            path,
            line,
            f"half of a surrogate pair in {quoted(text)}",
            "text of complete Unicode characters",
            "correct the escape \\uD800 to \\uDFFF that has no partner",
        )
    return text
