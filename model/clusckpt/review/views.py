"""Keys whose view is not known: a table shows the path of a key and never the view (A12).

A review takes them in the native view, which is where Add-ClusterCheckpoint adds them. Roots that
would overlap only if such a key were in the 32-bit view are not passed, but left undecided.
"""

import msgspec

from clusckpt.collisions import Analysis, Undecided, find_conflicts
from clusckpt.names import Folded, fold
from clusckpt.review.inputs import ReviewInput
from clusckpt_spec.formats.cluster import Cluster, RegistryCheckpoint, Resource

ASSUMPTION = (
    "A table does not show the view of a key (A12): the keys that only tables list are taken in "
    "the native view, which is where Add-ClusterCheckpoint adds them."
)
VIEW_NOT_KNOWN = (
    "the roots overlap if a key that only a table lists is in the 32-bit view, which a table does "
    "not show (A12)"
)


def perhaps_in_32bit_view(given: ReviewInput, analysis: Analysis) -> tuple[Undecided, ...]:
    """The pairs of resources that overlap only if the keys of tables are in the 32-bit view.

    Any overlap of a key in one view with a key in the other is also one with both keys in the
    native view or both in the 32-bit view, so two analyses see every pair.
    """
    if not given.listed:
        return ()
    known = {_names(pair.resources) for pair in (*analysis.conflicts, *analysis.undecided)}
    other = find_conflicts(_in_32bit_view(given))
    found = {
        _names(pair.resources): Undecided(pair.first, pair.second, VIEW_NOT_KNOWN)
        for pair in (*other.conflicts, *other.undecided)
        if _names(pair.resources) not in known
    }
    return tuple(found[names] for names in sorted(found))


def _names(resources: tuple[str, str]) -> tuple[Folded, Folded]:
    return fold(resources[0]), fold(resources[1])


def _in_32bit_view(given: ReviewInput) -> Cluster:
    resources = tuple(_resource_in_32bit_view(one, given) for one in given.cluster.resources)
    return msgspec.structs.replace(given.cluster, resources=resources)


def _resource_in_32bit_view(resource: Resource, given: ReviewInput) -> Resource:
    entries = tuple(
        RegistryCheckpoint(entry.key, "32")
        if (fold(resource.name), fold(entry.key)) in given.listed
        else entry
        for entry in resource.registry_checkpoints
    )
    return msgspec.structs.replace(resource, registry_checkpoints=entries)
