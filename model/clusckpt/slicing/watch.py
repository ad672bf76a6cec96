"""What is watched of a slice in a vector: everything that it names, as it spells it."""

from collections.abc import Iterator

from clusckpt.slicing.parts import parts
from clusckpt_spec.formats.adapter import NamedValues, ObserveParams
from clusckpt_spec.formats.events import RegDeleteValue, RegSetValueEx
from clusckpt_spec.formats.trace import ObservedTree, Trace


def watched(trace: Trace) -> ObserveParams:
    """What is looked at after each event: what the slice saw, and every state, owner and root."""
    cluster = trace.header.cluster
    seen = [line.observed for line in trace.lines if line.observed is not None]
    names = tuple(one.name for one in cluster.resources)
    groups = tuple(one.name for one in cluster.groups)
    named = _named(trace)
    registry = {node: dict(named) for node in cluster.nodes} if named else {}
    containers: dict[str, tuple[str, ...]] = {}
    stored: dict[str, dict[str, NamedValues]] = {}
    for one in seen:
        for node, tree in one.registry.items():
            registry[node] = _with(registry.get(node, {}), tree)
        for node, held in one.containers.items():
            containers[node] = tuple(dict.fromkeys((*containers.get(node, ()), *held)))
        for resource, roots in one.stored.items():
            copies = stored.setdefault(resource, {})
            for root, copy in roots.items():
                copies[root] = _with(copies.get(root, {}), copy or {})
    return ObserveParams(
        states=_all(names, (name for one in seen for name in one.states)),
        owners=_all(groups, (name for one in seen for name in one.owners)),
        groups=_all((), (name for one in seen for name in one.groups)),
        checkpoints=_all(names, (name for one in seen for name in one.checkpoints)),
        registry=registry,
        containers=containers,
        stored=stored,
        backup_files=_all((), (path for one in seen for path in one.backup_files)),
        logged=any(part[0] == "logged" for line in trace.lines for part in parts(line)),
    )


def _named(trace: Trace) -> NamedValues:
    """The keys that the start or a write has, with their values."""
    found: dict[str, tuple[str, ...]] = {}
    for tree in trace.header.registry.values():
        found = _with(found, {key: dict(held) for key, held in tree.items()})
    for line in trace.lines:
        event = line.event
        if isinstance(event, RegSetValueEx | RegDeleteValue) and event.view == "native":
            found = _with(found, {event.key: {event.name: None}})
    return found


def _with(known: NamedValues, tree: ObservedTree) -> NamedValues:
    """The keys and values with further ones."""
    found = dict(known)
    for key, held in tree.items():
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *(held or {}))))
    return found


def _all(first: tuple[str, ...], further: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *further)))
