"""Keys that cannot have another name, because the system looks for them under theirs."""

import re

from clusckpt.names import FoldedPath, fold, fold_path
from clusckpt.registry import ALTERNATE, CURRENT_CONTROL_SET, REDIRECTED_KEYS, SHARED_KEYS

_CONTROL_SET = re.compile("CONTROLSET[0-9]{3}")

_SYSTEM_KEYS: frozenset[FoldedPath] = (
    SHARED_KEYS
    | REDIRECTED_KEYS
    | frozenset(
        {
            fold_path(("System", CURRENT_CONTROL_SET)),
            fold_path(("System", CURRENT_CONTROL_SET, "Services")),
        }
    )
)
"""The keys with a name that the system looks for, besides those at the top.

Of `Software` these are the keys of the published table of shared keys.
"""


def is_system_key(key: FoldedPath) -> bool:
    """Whether the system looks for a key under its name, in either view and any control set.

    >>> is_system_key(("SYSTEM", "CONTROLSET002", "SERVICES")), is_system_key(("SOFTWARE", "X"))
    (True, False)
    """
    if key[:2] == fold_path(("Software", ALTERNATE)):
        return (key[0], *key[2:]) in _SYSTEM_KEYS
    if key[:1] == fold_path(("System",)) and _CONTROL_SET.fullmatch("".join(key[1:2])):
        return (key[0], fold(CURRENT_CONTROL_SET), *key[2:]) in _SYSTEM_KEYS
    return key in _SYSTEM_KEYS
