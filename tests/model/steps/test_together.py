"""Several resources come online, or go offline, to the end of the way."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES, Course
from clusckpt.steps.elementary import begin_online
from clusckpt.steps.together import all_offline, all_online
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import OnlineClusterResource
from tests.drive import ADD, Driver, rules_with

A, B = fold("A"), fold("B")
KEY, INNER = "Software\\Acme", "Software\\Acme\\Inner"
MEMBERS = (Resource("A", group="GA"), Resource("B", group="GA"))


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_only_the_pending_ones_come_online() -> None:
    """A resource that has not begun to come online stays as it is."""
    cluster = Driver(MSCS_PAGE_RULES, *MEMBERS)
    (end,) = all_online(cluster.rules, begin_online(Course(cluster.state), A), [A, B])

    assert end.state.resources[A].state is ResourceState.ONLINE
    assert end.state.resources[B].state is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_every_end_is_followed() -> None:
    """Where the order of one resource's restores is open, all ends reach the next resource."""
    cluster = Driver(MSCS_PAGE_RULES, *MEMBERS)
    cluster.write("N1", INNER, "outer")
    cluster.control("A", ADD, KEY)
    cluster.write("N1", INNER, "inner")
    cluster.control("A", ADD, INNER)
    course = begin_online(begin_online(Course(cluster.state), A), B)
    ends = all_online(cluster.rules, course, [A, B])

    assert len(ends) == 2
    assert {end.state.resources[B].state for end in ends} == {ResourceState.ONLINE}


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE", "CKPT-OFFLINE-STATES")
def test_all_go_offline_in_good_order() -> None:
    """Running resources go offline with every save that the reading asks for (A2, A3)."""
    rules = rules_with({AmbiguityID.A2: "saved", AmbiguityID.A3: "either"})
    cluster = Driver(rules, *MEMBERS)
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))
    course = all_offline(rules, Course(cluster.state), [A, B])

    assert [move.action for move in course.moves] == ["begin_offline", "save", "complete_offline"]
    assert course.state.resources[A].state is ResourceState.OFFLINE
