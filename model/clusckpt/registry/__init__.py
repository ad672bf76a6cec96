"""The registry of a node: an immutable tree of keys with typed values."""

from clusckpt.registry.tree import (
    EMPTY_KEY,
    RegistryKey,
    Value,
    delete_key,
    find,
    put_key,
    walk,
)
from clusckpt.registry.written import (
    described_key,
    described_seen,
    key_from_written,
    observed_matches,
    tree_from_written,
    value_of,
)

__all__ = [
    "EMPTY_KEY",
    "RegistryKey",
    "Value",
    "delete_key",
    "described_key",
    "described_seen",
    "find",
    "key_from_written",
    "observed_matches",
    "put_key",
    "tree_from_written",
    "value_of",
    "walk",
]
