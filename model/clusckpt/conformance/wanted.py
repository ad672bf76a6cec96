"""What the kit looks at after every call of a program: whatever the program ever names."""

from collections.abc import Iterable, Iterator

from clusckpt.conformance.program import Program
from clusckpt.containers import container_id
from clusckpt.names import InvalidPath, Path, fold, fold_path, join_path, lies_under, parse_path
from clusckpt.registry import canonical
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.formats import events
from clusckpt_spec.formats.adapter import NamedValues, Observable, ObserveParams
from clusckpt_spec.formats.cluster import View

ROOT_ADDS: dict[ControlCode, View] = {
    ControlCode.ADD_REGISTRY_CHECKPOINT: "native",
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT: "64",
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT: "32",
}
"""The codes that add a root, each with the view in which it names the root."""


def wanted(program: Program, observes: Iterable[Observable]) -> ObserveParams:
    """Everything that a program names, of the parts that a party can observe.

    Args:
        program: the whole program; what it names later is looked at from the start.
        observes: the parts, as in the party's capabilities.
    """
    able = frozenset(observes)
    cluster = program.start.cluster
    resources = _resources(program)
    groups = tuple(group.name for group in cluster.groups)
    keys = _keys(program)
    values = _value_names(program)
    containers = _containers(program)
    nodes = cluster.nodes
    return ObserveParams(
        states=resources if "states" in able else (),
        owners=groups if "owners" in able else (),
        groups=groups if "groups" in able else (),
        checkpoints=resources if "checkpoints" in able else (),
        registry=dict.fromkeys(nodes, _named(keys, values)) if "registry" in able and keys else {},
        containers=dict.fromkeys(nodes, containers) if "containers" in able and containers else {},
        stored=_stored(program, keys, values) if "stored" in able else {},
        backup_files=(),
    )


def _resources(program: Program) -> tuple[str, ...]:
    """The resources of the start; one that is created later cannot be asked for before."""
    return tuple(one.name for one in program.start.cluster.resources)


def _keys(program: Program) -> list[Path]:
    """Every key that is named, once, as the native view has it; nothing above a key."""
    found: dict[Path, Path] = {}
    for text, view in _named_keys(program):
        try:
            path = canonical(parse_path(text), view, platform=program.start.cluster.platform)
        except InvalidPath:
            continue
        found.setdefault(fold_path(path), path)
    return list(found.values())


def _named_keys(program: Program) -> Iterator[tuple[str, View]]:
    for tree in program.start.registry.values():
        yield from ((key, "native") for key in tree)
    for resource in program.start.cluster.resources:
        yield from ((one.key, one.view) for one in resource.registry_checkpoints)
    for event in program.events:
        if isinstance(event, events.RegistryWrite):
            yield event.key, event.view
    for _, given, view in _added_roots(program):
        yield given, view


def _added_roots(program: Program) -> Iterator[tuple[str, str, View]]:
    """The roots that control codes ask for: resource, string, view."""
    for event in program.events:
        if isinstance(event, events.ClusterResourceControl) and event.input is not None:
            code = control_code(event.code)
            if code in ROOT_ADDS:
                yield event.resource, event.input, ROOT_ADDS[code]


def _value_names(program: Program) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tree in program.start.registry.values():
        for held in tree.values():
            found.update((fold(name), name) for name in held)
    for event in program.events:
        if isinstance(event, events.RegSetValueEx | events.RegDeleteValue):
            found.setdefault(fold(event.name), event.name)
    return tuple(found.values())


def _containers(program: Program) -> tuple[str, ...]:
    named = [one for held in program.start.containers.values() for one in held]
    named += [one for entry in program.start.cluster.resources for one in entry.crypto_checkpoints]
    named += [one.container for one in program.events if isinstance(one, events.CryptGenKey)]
    return tuple({container_id(one): one for one in named}.values())


def _stored(
    program: Program, keys: list[Path], values: tuple[str, ...]
) -> dict[str, dict[str, NamedValues]]:
    """The copies that may come to be: every root of every resource of the start."""
    asked: dict[str, dict[str, NamedValues]] = {}
    seen: set[tuple[str, str]] = set()
    for resource, given, view in _roots(program):
        if (fold(resource), fold(given)) not in seen and _is_path(given):
            seen.add((fold(resource), fold(given)))
            asked.setdefault(resource, {})[given] = _in_copy(given, view, keys, values)
    return asked


def _roots(program: Program) -> Iterator[tuple[str, str, View]]:
    for resource in program.start.cluster.resources:
        yield from ((resource.name, one.key, one.view) for one in resource.registry_checkpoints)
    at_start = set(_resources(program))
    yield from (root for root in _added_roots(program) if root[0] in at_start)


def _in_copy(given: str, view: View, keys: list[Path], values: tuple[str, ...]) -> NamedValues:
    """The named keys that lie under a root, spelled as they are below the root's string."""
    path = parse_path(given)
    root = fold_path(canonical(path, view))
    below = [key[len(root) :] for key in keys if lies_under(root, fold_path(key))]
    return _named([(*path, *rest) for rest in below], values)


def _named(keys: list[Path], values: tuple[str, ...]) -> NamedValues:
    return {join_path(key): values for key in keys}


def _is_path(text: str) -> bool:
    try:
        parse_path(text)
    except InvalidPath:
        return False
    return True
