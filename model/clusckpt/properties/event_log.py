"""The event log: which restores failed, as the cluster service tells it."""

from clusckpt.names import Folded
from clusckpt.properties.happening import checkpoints
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName
from clusckpt.steps import Outcome

REGISTRY_FAILED = 1024
CRYPTO_FAILED = 1121
"""The events in which the cluster service tells of a restore that failed."""


def failing(outcome: Outcome, name: Folded) -> list[CheckpointName]:
    """The names of the checkpoints of a resource whose restores failed, as the event log says."""
    if not outcome.logged or name not in outcome.state.resources:
        return []
    told = {
        (one.id, one.about)
        for one in outcome.logged
        if one.resource == name and one.id in (REGISTRY_FAILED, CRYPTO_FAILED)
    }
    return [
        entry.name
        for entry in checkpoints(outcome.state, name)
        if (failure_event(entry), entry.given) in told
    ]


def failure_event(entry: Checkpoint) -> int:
    """The number of the event that tells of the failed restore of a checkpoint."""
    return REGISTRY_FAILED if entry.name.kind is CheckpointKind.REGISTRY else CRYPTO_FAILED
