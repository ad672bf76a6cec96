r"""Names and paths: compared without case; a path is relative to HKEY_LOCAL_MACHINE.

Not here: the keys that the 32-bit view shares with the native one, and the link
`System\CurrentControlSet`.
"""

from typing import Final

SEPARATOR: Final = "\\"
LONGEST_KEY_NAME: Final = 255
MOST_LEVELS: Final = 512
_HIVES: Final = ("HKLM", "HKEY_LOCAL_MACHINE")


def fold(name: str) -> str:
    """The form in which a name is compared: upper case, character by character.

    >>> fold("Software"), fold("straße")
    ('SOFTWARE', 'STRAßE')
    """
    return "".join(upper if len(upper := one.upper()) == 1 else one for one in name)


def length(name: str) -> int:
    """The length of a name in the characters that Windows counts, two bytes each.

    >>> length("Acme"), length("😀")
    (4, 2)
    """
    return len(name.encode("utf-16-le", "surrogatepass")) // 2


def is_key(text: str) -> bool:
    r"""Whether a text can name a registry key.

    >>> is_key("Software\\Acme"), is_key("\\Software"), is_key("Software\\\\Acme")
    (True, False, False)
    """
    parts = text.split(SEPARATOR)
    fits = all(0 < length(part) <= LONGEST_KEY_NAME for part in parts)
    return fits and len(parts) <= MOST_LEVELS and "\0" not in text


def is_root(text: str) -> bool:
    r"""Whether a text can name the root of a checkpoint: a key, without its hive before it.

    >>> is_root("Software\\Acme"), is_root("HKLM\\Software\\Acme")
    (True, False)
    """
    return is_key(text) and fold(text.partition(SEPARATOR)[0]) not in _HIVES


def located(key: str, view: str, platform: str) -> str:
    r"""Where a key lies that is named in a view: on x64, the 32-bit one has a place of its own.

    >>> located("Software\\Acme", "32", "x64")
    'Software\\Wow6432Node\\Acme'
    >>> located("Software\\Acme", "32", "x86"), located("System\\Acme", "32", "x64")
    ('Software\\Acme', 'System\\Acme')
    """
    if view != "32" or platform != "x64" or not lies_under("SOFTWARE", fold(key)):
        return key
    if lies_under("SOFTWARE\\WOW6432NODE", fold(key)):
        return key
    first, *below = key.split(SEPARATOR)
    return SEPARATOR.join((first, "Wow6432Node", *below))


def lies_under(root: str, key: str) -> bool:
    r"""Whether a folded key is a root itself or lies below it.

    >>> lies_under("A", "A\\B"), lies_under("A", "AB")
    (True, False)
    """
    return key == root or key.startswith(root + SEPARATOR)


def overlap(one: str, other: str) -> bool:
    r"""Whether two trees, by their folded roots, have a key in common.

    >>> overlap("A\\B", "A"), overlap("A\\B", "A\\C")
    (True, False)
    """
    return lies_under(one, other) or lies_under(other, one)
