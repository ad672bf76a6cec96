"""Names of the registry and of cluster objects: compared without case, kept with it.

Windows compares registry key names after a simple, character by character upper-casing
(win32 SysInfo/structure-of-the-registry: names "are not case sensitive"). Full case folding
would be wrong: it equates `ß` with `ss`.
"""

from typing import NewType

Folded = NewType("Folded", str)
"""A name as it is compared."""

Path = tuple[str, ...]
"""The components of a registry path below HKEY_LOCAL_MACHINE, with their case."""

FoldedPath = tuple[Folded, ...]
"""The components of a registry path as they are compared."""

SEPARATOR = "\\"

MOST_LEVELS = 400
"""The most levels of a key that are followed; the registry itself has 512.

States are compared and hashed level by level, and Python's own depth of calls bounds that.
"""


class InvalidPath(ValueError):
    """A registry path that the control codes do not accept."""


def fold(name: str) -> Folded:
    """The form in which a name is compared.

    >>> fold("Software") == fold("SOFTWARE"), fold("straße") == fold("STRASSE")
    (True, False)
    """
    if name.isascii():
        return Folded(name.upper())
    return Folded("".join(upper if len(upper := one.upper()) == 1 else one for one in name))


def fold_path(path: Path) -> FoldedPath:
    """The form in which a path is compared.

    >>> fold_path(("Software", "Acme"))
    ('SOFTWARE', 'ACME')
    """
    return tuple(fold(component) for component in path)


def parse_path(text: str) -> Path:
    r"""The components of a path relative to HKEY_LOCAL_MACHINE.

    Raises:
        InvalidPath: for an empty path, an empty component (a leading, trailing or doubled
            backslash) or a NUL (CKPT-ADD-REGISTRY, A7, A8).

    >>> parse_path("Software\\Acme")
    ('Software', 'Acme')
    """
    components = tuple(text.split(SEPARATOR))
    if not all(components):
        message = (
            f"{text!r} is not a path relative to HKEY_LOCAL_MACHINE: it must not be empty and "
            "must have no leading, trailing or doubled backslash"
        )
        raise InvalidPath(message)
    if "\0" in text:
        message = f"{text!r} contains a NUL character"
        raise InvalidPath(message)
    return components


def join_path(path: Path) -> str:
    r"""The text of a path.

    >>> join_path(("Software", "Acme"))
    'Software\\Acme'
    """
    return SEPARATOR.join(path)


def lies_under(root: FoldedPath, key: FoldedPath) -> bool:
    """Whether `key` is `root` itself or lies somewhere below it.

    >>> root = fold_path(("Software", "Acme"))
    >>> [lies_under(root, key) for key in (root, (*root, root[0]), root[:1])]
    [True, True, False]
    """
    return key[: len(root)] == root


def overlap(one: FoldedPath, other: FoldedPath) -> bool:
    """Whether the trees under two roots share a key: one root then lies under the other.

    >>> acme, inner, other = (fold_path(path) for path in (("A",), ("A", "B"), ("AB",)))
    >>> overlap(inner, acme), overlap(acme, other)
    (True, False)
    """
    return lies_under(one, other) or lies_under(other, one)
