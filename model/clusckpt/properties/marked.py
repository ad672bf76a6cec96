"""The mark of a property: which rules a function over one step of a run decides."""

from collections.abc import Callable, Iterator

from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.violation import Violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register.ids import RuleID

Property = Callable[[Chronicle, ClusterState, AnyEvent, Outcome], Iterator[Violation]]
"""What an observer finds wrong with a step: the chronicle and state before it, event, outcome."""

_PROPERTIES: dict[str, tuple[RuleID, ...]] = {}


def property_of(*rules: RuleID) -> Callable[[Property], Property]:
    """Mark a function as a property of some rules."""

    def mark(function: Property) -> Property:
        _PROPERTIES[f"{function.__module__}.{function.__qualname__}"] = rules
        return function

    return mark


def properties() -> Iterator[tuple[str, tuple[RuleID, ...]]]:
    """Every property by its full name, with its rules, in order of name."""
    yield from sorted(_PROPERTIES.items())
