"""Scenarios: short patterns of calls at which implementations go wrong, each with its rules.

A scenario draws its names, so that several of them in one program meet on the same keys.
"""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from clusckpt.conformance.clusters import VALUE_NAMES, VALUES
from clusckpt.conformance.program import Names
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register import RuleID

LARGE_BUFFER = 4096
"""In bytes."""

Pattern = Callable[["Cast"], list[AnyEvent]]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in a scenario: names that are drawn once and used throughout it."""

    resource: str
    other: str
    group: str
    node: str
    second: str
    key: str
    root: str
    container: str
    name: str
    value: int | str
    spare: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A pattern, the rules that it puts to the test, and the calls that it cannot do without."""

    name: str
    rules: frozenset[RuleID]
    needs: frozenset[type[AnyEvent]]
    pattern: Pattern


@st.composite
def casts(draw: st.DrawFn, names: Names) -> Cast:
    """Names for a scenario; the first of each kind is the likeliest, so that things meet."""
    resource = draw(_mostly_first(names.resources))
    return Cast(
        resource=resource,
        other=draw(_mostly_first(names.resources[::-1])),
        group=draw(_mostly_first(names.groups)),
        node=draw(_mostly_first(names.nodes)),
        second=draw(_mostly_first(names.nodes[1:])),
        key=draw(_mostly_first(names.keys)),
        root=draw(_mostly_first(names.roots)),
        container=draw(_mostly_first(names.containers)),
        name=draw(_mostly_first(VALUE_NAMES)),
        value=draw(st.sampled_from(VALUES[::-1])),
        spare=names.spare,
    )


def _mostly_first(items: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from((*items[:1], *items[:1], *items))


def write(cast: Cast, node: str | None = None, value: int | str | None = None) -> AnyEvent:
    """Somebody sets a value, on the first node of the cast unless another is named."""
    chosen = cast.value if value is None else value
    return events.RegSetValueEx(node or cast.node, cast.key, cast.name, chosen)


def control(cast: Cast, code: str, given: str | None) -> AnyEvent:
    """A control code about the resource of the cast; `code` is the end of its name.

    A code that lists gets a buffer that every list of a program fits into.
    """
    size = None if given is not None else LARGE_BUFFER
    name = f"CLUSCTL_RESOURCE_{code}"
    return events.ClusterResourceControl(cast.resource, name, given, output_size=size)


def restart(cast: Cast) -> list[AnyEvent]:
    """The resource is taken offline and brought online again."""
    name = cast.resource
    return [events.OfflineClusterResource(name), events.OnlineClusterResource(name)]
