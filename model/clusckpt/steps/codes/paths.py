r"""Registry paths as the control codes take them: relative to HKEY_LOCAL_MACHINE.

A leading backslash makes the call fail, or is removed (A7). Of other malformed paths (a trailing
or doubled backslash, a prefix that names the hive) nothing is published: they are refused,
repaired or taken without a check (A8). A path that no registry key can have, because a component
or the whole is too long, makes the call fail.
"""

from dataclasses import dataclass, replace

from clusckpt.buffers import accepted_text, read_string
from clusckpt.names import SEPARATOR, Path, fold, join_path
from clusckpt.registry import key_fits
from clusckpt.rules import Rulebook
from clusckpt_spec.ambiguities import AmbiguityID

_HIVE = frozenset({fold("HKLM"), fold("HKEY_LOCAL_MACHINE")})


@dataclass(frozen=True, slots=True)
class RegistryPath:
    """A path that a code accepted.

    `text` is what joins the list; of a path that is taken without a check, nobody looks whether
    its key is there.
    """

    text: str
    path: Path
    is_checked: bool = True


def registry_path(rules: Rulebook, data: bytes) -> RegistryPath | None:
    r"""The path in an input buffer, or None if the call fails.

    Args:
        rules: decides A7 and A8.
        data: the bytes of the buffer.

    >>> from clusckpt.buffers import written_string
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> registry_path(MSCS_PAGE_RULES, written_string("\\Software\\Acme")) is None
    True
    """
    text = accepted_text(read_string(data), rules.reading[AmbiguityID.A8])
    if text is not None and text.startswith(SEPARATOR):
        stripped = rules.chooses(AmbiguityID.A7, "stripped")
        text = text.removeprefix(SEPARATOR) if stripped else None
    if not text:
        return None
    found = _well_formed(RegistryPath(text, tuple(text.split(SEPARATOR))), rules)
    return found if found is not None and key_fits(found.path) else None


def _well_formed(found: RegistryPath, rules: Rulebook) -> RegistryPath | None:
    """The path if nothing is wrong with it, or what A8 makes of it."""
    normal = _normalised(found.path)
    if normal == found.path:
        return found
    choice = rules.reading[AmbiguityID.A8]
    if choice == "stored-as-given":
        return replace(found, is_checked=False)
    return RegistryPath(join_path(normal), normal) if choice == "normalised" and normal else None


def _normalised(path: Path) -> Path:
    """A path without empty components and without the name of the hive before it."""
    named = tuple(component for component in path if component)
    return named[1:] if named and fold(named[0]) in _HIVE else named
