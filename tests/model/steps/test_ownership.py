"""Groups move and fail over, and their checkpoints follow them."""

from dataclasses import replace

import pytest

from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.steps import internal_events, step
from clusckpt.steps.dependencies import in_dependency_order
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    BringOnline,
    FailbackClusterGroup,
    FailClusterResource,
    FailoverClusterGroup,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    QuorumChange,
    RegOpenKeyEx,
    RegSetKeySecurity,
    RestoreClusterDatabase,
)
from tests.drive import ADD, DELETE, Driver, with_root

KEY = "Software\\Acme"


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A is online on N1 with a checkpoint."""
    driver = with_root()
    driver.do(OnlineClusterResource("A"))
    return driver


@pytest.mark.rule("CKPT-MOVE-GROUP", "CKPT-RESTORE-BEFORE-ONLINE", "CKPT-CAPTURE-ONLINE")
def test_data_follow_a_move(cluster: Driver) -> None:
    """What was written while online on one node is there on the other after a move."""
    cluster.write("N1", KEY, "second")
    cluster.do(MoveClusterGroup("GA", "N2"))

    assert cluster.value("N2", KEY) == "second"
    assert cluster.resource_state("A") is ResourceState.ONLINE


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_move_answers_by_destination(cluster: Driver) -> None:
    """A move to the owner succeeds at once, to a node that is down it fails, and groups exist."""
    cluster.do(NodeCrash("N2"))

    assert cluster.statuses(MoveClusterGroup("GA", "N1")) == {Status.ERROR_SUCCESS}
    assert cluster.statuses(MoveClusterGroup("GA", "N2")) == {Status.UNSPECIFIED_FAILURE}
    assert cluster.statuses(MoveClusterGroup("GA")) == {Status.UNSPECIFIED_FAILURE}
    assert cluster.statuses(MoveClusterGroup("GX")) == {Status.ERROR_GROUP_NOT_FOUND}


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_move_without_a_node_takes_any_other(cluster: Driver) -> None:
    """Without a destination the group goes to another node that can host it."""
    cluster.do(MoveClusterGroup("GA"))

    assert cluster.state.groups[fold("GA")].owner == fold("N2")


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_a_group_goes_only_where_all_its_resources_may() -> None:
    """One resource that cannot run on a node keeps its whole group from it."""
    free = Resource("A", group="GA")
    bound = Resource("C", group="GA", possible_owners=("N1",))
    cluster = Driver(MSCS_PAGE_RULES, free, bound)

    assert cluster.statuses(MoveClusterGroup("GA", "N2")) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-FAILOVER", "CKPT-CAPTURE-ONLINE")
def test_data_follow_a_failover(cluster: Driver) -> None:
    """After a crash the service gives the group away and brings the resource online there."""
    cluster.write("N1", KEY, "last")
    cluster.do(NodeCrash("N1"))

    assert list(internal_events(cluster.state, cluster.rules)) == [FailoverClusterGroup("GA", "N2")]
    cluster.do(FailoverClusterGroup("GA", "N2"))
    assert BringOnline("A") in internal_events(cluster.state, cluster.rules)
    cluster.do(OnlineClusterResource("A"))
    assert cluster.value("N2", KEY) == "last"


@pytest.mark.rule("CKPT-FAILOVER")
def test_nodes_crash_and_join_once(cluster: Driver) -> None:
    """A node that is up cannot join, and one that is down cannot crash."""
    assert step(cluster.state, NodeJoin("N1")) == frozenset()
    cluster.do(NodeCrash("N1"))
    assert step(cluster.state, NodeCrash("N1")) == frozenset()
    cluster.do(NodeJoin("N1"))
    assert cluster.resource_state("A") is ResourceState.OFFLINE


def test_dependencies_order_a_group() -> None:
    """A resource comes after those it depends on, and otherwise in order of name."""
    first = Resource("Z", group="GA")
    second = Resource("A", group="GA", dependencies=("Z",))
    third = Resource("M", group="GA")
    cluster = Driver(MSCS_PAGE_RULES, first, second, third)

    assert in_dependency_order(cluster.state, fold("GA")) == ["M", "Z", "A"]


@pytest.mark.rule("CKPT-IN-BACKUP", "CKPT-RESTORE-DATABASE")
def test_a_restored_database_has_its_checkpoints(cluster: Driver) -> None:
    """A checkpoint that was removed after the backup is there again, with its copy, and is used."""
    cluster.do(BackupClusterDatabase("\\\\server\\backup"))
    cluster.do(OfflineClusterResource("A"))
    cluster.control("A", DELETE, KEY)
    cluster.write("N1", KEY, "changed")
    restore = RestoreClusterDatabase("\\\\SERVER\\backup", "N1")
    cluster.do(restore, Status.ERROR_CLUSTER_NODE_UP)
    cluster.do(NodeCrash("N2"))
    cluster.do(restore)
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-RESTORE-DATABASE")
def test_no_backup_cannot_be_restored(cluster: Driver) -> None:
    """A path without a backup fails."""
    cluster.do(NodeCrash("N2"))
    event = RestoreClusterDatabase("elsewhere", "N1")

    assert cluster.statuses(event) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-INSTANCES")
def test_instances_overwrite_each_other() -> None:
    """The page's example: A[1] fails over to node 0 and replaces data[0], which A[0] depends on."""
    cluster = Driver()
    for node, resource, text in (("N1", "A", "data[0]"), ("N2", "B", "data[1]")):
        cluster.write(node, KEY, text)
        cluster.control(resource, ADD, KEY)
        cluster.do(OnlineClusterResource(resource))
    cluster.do(MoveClusterGroup("GB", "N1"))

    assert cluster.value("N1", KEY) == "data[1]"
    assert cluster.resource_state("A") is ResourceState.ONLINE
    assert cluster.copy("A", KEY) == cluster.copy("B", KEY)


@pytest.mark.rule("CKPT-FAILOVER")
def test_a_crash_closes_handles(cluster: Driver) -> None:
    """The processes of a crashed node are gone with their handles; rights are as they were."""
    cluster.write("N1", "Software\\Other", "first")
    for key in (KEY, "Software\\Other"):
        cluster.do(RegOpenKeyEx("N1", key))
    cluster.do(RegSetKeySecurity("N1", KEY, writable=False))
    outcome = cluster.do(NodeCrash("N1"))
    node = cluster.state.nodes[fold("N1")]

    assert [move.action for move in outcome.moves] == ["crash", "unblock"]
    assert node.opened == frozenset()
    assert node.denied == {("SOFTWARE", "ACME")}


@pytest.mark.rule("CKPT-FAILOVER", "CKPT-CAPTURE-ONLINE")
def test_a_group_fails_over_with_its_failed_resource() -> None:
    """When one resource has failed, the others go offline in order and the group goes elsewhere."""
    cluster = Driver(MSCS_PAGE_RULES, Resource("A", group="GA"), Resource("C", group="GA"))
    cluster.write("N1", KEY, "first")
    cluster.control("C", ADD, KEY)
    for name in ("A", "C"):
        cluster.do(OnlineClusterResource(name))
    assert not cluster.can(FailoverClusterGroup("GA", "N2"))
    cluster.write("N1", KEY, "last")
    cluster.do(FailClusterResource("A"))
    outcome = cluster.do(FailoverClusterGroup("GA", "N2"))

    assert [move.action for move in outcome.moves] == ["begin_offline", "complete_offline", "move"]
    assert cluster.by_itself() == [
        BringOnline("A"),
        BringOnline("C"),
        FailoverClusterGroup("GA", "N1"),
    ]
    cluster.do(OnlineClusterResource("C"))
    assert cluster.value("N2", KEY) == "last"


@pytest.mark.rule("CKPT-FAILOVER")
def test_where_a_group_fails_over_to(cluster: Driver) -> None:
    """A group goes to another active node, and only when its owner is down or a resource failed."""
    cluster.do(FailClusterResource("A"))
    assert cluster.can(FailoverClusterGroup("GA", "N2"))
    assert not cluster.can(FailoverClusterGroup("GA", "N1"))
    cluster.do(NodeCrash("N2"))
    assert not cluster.can(FailoverClusterGroup("GA", "N2"))


@pytest.mark.rule("CKPT-FAILOVER")
def test_a_pending_resource_holds_the_group_back() -> None:
    """While a resource is pending, neither failover nor failback moves its group."""
    cluster = _preferring("N2", "N1")
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    assert not cluster.can(FailbackClusterGroup("GA"))
    cluster.do(OnlineClusterResource("C"))
    cluster.do(FailClusterResource("C"))

    assert not cluster.can(FailoverClusterGroup("GA", "N2"))
    assert cluster.statuses(MoveClusterGroup("GA", "N2")) == {Status.UNSPECIFIED_FAILURE}


def _preferring(*nodes: str) -> Driver:
    """A cluster with A and C in a group on N1 that prefers these nodes, in order."""
    cluster = Driver(MSCS_PAGE_RULES, Resource("A", group="GA"), Resource("C", group="GA"))
    group = replace(cluster.state.groups[fold("GA")], preferred=tuple(map(fold, nodes)))
    groups = cluster.state.groups.insert(fold("GA"), group)
    cluster.state = replace(cluster.state, groups=groups)
    return cluster


@pytest.mark.rule("CKPT-FAILOVER", "CKPT-RESTORE-BEFORE-ONLINE")
def test_a_group_fails_back_with_its_data() -> None:
    """When the preferred node joins again, the group goes back there, with its trees."""
    cluster = _preferring("N1", "N2")
    cluster.write("N1", KEY, "first")
    cluster.control("A", ADD, KEY)
    cluster.do(OnlineClusterResource("A"))
    assert not cluster.can(FailbackClusterGroup("GA"))
    cluster.do(NodeCrash("N1"))
    assert not cluster.can(FailbackClusterGroup("GA"))
    cluster.do(FailoverClusterGroup("GA", "N2"))
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N2", KEY, "second")
    assert cluster.by_itself() == []
    cluster.do(NodeJoin("N1"))
    assert cluster.by_itself() == [FailbackClusterGroup("GA")]
    cluster.do(FailbackClusterGroup("GA"))
    assert cluster.state.groups[fold("GA")].owner == fold("N1")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "second"


@pytest.mark.rule("CKPT-FAILOVER")
def test_the_most_preferred_node_that_can_host() -> None:
    """A preferred node that is down is passed over; a group without a better one stays."""
    cluster = _preferring("N2")
    assert cluster.by_itself() == [FailbackClusterGroup("GA")]
    cluster.do(NodeCrash("N2"))

    assert not cluster.can(FailbackClusterGroup("GA"))


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_a_move_brings_what_a_resource_needs() -> None:
    """After a move each resource returns to its persistent state, with what it depends on."""
    needed = Resource("A", group="GA")
    needing = Resource("B", group="GA", dependencies=("A",))
    cluster = Driver(MSCS_PAGE_RULES, needed, needing)
    cluster.do(OnlineClusterResource("B"))
    assert not cluster.state.resources[fold("A")].persistent_online
    cluster.do(MoveClusterGroup("GA", "N2"))
    assert cluster.resource_state("A") is cluster.resource_state("B") is ResourceState.ONLINE
    cluster.do(OnlineClusterResource("A"))
    cluster.do(MoveClusterGroup("GA", "N1"))

    assert cluster.resource_state("A") is cluster.resource_state("B") is ResourceState.ONLINE


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_what_a_resource_needs_may_not_be_startable() -> None:
    """A resource that cannot begin to come online stays offline after a move, and that is all."""
    cluster = Driver(MSCS_PAGE_RULES, Resource("A", group="GA"))
    cluster.do(MoveClusterGroup("GA", "N2"), Status.ERROR_IO_PENDING)

    assert cluster.resource_state("A") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-FAILOVER")
def test_nobody_joins_without_a_quorum(cluster: Driver) -> None:
    """A node joins when there is a quorum to join."""
    cluster.do(QuorumChange("lost"))
    assert not cluster.can(NodeJoin("N1"))
    cluster.do(QuorumChange("full"))

    assert cluster.can(NodeJoin("N1"))
