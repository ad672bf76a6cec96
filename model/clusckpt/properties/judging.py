"""Judging: what the choices of a reading ask of the properties.

Every property that does not hold under all readings asks here, by the choice of an ambiguity or
by what a product does, and never by the name of a reading.
"""

from clusckpt.properties.happening import CheckpointKey
from clusckpt.state import ClusterState
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.readings import Reading


def captures_at_once(reading: Reading) -> bool:
    """Whether the capture is part of the change (A1)."""
    return reading[AmbiguityID.A1] == "immediate"


def captures_in_time(reading: Reading) -> bool:
    """Whether what changed while online is captured after some time at the latest (A1)."""
    return reading[AmbiguityID.A1] != "optional"


def captures_restores(reading: Reading) -> bool:
    """Whether another resource's restore is a change that must be captured (A24)."""
    return reading[AmbiguityID.A24] == "recaptured"


def saves_at_offline(reading: Reading) -> bool:
    """Whether an orderly offline saves every checkpoint (A2)."""
    return reading[AmbiguityID.A2] == "saved"


def counts_in_between(reading: Reading) -> bool:
    """Whether a change between online and offline may count as one while online (A3)."""
    return reading[AmbiguityID.A3] != "overwritten"


def keeps_good_copy(reading: Reading) -> bool:
    """Whether nothing is captured over a copy whose restore failed (A28)."""
    return reading[AmbiguityID.A28] == "good-copy-kept"


def survives_failures(reading: Reading) -> bool:
    """Whether a resource comes online although a restore failed (A25)."""
    return reading[AmbiguityID.A25] == "logged-and-survived"


def needs_every_copy(reading: Reading) -> bool:
    """Whether a resource whose copy is missing cannot come online (A27)."""
    return reading[AmbiguityID.A27] == "fatal" and restores_at_online(reading)


def fails_together(reading: Reading) -> bool:
    """Whether one failed restore keeps the others of its resource from being made (A26)."""
    return reading[AmbiguityID.A26] == "all-or-nothing"


def restores_at_online(reading: Reading) -> bool:
    """Whether an online restores; a product that copies all the time does not."""
    return reading.product.restore_when == "before-online"


def spreads_copies(reading: Reading) -> bool:
    """Whether other possible owners get a tree when it is captured (A31, live replication)."""
    return not restores_at_online(reading) or reading[AmbiguityID.A31] == "eager"


def restores_at_move(reading: Reading) -> bool:
    """Whether a move restores on the new node although nothing comes online there (A30)."""
    return reading[AmbiguityID.A30] == "at-move"


def watched(
    reading: Reading,
    state: ClusterState,
    key: CheckpointKey,
    settled: frozenset[CheckpointKey],
) -> bool:
    """Whether a tree may be captured in a state; `settled` is past its restore, if pending.

    While its resource is online, and where the reading says so on the way there or from there
    (A3) or after a failure (A29).
    """
    resource = state.resources.get(key[0])
    if resource is None:
        return False
    now = resource.state
    if now is ResourceState.ONLINE:
        return True
    if now is ResourceState.FAILED:
        return reading[AmbiguityID.A29] == "like-online"
    if not counts_in_between(reading):
        return False
    return now is ResourceState.OFFLINE_PENDING or (
        now is ResourceState.ONLINE_PENDING and key in settled
    )
