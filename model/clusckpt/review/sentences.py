"""Sentences of a review that text and JSON share."""

from collections.abc import Iterable

import msgspec

from clusckpt.collisions import Conflict, Effect
from clusckpt.rules import Part
from clusckpt_spec.formats.events import AnyEvent

_PARTS = {
    Part.STATE: "{}",
    Part.OWNER: "owner of {}",
    Part.REGISTRY: "key on {}",
    Part.CONTAINER: "container on {}",
    Part.COPY: "stored copy of {}",
    Part.LIST: "list of {}",
}


def alternatives(names: Iterable[str]) -> str:
    """Names of which any one will do.

    >>> alternatives(["N1"]), alternatives(["N1", "N2", "N3"])
    ('N1', 'N1, N2 or N3')
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def live_when(conflict: Conflict) -> str:
    """What makes a conflict live: what has to happen for one to replace the other's data."""
    one, other = conflict.resources
    where = alternatives(conflict.nodes)
    if not conflict.cross_node:
        return f"when {one} or {other} comes online on {where} while the other is online"
    groups = alternatives((conflict.first.group, conflict.second.group))
    return (
        f"when {one} or {other} comes online on {where} while the other is online there, as after "
        f"a move or failover of the group {groups}"
    )


def event_text(event: AnyEvent) -> str:
    """An event on one line, as its call and arguments.

    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> event_text(OnlineClusterResource("SQL Server (A)"))
    'OnlineClusterResource(resource="SQL Server (A)")'
    """
    written = msgspec.to_builtins(event)
    arguments = (f'{name}="{there}"' for name, there in written.items() if name != "call")
    return f"{type(event).__name__}({', '.join(arguments)})"


def effect_text(effect: Effect) -> str:
    """What an event changed, before and after.

    >>> effect_text(Effect(Part.REGISTRY, "N1", None, "A"))
    'key on N1: nothing -> A'
    """
    what = _PARTS[effect.part].format(effect.subject)
    return f"{what}: {effect.before or 'nothing'} -> {effect.after or 'nothing'}"
