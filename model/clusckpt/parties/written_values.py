"""Registry values of the model as the formats write them: the reverse of `registry.written`."""

from collections.abc import Iterable

from clusckpt.names import fold
from clusckpt.registry import RegistryKey
from clusckpt.registry.tree import Value
from clusckpt_spec.formats.trace import ObservedKey
from clusckpt_spec.formats.values import RawValue, RegistryType, WrittenValue

_DWORD_BYTES = 4


def written_value(value: Value) -> WrittenValue:
    """Write a value as text or a number where that says all of it, and raw otherwise.

    >>> from clusckpt.registry.written import value_of
    >>> written_value(value_of("Port", 80)), written_value(value_of("Name", "web"))
    (80, 'web')
    """
    if value.type == RegistryType.REG_DWORD and len(value.content) == _DWORD_BYTES:
        return int.from_bytes(value.content, "little")
    text = _text(value.content) if value.type == RegistryType.REG_SZ else None
    return RawValue(RegistryType(value.type).name, value.content.hex()) if text is None else text


def written_key(key: RegistryKey | None, names: Iterable[str]) -> ObservedKey:
    """Write the named values of a key; null for one that is not there, or for a missing key.

    >>> from clusckpt.registry.written import key_from_written
    >>> written_key(key_from_written({"Port": 80}), ("port", "Name"))
    {'port': 80, 'Name': None}
    """
    if key is None:
        return None
    found = ((name, key.values.get(fold(name))) for name in names)
    return {name: None if value is None else written_value(value) for name, value in found}


def _text(content: bytes) -> str | None:
    """The text of a string that ends with one terminator, if it is well-formed UTF-16."""
    try:
        text = content.decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return text[:-1] if text.endswith("\0") else None
