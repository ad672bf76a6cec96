"""The state of a group follows from the states of its resources, failed before pending."""

from dataclasses import replace

import pytest

from clusckpt.group_state import group_state
from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.api.states import GroupState, ResourceState
from clusckpt_spec.formats.cluster import Resource
from tests.drive import Driver

ON, OFF, FAILED = ResourceState.ONLINE, ResourceState.OFFLINE, ResourceState.FAILED
COMING, GOING = ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (ON, ON, GroupState.ONLINE),
        (OFF, OFF, GroupState.OFFLINE),
        (ON, OFF, GroupState.PARTIAL_ONLINE),
        (COMING, ON, GroupState.PENDING),
        (OFF, GOING, GroupState.PENDING),
        (FAILED, ON, GroupState.FAILED),
        (COMING, FAILED, GroupState.FAILED),
    ],
)
def test_precedence(first: ResourceState, second: ResourceState, expected: GroupState) -> None:
    """Any failed resource decides, then any pending one, then whether all or some are online."""
    cluster = Driver(MSCS_PAGE_RULES, Resource("A", group="GA"), Resource("C", group="GA"))
    state = cluster.state
    for name, its_state in (("A", first), ("C", second)):
        resource = replace(state.resources[fold(name)], state=its_state)
        state = state.with_resource(fold(name), resource)

    assert group_state(state, fold("GA")) is expected


def test_an_empty_group_is_offline() -> None:
    """A group without resources is offline, whatever other groups are."""
    cluster = Driver(MSCS_PAGE_RULES, Resource("A", group="GA"))

    assert group_state(cluster.state, fold("GB")) is GroupState.OFFLINE
