"""A text for a value that is the same in every process, so that a choice by seed is one too.

The order of a set or a map depends on how strings are hashed, which differs from run to run.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass


def canonical_text(value: object) -> str:
    """Write a value of the model out, with its sets and maps in order.

    >>> canonical_text(frozenset({"b", "a"}))
    "{'a' 'b'}"
    """
    if is_dataclass(value) and not isinstance(value, type):
        inner = [f"{one.name}={canonical_text(getattr(value, one.name))}" for one in fields(value)]
        return f"{type(value).__name__}({' '.join(inner)})"
    if isinstance(value, Mapping):
        entries = [f"{canonical_text(key)}:{canonical_text(one)}" for key, one in value.items()]
        return "{" + " ".join(sorted(entries)) + "}"
    if isinstance(value, AbstractSet):
        return "{" + " ".join(sorted(canonical_text(one) for one in value)) + "}"
    if isinstance(value, tuple | list):
        return "(" + " ".join(canonical_text(one) for one in value) + ")"
    return repr(value)
