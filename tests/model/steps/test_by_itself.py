"""What the cluster service may do without being asked is exactly what can happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.steps import internal_events, step
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    BringOnline,
    CaptureCheckpoint,
    DeleteClusterResource,
    DropStoredCopies,
    FailbackClusterGroup,
    FailClusterResource,
    FailoverClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
)
from clusckpt_spec.readings import WINDOWS_OBSERVED
from tests.drive import ADD, Driver, rules_with, with_root

KEY = "Software\\Acme"


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has a root on N1."""
    return with_root()


def test_a_quiet_cluster_stays_so(cluster: Driver) -> None:
    """With every resource in its persistent state, nothing happens by itself."""
    assert cluster.by_itself() == []
    cluster.do(OnlineClusterResource("A"))
    assert cluster.by_itself() == []


@pytest.mark.rule("CKPT-FAILOVER", "CKPT-ONLINE-STATES")
def test_a_failed_resource_is_restarted_or_fails_over(cluster: Driver) -> None:
    """A resource that fails may be brought online again here, or its group goes elsewhere."""
    cluster.do(OnlineClusterResource("A"))
    cluster.do(FailClusterResource("A"))

    assert cluster.by_itself() == [BringOnline("A"), FailoverClusterGroup("GA", "N2")]


@pytest.mark.rule("CKPT-FAILOVER")
def test_a_group_without_a_node_fails_over(cluster: Driver) -> None:
    """A group whose owner is down goes to a node that is not; with none, nothing happens."""
    cluster.do(NodeCrash("N1"))
    assert cluster.by_itself() == [FailoverClusterGroup("GA", "N2")]
    cluster.do(NodeCrash("N2"))

    assert cluster.by_itself() == []


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_leftover_copies_are_dropped() -> None:
    """Copies without a resource are dropped where a deletion takes two steps (A42)."""
    cluster = Driver(rules_with({AmbiguityID.A42: "two-steps"}))
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    assert cluster.by_itself() == []
    cluster.do(DeleteClusterResource("A"))

    assert cluster.by_itself() == [DropStoredCopies("A")]


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_failed_resource_can_have_something_due() -> None:
    """Where failed counts as online, a change while failed is captured (A29)."""
    cluster = Driver(rules_with({AmbiguityID.A29: "like-online", AmbiguityID.A1: "eventual"}))
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))
    cluster.do(FailClusterResource("A"))
    cluster.write("N1", KEY, "second")

    assert CaptureCheckpoint("A", KEY) in cluster.by_itself()


happenings = st.sampled_from(
    [
        OnlineClusterResource("A"),
        OfflineClusterResource("A"),
        OnlineClusterResource("B"),
        FailClusterResource("A"),
        NodeCrash("N1"),
        NodeJoin("N1"),
        NodeCrash("N2"),
    ]
)


@given(st.lists(st.tuples(happenings, st.integers(0, 7)), max_size=6))
def test_whatever_may_happen_by_itself_can_happen(events: list[tuple[AnyEvent, int]]) -> None:
    """Each event that is offered has an outcome, in every state, whichever way it came about."""
    needing = Resource("B", group="GA", dependencies=("A",))
    cluster = Driver(rules_with({}, WINDOWS_OBSERVED), Resource("A", group="GA"), needing)
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    for event, which in events:
        outcomes = sorted(cluster.outcomes(event), key=repr)
        if outcomes:
            cluster.state = outcomes[which % len(outcomes)].state

        for offered in internal_events(cluster.state, cluster.rules):
            assert step(cluster.state, offered, cluster.rules)


@pytest.mark.rule("CKPT-FAILOVER")
def test_nothing_fails_back_without_a_preference(cluster: Driver) -> None:
    """A group without preferred nodes stays where it is."""
    assert cluster.statuses(OnlineClusterResource("A")) >= {Status.ERROR_SUCCESS}
    assert not cluster.can(FailbackClusterGroup("GA"))
    assert cluster.resource_state("A") is ResourceState.OFFLINE
