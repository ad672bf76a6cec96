r"""Where a key lies: the one path that stands for all the paths under which it can be named.

A key can have several names for two reasons. On a 64-bit Windows a 32-bit program sees, under
`Software`, keys that lie under `Software\Wow6432Node` ([MS-RRP] 3.1.1.4), except those that both
views share. And `System\CurrentControlSet` is a link to the control set in use.

Two things are assumed, because checkpoint roots name one key on every node: the first control
set is the current one, and what `Wow6432Node` itself holds at the place of a shared key is a key
like any other. A path that leads through `Wow6432Node` is never redirected a second time.
"""

from clusckpt.names import Path, fold_path
from clusckpt.registry.shared_keys import is_shared
from clusckpt_spec.formats.cluster import Platform, View

ALTERNATE = "Wow6432Node"
"""The subkey of Software that holds the 32-bit view."""

CURRENT_CONTROL_SET = "CurrentControlSet"
"""The subkey of System that is a link to the control set in use."""

_ALTERNATE_KEY = fold_path(("Software", ALTERNATE))


def canonical(
    path: Path, view: View = "native", *, platform: Platform = "x64", current_set: int = 1
) -> Path:
    r"""The path under which the model keeps a key.

    Args:
        path: the key as it is named.
        view: the view in which it is named.
        platform: on x86 there is no other view, and every view is the native one.
        current_set: the number of the control set that is in use.

    >>> canonical(("Software", "Acme"), "32")
    ('Software', 'Wow6432Node', 'Acme')
    >>> canonical(("SYSTEM", "ControlSet001", "Services"))
    ('SYSTEM', 'CurrentControlSet', 'Services')
    """
    if view == "32" and platform == "x64":
        path = _redirected(path)
    return _in_current_control_set(path, current_set)


def in_32bit_view(path: Path) -> Path:
    """Where a key of the 32-bit view lies on a 64-bit Windows ([MS-RRP] 3.1.1.4).

    >>> in_32bit_view(("Software", "Acme")), in_32bit_view(("System", "Setup"))
    (('Software', 'Wow6432Node', 'Acme'), ('System', 'Setup'))
    """
    return canonical(path, "32")


def _redirected(path: Path) -> Path:
    """Put a key of the 32-bit view below Wow6432Node, unless it is there or is shared."""
    folded = fold_path(path)
    if folded[:2] == _ALTERNATE_KEY or is_shared(folded):
        return path
    return (path[0], ALTERNATE, *path[1:])


def _in_current_control_set(path: Path, current_set: int) -> Path:
    """Name a key of the control set in use by way of the link to it."""
    current = fold_path(("System", f"ControlSet{current_set:03d}"))
    if fold_path(path[:2]) != current:
        return path
    return (path[0], CURRENT_CONTROL_SET, *path[2:])
