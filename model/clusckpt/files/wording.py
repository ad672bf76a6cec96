"""How messages show what stood in a file: on one line, short, and with nothing hidden in it."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

SHOWN_CHARACTERS = 80
SHOWN_NAMES = 12
COMPARED_NAMES = 1000


def escaped(text: str) -> str:
    r"""Write out every character that would not print, such as a line break or a bidi override.

    >>> print(escaped("a\nb"))
    a\u000ab
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def cut(text: str) -> str:
    """Escape text and keep its first 80 characters, so that no message grows with its input.

    >>> len(cut("name" * 1000))
    81
    """
    if len(text) <= SHOWN_CHARACTERS:
        return escaped(text)
    return f"{escaped(text[:SHOWN_CHARACTERS])}…"


def quoted(text: str) -> str:
    r"""Put text in double quotes, cut after 80 characters; backslashes stay single.

    >>> print(quoted("Software\\Example"))
    "Software\Example"
    """
    size = f" ({len(text)} characters)" if len(text) > SHOWN_CHARACTERS else ""
    return f'"{cut(text)}"{size}'


def shown(value: object) -> str:
    """Show one value of a document; lists and objects only by their size.

    >>> print(shown(None), shown(True), shown(["a", "b"]))
    null true a list of 2
    """
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return f"an object with {len(value)} fields"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def listed(names: Iterable[str]) -> str:
    """List the names that were possible, at most twelve of them.

    >>> print(listed(["N1", "N2"]))
    "N1", "N2"
    """
    every = list(names)
    first = ", ".join(quoted(name) for name in every[:SHOWN_NAMES])
    rest = len(every) - SHOWN_NAMES
    return f"{first} and {rest} more" if rest > 0 else first or "none"


def closest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that was probably meant, if one is close.

    >>> closest("OnlineClusterResourse", ["OnlineClusterResource", "NodeCrash"])
    'OnlineClusterResource'
    """
    if len(name) > SHOWN_CHARACTERS:
        return None
    by_small_letters = {candidate.lower(): candidate for candidate in islice(known, COMPARED_NAMES)}
    matches = get_close_matches(name.lower(), by_small_letters, n=1, cutoff=0.75)
    return by_small_letters[matches[0]] if matches else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Advise the closest known name, or what else to do."""
    meant = closest(name, known)
    return f"write {quoted(meant)} if you meant that" if meant is not None else otherwise
