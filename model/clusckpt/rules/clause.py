"""Clauses: the functions that say what a rule says, marked with the rule IDs they say."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from clusckpt_spec.register.ids import RuleID

Function = TypeVar("Function", bound=Callable[..., Any])

_CLAUSES: dict[str, tuple[RuleID, ...]] = {}


def clause(*rules: RuleID) -> Callable[[Function], Function]:
    """Mark a function as the model's clause of some rules."""

    def mark(function: Function) -> Function:
        _CLAUSES[f"{function.__module__}.{function.__qualname__}"] = rules
        return function

    return mark


def clauses() -> Iterator[tuple[str, tuple[RuleID, ...]]]:
    """Every clause by its full name, with its rules, in order of name.

    >>> import clusckpt.rules.capture
    >>> [str(rule) for rule in dict(clauses())["clusckpt.rules.capture.captured"]]
    ['CKPT-CAPTURE-ONLINE', 'CKPT-KB-CAPTURE-ONLINE']
    """
    yield from sorted(_CLAUSES.items())
