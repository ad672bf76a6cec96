"""What written registry contents and containers must keep to beyond their structure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from clusckpt.containers import container_id
from clusckpt.files.key_syntax import crypto_fault, key_fault
from clusckpt.files.names import repeated
from clusckpt.files.sources import Fault, Found, Location
from clusckpt.files.wording import quoted
from clusckpt.names import Folded, InvalidPath, fold, join_path, parse_path
from clusckpt.registry import canonical
from clusckpt_spec.formats.values import RawValue, RegistryType, WrittenValue

Tree = Mapping[str, Mapping[str, WrittenValue | None] | None]
"""Keys with their values; both the contents at the start and what was observed fit it."""

_BYTES = re.compile("(?:[0-9A-Fa-f][0-9A-Fa-f])*+")


def tree_faults(at: Location, tree: Tree) -> Iterator[Found]:
    """Find badly written keys and values, and names that differ in case only.

    Args:
        at: Where the tree stands in the document.
        tree: The keys with their values.
    """
    yield from repeated("key", _inside(at, tree))
    yield from _otherwise_named("key", at, tree, _place)
    for key, values in tree.items():
        if fault := key_fault(key):
            yield (*at, key), fault
        if values is None:
            continue
        yield from repeated("value", _inside((*at, key), values))
        for name, value in values.items():
            if fault := value_fault(value):
                yield (*at, key, name), fault


def value_fault(value: WrittenValue | None) -> Fault | None:
    """Find what is wrong with a value that is written raw; None if nothing is.

    >>> value_fault(RawValue("REG_BINARY", "00FF")) is None
    True
    """
    if not isinstance(value, RawValue):
        return None
    if value.type not in RegistryType.__members__:
        allowed = f"one of {', '.join(RegistryType.__members__)}"
        return Fault(f"the type {quoted(value.type)}", allowed, "write the type by its name")
    if not _BYTES.fullmatch(value.hex):
        allowed = "two hexadecimal digits for each byte"
        return Fault(f"the bytes {quoted(value.hex)}", allowed, "complete or remove the odd digit")
    return None


def bytes_fault(digits: str | None) -> Fault | None:
    """Find what is wrong with bytes in hexadecimal; None if nothing is, or there are none."""
    return None if digits is None else value_fault(RawValue(RegistryType.REG_BINARY.name, digits))


def container_faults(at: Location, containers: Iterable[str]) -> Iterator[Found]:
    """Find badly written key containers, and those that are there under two names."""
    containers = list(containers)
    yield from repeated("key container", _inside(at, containers))
    yield from _otherwise_named("key container", at, containers, container_id)
    for container in containers:
        if fault := container_fault(container):
            yield (*at, container), fault


def container_fault(container: str) -> Fault | None:
    """Find what is wrong with the way a key container is written; None if nothing is."""
    return crypto_fault(container, "key container")


def stored_faults(at: Location, roots: Mapping[str, Tree | None]) -> Iterator[Found]:
    """Find badly written roots, and faults in their stored copies."""
    yield from repeated("root", _inside(at, (root for root in roots if crypto_fault(root))))
    for root, tree in roots.items():
        fault = key_fault(root)
        if fault and crypto_fault(root):
            yield (*at, root), fault
        if tree is not None:
            yield from tree_faults((*at, root), tree)


def _otherwise_named(
    kind: str, at: Location, names: Iterable[str], meant: Callable[[str], Folded]
) -> Iterator[Found]:
    """Find what is there a second time under a name that differs in more than case."""
    first: dict[Folded, str] = {}
    for name in names:
        known = first.setdefault(meant(name), name)
        if fold(known) != fold(name):
            came = f"the {kind} {quoted(name)}, which is {quoted(known)} under another name"
            yield (*at, name), Fault(came, f"each {kind} once", "remove one of the two")


def _place(key: str) -> Folded:
    """The canonical path of a key; a badly written key stands for itself."""
    try:
        return fold(join_path(canonical(parse_path(key))))
    except InvalidPath:
        return fold(key)


def _inside(at: Location, names: Iterable[str]) -> Iterator[tuple[Location, str]]:
    return (((*at, name), name) for name in names)
