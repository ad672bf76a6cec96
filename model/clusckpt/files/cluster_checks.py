"""What a cluster must keep to beyond its structure: every name known, every name once.

Each check yields the faults that it finds, in the order of the document; the reader reports
the first.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from clusckpt.files.checkpoint_checks import checkpoint_faults
from clusckpt.files.names import KnownNames, faulty, repeated
from clusckpt.files.sources import Fault, Found, Location
from clusckpt.files.wording import listed, quoted
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster, Resource

Named = list[tuple[Location, str]]


def cluster_faults(cluster: Cluster) -> Iterator[Found]:
    """Find everything that is wrong with a cluster whose structure is right."""
    yield from _name_faults(cluster)
    yield from _group_faults(cluster)
    owners = {fold(resource.name): fold(resource.group) for resource in cluster.resources}
    nodes = KnownNames("node", cluster.nodes)
    groups = KnownNames("group", (group.name for group in cluster.groups))
    resources = KnownNames("resource", (resource.name for resource in cluster.resources))
    for place, resource in enumerate(cluster.resources):
        at: Location = ("resources", place)
        yield from groups.unknown([((*at, "group"), resource.group)])
        yield from _possible_owner_faults(resource, at, nodes)
        yield from _dependency_faults(resource, at, resources, owners)
        yield from checkpoint_faults(resource, at)
    yield from _cycle_faults(cluster)


def _name_faults(cluster: Cluster) -> Iterator[Found]:
    kinds: dict[str, Named] = {
        "node": [(("nodes", place), name) for place, name in enumerate(cluster.nodes)],
        "group": [
            (("groups", place, "name"), group.name) for place, group in enumerate(cluster.groups)
        ],
        "resource": [
            (("resources", place, "name"), resource.name)
            for place, resource in enumerate(cluster.resources)
        ],
    }
    if not cluster.nodes:
        advice = "name the nodes; without them no checkpoint can collide with another"
        yield ("nodes",), Fault("a cluster without nodes", "at least one node", advice)
    for kind, named in kinds.items():
        yield from faulty(kind, named)
        yield from repeated(kind, named)
    identified = [
        (("resources", place, "id"), resource.id)
        for place, resource in enumerate(cluster.resources)
        if resource.id
    ]
    yield from repeated("resource id", identified)


def _group_faults(cluster: Cluster) -> Iterator[Found]:
    nodes = KnownNames("node", cluster.nodes)
    for place, group in enumerate(cluster.groups):
        if group.owner is not None:
            yield from nodes.unknown([(("groups", place, "owner"), group.owner)])
        preferred: Named = [
            (("groups", place, "preferred_owners", at), name)
            for at, name in enumerate(group.preferred_owners)
        ]
        yield from nodes.unknown(preferred)
        yield from repeated("preferred owner", preferred)


def _possible_owner_faults(resource: Resource, at: Location, nodes: KnownNames) -> Iterator[Found]:
    if resource.possible_owners is None:
        return
    if not resource.possible_owners:
        yield (
            (*at, "possible_owners"),
            Fault(
                f"no possible owners for the resource {quoted(resource.name)}",
                "at least one node; or no such field if the possible owners are not known",
                "name the nodes that can host the resource, or remove the field",
            ),
        )
    named: Named = [
        ((*at, "possible_owners", place), name)
        for place, name in enumerate(resource.possible_owners)
    ]
    yield from nodes.unknown(named)
    yield from repeated("possible owner", named)


def _dependency_faults(
    resource: Resource, at: Location, resources: KnownNames, groups: dict[Folded, Folded]
) -> Iterator[Found]:
    named: Named = [
        ((*at, "dependencies", place), name) for place, name in enumerate(resource.dependencies)
    ]
    yield from resources.unknown(named)
    yield from repeated("dependency", named)
    for location, name in named:
        if groups.get(fold(name)) not in {None, fold(resource.group)}:
            yield (
                location,
                Fault(
                    f"the dependency {quoted(name)}, which is in another group",
                    f"dependencies inside the group {quoted(resource.group)}",
                    "remove the dependency, or put both resources into one group",
                ),
            )


def _cycle_faults(cluster: Cluster) -> Iterator[Found]:
    """Find dependencies that end where they began: no order of bringing online obeys them."""
    places = {fold(resource.name): place for place, resource in enumerate(cluster.resources)}
    sorter = TopologicalSorter(
        {
            fold(resource.name): [fold(name) for name in resource.dependencies]
            for resource in cluster.resources
        }
    )
    try:
        sorter.prepare()
    except CycleError as error:
        cycle: list[Folded] = error.args[1]
        names = [cluster.resources[places[name]].name for name in cycle]
        yield (
            ("resources", places[cycle[0]], "dependencies"),
            Fault(
                f"dependencies that form a cycle: {listed(names)}",
                "a resource comes online after all its dependencies (MsCS/resource-dependencies)",
                "remove one of these dependencies",
            ),
        )
