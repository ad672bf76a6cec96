r"""A suggested rename: key names under which the resources of a component cannot meet.

The page names the repair: "One solution to this problem is to give the checkpointed keys different
names on different nodes". The first resource of a component keeps its names. Each other one has
its name appended at the level where its root meets another resource's: `Software\X` becomes
`Software\X (SQL Server (B))`, and below a root `Software\X` of another resource `Software\X\Y`
becomes `Software\X (SQL Server (B))\Y`. The renamed design is analysed again before it is given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from clusckpt.collisions.bug import ModelBug
from clusckpt.collisions.conflicts import Analysis, Component, find_conflicts
from clusckpt.collisions.new_names import NewNames, SystemKey
from clusckpt.collisions.roots import Root, canonical_root, checkpoints_of
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster, Platform, RegistryCheckpoint, Resource, View

Holding = tuple[Folded, Root]
"""A resource and a root that it has."""


@dataclass(frozen=True, slots=True)
class RenamedRoot:
    """A checkpoint under its name in the design and under the one that is suggested."""

    resource: str
    before: str
    after: str
    view: View = "native"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How to repair one component: who keeps its names, and what to rename.

    `refusal` is empty, or says why no rename can be suggested.
    """

    keeps: str
    renamed: tuple[RenamedRoot, ...]
    refusal: str = ""


def suggest_renames(cluster: Cluster, analysis: Analysis) -> tuple[Suggestion, ...]:
    """A suggestion for each component, in their order; each repairs its component by itself.

    Raises:
        ModelBug: the analysis of the renamed design finds a conflict in a renamed component.
    """
    names = NewNames(cluster)
    resources = {fold(one.name): one for one in cluster.resources}
    suggestions = tuple(
        _suggestion(resources, part, names, cluster.platform) for part in analysis.components
    )
    repaired = {
        fold(name)
        for part, suggestion in zip(analysis.components, suggestions, strict=True)
        if not suggestion.refusal
        for name in part.resources
    }
    for left in find_conflicts(renamed_cluster(cluster, suggestions)).conflicts:
        if repaired.intersection(map(fold, left.resources)):
            message = f"{left.resources} are still in conflict over {left.key.text} once renamed"
            raise ModelBug(message)
    return suggestions


def renamed_cluster(cluster: Cluster, suggestions: Iterable[Suggestion]) -> Cluster:
    """The design with the names that are suggested."""
    renamed: dict[Folded, dict[str, str]] = {}
    for suggestion in suggestions:
        for one in suggestion.renamed:
            renamed.setdefault(fold(one.resource), {})[one.before] = one.after
    resources = tuple(
        _renamed_resource(one, renamed[fold(one.name)]) if fold(one.name) in renamed else one
        for one in cluster.resources
    )
    return msgspec.structs.replace(cluster, resources=resources)


def _suggestion(
    resources: Mapping[Folded, Resource],
    component: Component,
    names: NewNames,
    platform: Platform,
) -> Suggestion:
    """Go through the resources in order; a root is renamed while a partner still has its name."""
    keeps = component.resources[0]
    partners = _partners(component)
    gone: set[Holding] = set()
    renamed: list[RenamedRoot] = []
    for name in component.resources[1:]:
        going: set[Holding] = set()
        for checkpoint, entry in checkpoints_of(resources[fold(name)], platform):
            holding = fold(name), canonical_root(checkpoint)
            met = partners.get(holding, set()) - gone
            if met:
                view: View = entry.view if isinstance(entry, RegistryCheckpoint) else "native"
                try:
                    after = names.renamed(name, checkpoint, (root for _, root in met), view)
                except SystemKey as refusal:
                    return Suggestion(keeps, (), str(refusal))
                renamed.append(RenamedRoot(name, checkpoint.given, after, view))
                going.add(holding)
        gone |= going
    return Suggestion(keeps, tuple(renamed))


def _partners(component: Component) -> Mapping[Holding, set[Holding]]:
    """For each root of each resource, the roots of others that it is in conflict with."""
    partners: dict[Holding, set[Holding]] = {}
    for conflict in component.conflicts:
        first = fold(conflict.first.resource), conflict.first.root
        second = fold(conflict.second.resource), conflict.second.root
        partners.setdefault(first, set()).add(second)
        partners.setdefault(second, set()).add(first)
    return partners


def _renamed_resource(resource: Resource, names: Mapping[str, str]) -> Resource:
    return msgspec.structs.replace(
        resource,
        registry_checkpoints=tuple(
            msgspec.structs.replace(entry, key=names.get(entry.key, entry.key))
            for entry in resource.registry_checkpoints
        ),
        crypto_checkpoints=tuple(names.get(given, given) for given in resource.crypto_checkpoints),
    )
