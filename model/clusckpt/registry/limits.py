"""How large names, trees and values can be (win32 SysInfo/registry-element-size-limits).

A file is refused when it names a key of more than `names.MOST_LEVELS` levels, which is fewer than
the registry has; what is here is what a call may do.
"""

from clusckpt.names import Path, fold
from clusckpt.registry.tree import RegistryKey, Value

LONGEST_KEY_NAME = 255
"""The most characters of the name of a key."""

LONGEST_VALUE_NAME = 16_383
"""The most characters of the name of a value."""

MOST_REGISTRY_LEVELS = 512
"""The most levels of keys, one below the other."""

MOST_LEVELS_AT_ONCE = 32
"""The most levels that one call can create."""

MOST_BYTES_IN_STANDARD_FORMAT = 1 << 20
"""The most bytes of a value in the standard format; in the latest, memory is the limit."""


def key_fits(path: Path) -> bool:
    """Whether a key can exist at a path.

    >>> key_fits(("Software", "x" * 255)), key_fits(("Software", "x" * 256))
    (True, False)
    """
    names_fit = all(_characters(name) <= LONGEST_KEY_NAME for name in path)
    return names_fit and len(path) <= MOST_REGISTRY_LEVELS


def value_name_fits(name: str) -> bool:
    """Whether a value can have a name.

    >>> value_name_fits("v" * 16_383), value_name_fits("v" * 16_384)
    (True, False)
    """
    return _characters(name) <= LONGEST_VALUE_NAME


def content_fits_everywhere(value: Value) -> bool:
    """Whether a registry in the standard format, too, can hold the content of a value.

    >>> content_fits_everywhere(Value("v", 3, bytes(1 << 20)))
    True
    >>> content_fits_everywhere(Value("v", 3, bytes((1 << 20) + 1)))
    False
    """
    return len(value.content) <= MOST_BYTES_IN_STANDARD_FORMAT


def missing_levels(tree: RegistryKey, path: Path) -> int:
    """How many keys must be created for the one at a path to exist.

    >>> missing_levels(RegistryKey(), ("Software", "Acme"))
    2
    """
    there = 0
    for component in path:
        entry = tree.subkeys.get(fold(component))
        if entry is None:
            break
        tree, there = entry[1], there + 1
    return len(path) - there


def _characters(name: str) -> int:
    """The length of a name as the registry counts it, in characters of two bytes."""
    return len(name.encode("utf-16-le", "surrogatepass")) // 2
