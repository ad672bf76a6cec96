"""Hindered: what keeps a checkpoint from being restored, and a resource from coming online."""

from clusckpt.containers import container_id
from clusckpt.names import Folded, lies_under
from clusckpt.properties.contents import root_of
from clusckpt.properties.happening import checkpoints
from clusckpt.properties.judging import needs_every_copy, restores_at_online, survives_failures
from clusckpt.state import Checkpoint, ClusterState
from clusckpt_spec.readings import Reading


def blocked(reading: Reading, state: ClusterState, name: Folded, entry: Checkpoint) -> bool:
    """Whether a checkpoint cannot be restored on the owner: something there is open or barred.

    A forced restore minds no open handles.
    """
    node = state.nodes[state.owner_of(name)]
    if not entry.root:
        return container_id(entry.given) in node.locked
    hindering = node.denied if reading.product.restore_force else node.denied | node.opened
    return any(lies_under(root_of(entry), key) for key in hindering)


def may_have_failed(
    reading: Reading, before: ClusterState, after: ClusterState, name: Folded
) -> bool:
    """Whether there is a reason for an online to fail: a blocked restore, or a missing copy."""
    if not restores_at_online(reading):
        return False
    for entry in checkpoints(after, name):
        stored = (name, entry.name) in before.copies or (name, entry.name) in after.copies
        hindered = stored and blocked(reading, after, name, entry)
        if hindered and not survives_failures(reading):
            return True
        if not stored and needs_every_copy(reading):
            return True
    return False
