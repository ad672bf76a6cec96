"""The input buffer of an add or a delete: bytes that hold one null-terminated Unicode string.

The size of the buffer counts bytes, terminator included (MsCS/
clusctl-resource-add-crypto-checkpoint). What becomes of any other bytes is not published (A8):
they are refused, or what can be repaired is repaired, or they are taken as they are.
"""

from dataclasses import dataclass
from enum import StrEnum

_ENCODING = "utf-16-le"
_LONE = "surrogatepass"
"""The error handler that keeps half a surrogate pair, which Windows does not mind, as it is."""

_UNIT = 2
"""The bytes of one UTF-16 unit."""

_TERMINATOR = b"\0\0"


class Flaw(StrEnum):
    """What can be wrong with the bytes of a string."""

    EMPTY = "there is no character before the terminator, or no buffer"
    ODD_SIZE = "the last byte is half a character"
    NOT_TERMINATED = "there is no terminator"
    CONTINUED = "something follows the terminator"
    LONE_SURROGATE = "there is half a surrogate pair"


_REPAIRABLE = frozenset({Flaw.ODD_SIZE, Flaw.NOT_TERMINATED, Flaw.CONTINUED})
"""Flaws at the end of the buffer: the string before them is whole."""


@dataclass(frozen=True, slots=True)
class InputString:
    """What a buffer holds: the text up to its terminator or its end, and its flaws."""

    text: str
    flaws: frozenset[Flaw] = frozenset()


def written_string(text: str) -> bytes:
    r"""The bytes of a string with its terminator.

    >>> written_string("A")
    b'A\x00\x00\x00'
    """
    return text.encode(_ENCODING, _LONE) + _TERMINATOR


def read_string(data: bytes) -> InputString:
    r"""What a program finds in a buffer that should hold one string.

    Args:
        data: the bytes of the buffer; none for a NULL pointer or the size 0.

    >>> read_string(b"A\0\0\0").text, sorted(flaw.name for flaw in read_string(b"A\0B").flaws)
    ('A', ['NOT_TERMINATED', 'ODD_SIZE'])
    """
    whole = data[: len(data) - len(data) % _UNIT]
    end = _terminator_in(whole)
    text = whole[:end].decode(_ENCODING, _LONE)
    found = {
        Flaw.EMPTY: not text,
        Flaw.ODD_SIZE: len(whole) != len(data),
        Flaw.NOT_TERMINATED: end is None,
        Flaw.CONTINUED: end is not None and end + _UNIT < len(whole),
        Flaw.LONE_SURROGATE: any("\ud800" <= one <= "\udfff" for one in text),
    }
    return InputString(text, frozenset(flaw for flaw, is_there in found.items() if is_there))


def _terminator_in(data: bytes) -> int | None:
    """The place of the first NUL character; a zero byte alone is half of another character."""
    places = range(0, len(data), _UNIT)
    return next((at for at in places if data[at : at + _UNIT] == _TERMINATOR), None)


def accepted_text(string: InputString, choice: str) -> str | None:
    r"""The text that a call goes on with, or None if it fails (A8).

    An empty string names nothing and cannot stand in a list, so no choice accepts it. What
    follows a whole string can be cut off, and a missing terminator supplied; half a surrogate
    pair cannot be mended.

    Args:
        string: what the buffer holds.
        choice: the choice of the reading for A8.

    >>> unterminated = read_string(b"A\0")
    >>> accepted_text(unterminated, "refused"), accepted_text(unterminated, "normalised")
    (None, 'A')
    """
    tolerated = {
        "refused": frozenset[Flaw](),
        "normalised": _REPAIRABLE,
        "stored-as-given": _REPAIRABLE | {Flaw.LONE_SURROGATE},
    }
    return string.text if string.flaws <= tolerated[choice] else None
