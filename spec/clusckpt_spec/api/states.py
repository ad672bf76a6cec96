"""Resource and group states with their published numeric values.

Sources: [MS-CMRP] 3.1.4.2.13 and 3.1.4.2.46, MsCS/clusresource-state, KB286052.
"""

from enum import IntEnum


class ResourceState(IntEnum):
    """CLUSTER_RESOURCE_STATE, without the values that only report a failed call."""

    INITIALIZING = 1
    """The resource performs its initialization."""
    ONLINE = 2
    """The resource is active and functioning."""
    OFFLINE = 3
    """The resource is not active."""
    FAILED = 4
    """The resource failed, or failed to reach the online state."""
    PENDING = 128
    """Coming online or going offline (enumeration value of the API only)."""
    ONLINE_PENDING = 129
    """Coming online: accepted, checkpoints being restored, the resource DLL not yet online."""
    OFFLINE_PENDING = 130
    """Going offline."""


class GroupState(IntEnum):
    """CLUSTER_GROUP_STATE; computed from the resources at the time of the request."""

    UNKNOWN = -1
    """The call failed."""
    ONLINE = 0
    """All resources are online."""
    OFFLINE = 1
    """All resources are offline."""
    FAILED = 2
    """At least one resource has failed."""
    PARTIAL_ONLINE = 3
    """Some resources are online, but not all."""
    PENDING = 4
    """At least one resource is pending, and none has failed."""


def group_label(state: GroupState) -> str:
    """The state's name as traces and reports spell it.

    >>> group_label(GroupState.PARTIAL_ONLINE)
    'PartialOnline'
    """
    return state.name.title().replace("_", "")


def state_label(state: ResourceState) -> str:
    """The state's name as traces and reports spell it.

    >>> state_label(ResourceState.ONLINE_PENDING)
    'OnlinePending'
    """
    return state.name.title().replace("_", "")


def state_from_label(label: str) -> ResourceState:
    """The state that a trace names; ValueError lists the allowed names.

    >>> state_from_label("Online")
    <ResourceState.ONLINE: 2>
    """
    by_label = {state_label(state): state for state in ResourceState}
    if label not in by_label:
        allowed = ", ".join(by_label)
        message = f"{label!r} is not a resource state; allowed: {allowed}"
        raise ValueError(message)
    return by_label[label]
