"""Smaller programs: parts of a program that are programs themselves."""

from collections.abc import Callable, Iterator

import msgspec

from clusckpt.conformance.program import Program
from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.cluster import Cluster, Resource
from clusckpt_spec.formats.events import AnyEvent


def shortened(program: Program, still: Callable[[Program], bool]) -> Program:
    """The program without whatever can be spared.

    Args:
        program: a program that does what is looked for.
        still: whether a smaller one still does it.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT
    >>> from clusckpt_spec.formats.events import NodeCrash, NodeJoin
    >>> start = ResetParams(Cluster(CLUSTER_FORMAT, ("N1",), (), ()))
    >>> whole = Program(start, (NodeCrash("N1"), NodeJoin("N1"), NodeJoin("N1")))
    >>> len(shortened(whole, lambda one: NodeCrash("N1") in one.events).events)
    1
    """
    while (smaller := next((one for one in parts(program) if still(one)), None)) is not None:
        program = smaller
    return program


def parts(program: Program) -> Iterator[Program]:
    """Every program that lacks some calls of a program, or something that its start has."""
    for events in _fewer(program.events):
        yield Program(program.start, events)
    for start in _simpler(program.start, _named(program.events)):
        yield Program(start, program.events)


def _fewer(events: tuple[AnyEvent, ...]) -> Iterator[tuple[AnyEvent, ...]]:
    length = len(events)
    while length > 1:
        length = (length + 1) // 2
        for begin in range(0, len(events), length):
            yield events[:begin] + events[begin + length :]


def _named(events: tuple[AnyEvent, ...]) -> frozenset[str]:
    """Every node, group and resource that a call names."""
    fields = ("node", "group", "resource", "host_node")
    return frozenset(str(getattr(event, field, "")) for event in events for field in fields)


def _simpler(start: ResetParams, named: frozenset[str]) -> Iterator[ResetParams]:
    for node in start.registry:
        rest = {name: tree for name, tree in start.registry.items() if name != node}
        yield msgspec.structs.replace(start, registry=rest)
    for node, tree in start.registry.items():
        for key in tree if len(tree) > 1 else ():
            fewer = {path: held for path, held in tree.items() if path != key}
            yield msgspec.structs.replace(start, registry={**start.registry, node: fewer})
    if start.containers:
        yield msgspec.structs.replace(start, containers={})
    used = named | start.registry.keys() | start.containers.keys()
    for cluster in _smaller(start.cluster, frozenset(used)):
        yield msgspec.structs.replace(start, cluster=cluster)


def _smaller(cluster: Cluster, named: frozenset[str]) -> Iterator[Cluster]:
    """The cluster without a resource, a root, a group or a node that nothing else needs."""
    for at, resource in enumerate(cluster.resources):
        if resource.name not in named | _needed(cluster):
            others = (*cluster.resources[:at], *cluster.resources[at + 1 :])
            yield msgspec.structs.replace(cluster, resources=others)
        for simpler in _plainer(resource):
            changed = (*cluster.resources[:at], simpler, *cluster.resources[at + 1 :])
            yield msgspec.structs.replace(cluster, resources=changed)
    held = {resource.group for resource in cluster.resources}
    for group in cluster.groups:
        if group.name not in held | named:
            rest = tuple(one for one in cluster.groups if one is not group)
            yield msgspec.structs.replace(cluster, groups=rest)
    hosts = {group.owner for group in cluster.groups} | _hosts(cluster)
    for node in cluster.nodes[1:]:
        if node not in hosts | named:
            nodes = tuple(one for one in cluster.nodes if one != node)
            yield msgspec.structs.replace(cluster, nodes=nodes)


def _plainer(resource: Resource) -> Iterator[Resource]:
    """The resource with a root less, free of its dependencies, or free to go to any node."""
    roots = resource.registry_checkpoints
    for place in range(len(roots)):
        fewer = (*roots[:place], *roots[place + 1 :])
        yield msgspec.structs.replace(resource, registry_checkpoints=fewer)
    if resource.dependencies:
        yield msgspec.structs.replace(resource, dependencies=())
    if resource.possible_owners is not None:
        yield msgspec.structs.replace(resource, possible_owners=None)


def _needed(cluster: Cluster) -> frozenset[str]:
    """The resources that others depend on."""
    return frozenset(one for each in cluster.resources for one in each.dependencies)


def _hosts(cluster: Cluster) -> frozenset[str]:
    """The nodes that resources are bound to."""
    return frozenset(node for each in cluster.resources for node in each.possible_owners or ())
