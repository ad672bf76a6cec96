"""The definition of a conflict, word for word; `find_conflicts` finds the same without trying all.

`covers(r, k)`: key k lies under one of r's roots. `conflict(r, q, k, n)`: r and q are different,
both cover k, and both can be hosted by n. The collision theorem is about this relation.
"""

from clusckpt.collisions.needs import needs_of_resources
from clusckpt.collisions.roots import Root, roots_of
from clusckpt.names import fold
from clusckpt_spec.formats.cluster import Cluster, Platform, Resource


def covers(resource: Resource, key: Root, platform: Platform = "x64") -> bool:
    """Whether a key (or container) lies under one of the roots of a resource."""
    return any(entry.root.covers(key) for entry in roots_of(resource, platform))


def can_be_hosted(cluster: Cluster, resource: Resource, node: str) -> bool:
    """Whether a node is known to be a possible owner of every resource of the same group.

    Where the group is now, it suffices that the node is a possible owner of the resource itself
    and of everything that it depends on.
    """
    group = fold(resource.group)
    owned = any(fold(one.name) == group and _is(one.owner, node) for one in cluster.groups)
    members = [one for one in cluster.resources if fold(one.group) == group]
    needs = needs_of_resources(cluster)[fold(resource.name)]
    needed = [one for one in members if fold(one.name) in needs] if owned else members
    return all(any(_is(owner, node) for owner in one.possible_owners or ()) for one in needed)


def conflict(cluster: Cluster, r: Resource, q: Resource, key: Root, node: str) -> bool:
    """Whether two resources conflict over a key on a node (CKPT-INSTANCES)."""
    return (
        fold(r.name) != fold(q.name)
        and covers(r, key, cluster.platform)
        and covers(q, key, cluster.platform)
        and can_be_hosted(cluster, r, node)
        and can_be_hosted(cluster, q, node)
    )


def _is(owner: str | None, node: str) -> bool:
    return owner is not None and fold(owner) == fold(node)
