"""The registry of a node: an immutable tree of keys with typed values."""

from clusckpt.registry.limits import (
    LONGEST_KEY_NAME,
    MOST_LEVELS_AT_ONCE,
    content_fits_everywhere,
    key_fits,
    missing_levels,
    value_name_fits,
)
from clusckpt.registry.shared_keys import REDIRECTED_KEYS, SHARED_KEYS, is_shared
from clusckpt.registry.tree import (
    EMPTY_KEY,
    RegistryKey,
    Value,
    delete_key,
    find,
    put_key,
    walk,
)
from clusckpt.registry.views import ALTERNATE, CURRENT_CONTROL_SET, canonical, in_32bit_view
from clusckpt.registry.written import (
    described_key,
    described_seen,
    key_from_written,
    observed_matches,
    tree_from_written,
    value_of,
)

__all__ = [
    "ALTERNATE",
    "CURRENT_CONTROL_SET",
    "EMPTY_KEY",
    "LONGEST_KEY_NAME",
    "MOST_LEVELS_AT_ONCE",
    "REDIRECTED_KEYS",
    "SHARED_KEYS",
    "RegistryKey",
    "Value",
    "canonical",
    "content_fits_everywhere",
    "delete_key",
    "described_key",
    "described_seen",
    "find",
    "in_32bit_view",
    "is_shared",
    "key_fits",
    "key_from_written",
    "missing_levels",
    "observed_matches",
    "put_key",
    "tree_from_written",
    "value_name_fits",
    "value_of",
    "walk",
]
