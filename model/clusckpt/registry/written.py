"""From registry contents as the formats write them to trees, and back to comparisons."""

from clusckpt.names import fold, parse_path
from clusckpt.registry.tree import EMPTY_KEY, RegistryKey, Value, find, put_key
from clusckpt.registry.views import canonical
from clusckpt_spec.formats.values import (
    RawValue,
    RegistryType,
    WrittenKey,
    WrittenTree,
    WrittenValue,
)

_DWORD_BYTES = 4


def value_of(name: str, written: WrittenValue) -> Value:
    r"""The value that a trace writes: text is REG_SZ, a whole number is REG_DWORD.

    Raises:
        ValueError: for a number outside 0..2**32-1, an unknown type or text that is no hex.

    >>> value_of("Port", 80).content
    b'P\x00\x00\x00'
    """
    if isinstance(written, str):
        content = (written + "\0").encode("utf-16-le", "surrogatepass")
        return Value(name, RegistryType.REG_SZ, content)
    if isinstance(written, RawValue):
        return Value(name, _type_number(written.type), bytes.fromhex(written.hex))
    if not 0 <= written < 1 << 32:
        message = f"{written} does not fit a REG_DWORD; allowed: 0 to {(1 << 32) - 1}"
        raise ValueError(message)
    return Value(name, RegistryType.REG_DWORD, written.to_bytes(_DWORD_BYTES, "little"))


def key_from_written(written: WrittenKey) -> RegistryKey:
    """A key without subkeys that holds the written values.

    Raises:
        ValueError: as `value_of`.

    >>> sorted(key_from_written({"Port": 80, "Name": "web"}).values)
    ['NAME', 'PORT']
    """
    key = EMPTY_KEY
    for name, value in written.items():
        key = key.with_value(value_of(name, value))
    return key


def tree_from_written(written: WrittenTree) -> RegistryKey:
    r"""The tree that has the written keys and the keys above them.

    Raises:
        InvalidPath: for a key that no path can name.
        ValueError: as `value_of`.

    >>> tree = tree_from_written({"Software\\Acme": {"Port": 80}})
    >>> find(tree, ("Software", "Acme")) == key_from_written({"Port": 80})
    True
    """
    tree = EMPTY_KEY
    for text, values in written.items():
        path = canonical(parse_path(text))
        there = find(tree, path) or EMPTY_KEY
        tree = put_key(tree, path, there.with_values_of(key_from_written(values)))
    return tree


def observed_matches(key: RegistryKey | None, seen: dict[str, WrittenValue | None] | None) -> bool:
    """Whether a key is as observed: named values as seen, values seen to be absent not there.

    Args:
        key: the key as it is, or None if there is none.
        seen: the values that were looked at, or None if there was no such key.

    >>> key = key_from_written({"Port": 80, "Name": "web"})
    >>> observed_matches(key, {"port": 80, "Path": None}), observed_matches(key, {"port": 81})
    (True, False)
    """
    if seen is None or key is None:
        return seen is None and key is None
    for name, written in seen.items():
        value = key.values.get(fold(name))
        if written is None:
            if value is not None:
                return False
            continue
        expected = value_of(name, written)
        if value is None or (value.type, value.content) != (expected.type, expected.content):
            return False
    return True


def _type_number(text: str) -> int:
    if text in RegistryType.__members__:
        return RegistryType[text].value
    if text.isascii() and text.isdigit():
        return int(text)
    message = f"{text!r} is not a registry type; allowed: {', '.join(RegistryType.__members__)}"
    raise ValueError(message)


def described_seen(seen: dict[str, WrittenValue | None] | None) -> str:
    """What was observed of a key, for a message.

    >>> described_seen({"Port": 80, "Path": None}), described_seen(None)
    ('Port = 80, Path = no such value', 'no such key')
    """
    if seen is None:
        return "no such key"
    shown = [f"{name or '(Default)'} = {_shown(value)}" for name, value in seen.items()]
    return ", ".join(shown) or "the key exists"


def described_key(key: RegistryKey | None, seen: dict[str, WrittenValue | None] | None) -> str:
    """What a key holds of the values that were observed, for a message beside `described_seen`.

    >>> described_key(key_from_written({"Port": 81}), {"Port": 80, "Path": None})
    'Port = 81, Path = no such value'
    """
    if key is None:
        return "no such key"
    if not seen:
        return "the key exists"
    values = {name: key.values.get(fold(name)) for name in seen}
    shown = [f"{name or '(Default)'} = {_shown_value(value)}" for name, value in values.items()]
    return ", ".join(shown)


def _shown(written: WrittenValue | None) -> str:
    if written is None:
        return "no such value"
    return f"{written.type} {written.hex}" if isinstance(written, RawValue) else repr(written)


def _shown_value(value: Value | None) -> str:
    if value is None:
        return "no such value"
    if value.type == RegistryType.REG_DWORD and len(value.content) == _DWORD_BYTES:
        return str(int.from_bytes(value.content, "little"))
    text = value.content.decode("utf-16-le", "replace")
    if value.type == RegistryType.REG_SZ and text.endswith("\0"):
        return repr(text[:-1])
    return f"type {value.type} {value.content.hex()}"
