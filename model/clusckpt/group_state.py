"""The state of a group, computed from its resources at the time of the request."""

from clusckpt.names import Folded
from clusckpt.state import ClusterState
from clusckpt_spec.api.states import GroupState, ResourceState

_PENDING = {ResourceState.PENDING, ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING}


def group_state(state: ClusterState, group: Folded) -> GroupState:
    """GetClusterGroupState: failed before pending before partly online.

    [MS-CMRP] 3.1.4.2.46: any failed resource makes the group failed; else any pending one makes it
    pending; else it is partly online if some are online and not all. An empty group is offline.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.names import fold
    >>> group_state(two_nodes(), fold("GA"))
    <GroupState.OFFLINE: 1>
    """
    states = {state.resources[name].state for name in state.members(group)}
    if ResourceState.FAILED in states:
        return GroupState.FAILED
    if states & _PENDING:
        return GroupState.PENDING
    if ResourceState.ONLINE not in states:
        return GroupState.OFFLINE
    return GroupState.ONLINE if states == {ResourceState.ONLINE} else GroupState.PARTIAL_ONLINE
