r"""How checkpoints and keys are written, before anybody asks whether they exist.

A registry key is relative to HKEY_LOCAL_MACHINE and has no leading backslash (rule
CKPT-ADD-REGISTRY: "Do not use a leading backslash … or the call will fail"). A crypto
checkpoint is `Type\Name\Key`: a decimal provider type, a provider name that may be empty, and
the container, which is everything after the second backslash (A21).
"""

import re

from clusckpt.files.sources import Fault
from clusckpt.files.wording import quoted
from clusckpt.names import MOST_LEVELS

_HIVE_PREFIX = re.compile(r"(?:HKLM|HKEY_LOCAL_MACHINE)(?:\\|\Z)", re.IGNORECASE)
CONTROL_CHARACTER = re.compile("[\x00-\x1f\x7f]")
WRITE_BACKSLASHES = "write each backslash twice in JSON and in double quotes, once elsewhere"

_DECIMAL = re.compile("[0-9]+")
_KEY_ALLOWED = r"a key below HKEY_LOCAL_MACHINE such as Software\Example"
_CRYPTO_EXAMPLE = (
    r"write it like 1\Microsoft Base Cryptographic Provider v1.0\MyKey; Name may be empty"
)


def key_fault(key: str) -> Fault | None:
    r"""Find what is wrong with the way a registry key is written; None if nothing is.

    >>> print(key_fault(r"\Software\Example").came)
    the key "\Software\Example" with a leading backslash
    >>> key_fault(r"Software\Example") is None
    True
    """
    if key == "":
        return Fault("an empty key", _KEY_ALLOWED, "write the key that is meant")
    if key.startswith("\\"):
        return Fault(
            f"the key {quoted(key)} with a leading backslash",
            f"{_KEY_ALLOWED} (CKPT-ADD-REGISTRY: Do not use a leading backslash)",
            f"write {quoted(key.lstrip(chr(92)))}",
        )
    if CONTROL_CHARACTER.search(key):
        return Fault(
            f"the key {quoted(key)} with a control character in it",
            f"{_KEY_ALLOWED}, of printable characters (SysInfo/structure-of-the-registry)",
            WRITE_BACKSLASHES,
        )
    if "" in key.split("\\"):
        return Fault(
            f"the key {quoted(key)} with an empty component",
            f"{_KEY_ALLOWED}; nothing is published about others (A8)",
            "remove the trailing or the doubled backslash",
        )
    if prefix := _HIVE_PREFIX.match(key):
        return Fault(
            f"the key {quoted(key)} that names the hive",
            f"{_KEY_ALLOWED}, without the hive (CKPT-ADD-REGISTRY, A8)",
            f"remove {quoted(prefix.group())} from the key",
        )
    return _level_fault(key)


def _level_fault(key: str) -> Fault | None:
    levels = key.count("\\") + 1
    if levels <= MOST_LEVELS:
        return None
    return Fault(
        f"a key of {levels} levels",
        f"{_KEY_ALLOWED}, of at most {MOST_LEVELS} levels",
        "leave it out: no more levels are followed",
    )


def crypto_fault(container: str, called: str = "crypto checkpoint") -> Fault | None:
    r"""Find what is wrong with the way a crypto checkpoint is written; None if nothing is.

    Args:
        container: The string `Type\Name\Key`.
        called: What the message calls it.

    >>> crypto_fault(r"1\\MyKey") is None
    True
    >>> print(crypto_fault(r"PROV_RSA_FULL\\MyKey").came)
    the crypto checkpoint "PROV_RSA_FULL\\MyKey"
    """
    provider_type, _, rest = container.partition("\\")
    key = rest.partition("\\")[2]
    hidden = CONTROL_CHARACTER.search(container)
    if _DECIMAL.fullmatch(provider_type) and key and not hidden:
        return None
    return Fault(
        f"the {called} {quoted(container)}",
        r"Type\Name\Key with a decimal provider type (CKPT-ADD-CRYPTO)",
        WRITE_BACKSLASHES if hidden else _CRYPTO_EXAMPLE,
    )
