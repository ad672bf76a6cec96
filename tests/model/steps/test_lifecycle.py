"""Requests about a resource answer by its state, and checkpoints follow them."""

import pytest

from clusckpt.names import fold
from clusckpt.registry import EMPTY_KEY, RegistryKey, find, value_of
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt.steps import step
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    BringOnline,
    CreateClusterResource,
    DeleteClusterResource,
    DllOnline,
    FailClusterResource,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RegDeleteTree,
    RestoreCheckpoint,
)
from tests.drive import ADD, Driver, with_root

KEY = "Software\\Acme"


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has a checkpoint on N1."""
    return with_root()


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_online_answers_by_state(cluster: Driver) -> None:
    """From offline it succeeds or goes on, while pending it is refused, online it succeeds."""
    event = OnlineClusterResource("A")

    assert cluster.statuses(event) == {Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING}
    cluster.do(event, Status.ERROR_IO_PENDING)
    assert cluster.resource_state("A") is ResourceState.ONLINE_PENDING
    assert cluster.statuses(event) == {Status.ERROR_INVALID_STATE}


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_offline_answers_by_state(cluster: Driver) -> None:
    """Offline succeeds on an offline resource, is refused while pending, and told of a failure."""
    event = OfflineClusterResource("A")

    assert cluster.statuses(event) == {Status.ERROR_SUCCESS}
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    assert cluster.statuses(event) == {Status.ERROR_INVALID_STATE}
    cluster.do(FailClusterResource("A"))
    assert cluster.statuses(event) == {Status.ERROR_RESOURCE_FAILED}


@pytest.mark.rule("CKPT-DELETE-STATES", "CKPT-DELETED-WITH-RESOURCE")
def test_only_a_resting_resource_is_deleted(cluster: Driver) -> None:
    """An online resource is not deleted; an offline one is, with its copy, and then unknown."""
    cluster.do(OnlineClusterResource("A"))
    cluster.do(DeleteClusterResource("A"), Status.ERROR_RESOURCE_ONLINE)
    cluster.do(OfflineClusterResource("A"), Status.ERROR_SUCCESS)
    cluster.do(DeleteClusterResource("A"))

    assert cluster.copy("A", KEY) is None
    assert cluster.value("N1", KEY) == "first"
    assert cluster.statuses(DeleteClusterResource("A")) == {Status.ERROR_RESOURCE_NOT_FOUND}


@pytest.mark.rule("CKPT-DELETE-STATES")
def test_a_resource_that_others_need_stays() -> None:
    """A resource on which another depends is not deleted."""
    needed = Resource("A", group="GA")
    needing = Resource("B", group="GA", dependencies=("A",))
    cluster = Driver(MSCS_PAGE_RULES, needed, needing)
    event = DeleteClusterResource("A")

    assert cluster.statuses(event) == {Status.ERROR_DEPENDENT_RESOURCE_EXISTS}


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE", "CKPT-KB-RESTORE-AT-ONLINE")
def test_online_waits_for_the_restore(cluster: Driver) -> None:
    """The resource DLL's Online cannot run before the checkpoint has been restored."""
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)

    assert step(cluster.state, DllOnline("A")) == frozenset()
    cluster.do(RestoreCheckpoint("A", KEY))
    cluster.do(DllOnline("A"))
    assert cluster.resource_state("A") is ResourceState.ONLINE


@pytest.mark.rule("CKPT-OFFLINE-OVERWRITTEN")
def test_a_change_while_pending_is_overwritten_too(cluster: Driver) -> None:
    """A change after the restore and before online makes the resource wait once more (A3)."""
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.do(RestoreCheckpoint("A", KEY))
    cluster.write("N1", KEY, "meanwhile")

    assert step(cluster.state, DllOnline("A")) == frozenset()
    cluster.do(RestoreCheckpoint("A", KEY))
    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-TREE-REPLACED")
def test_a_restore_does_not_merge(cluster: Driver) -> None:
    """A subkey that the copy does not have is gone after a restore."""
    cluster.write("N1", KEY + "\\Local", "only here")
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY + "\\Local") is None
    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-KB-CAPTURE-ONLINE")
def test_subkeys_are_captured(cluster: Driver) -> None:
    """A change below the root while online is in the copy of the whole tree."""
    cluster.do(OnlineClusterResource("A"))
    cluster.write("N1", KEY + "\\Sub\\Deeper", "new")
    copy = cluster.copy("A", KEY)

    assert isinstance(copy, RegistryKey)
    assert find(copy, ("Sub", "Deeper")) == EMPTY_KEY.with_value(value_of("v", "new"))


@pytest.mark.rule("CKPT-ROOT-DELETED")
def test_a_deleted_root_keeps_the_last_copy(cluster: Driver) -> None:
    """Deleting the root while online leaves the last good copy, which the next online restores."""
    cluster.do(OnlineClusterResource("A"))
    cluster.do(RegDeleteTree("N1", KEY))
    cluster.do(OfflineClusterResource("A"))
    cluster.do(OnlineClusterResource("A"))

    assert cluster.value("N1", KEY) == "first"


@pytest.mark.rule("CKPT-KB-SAVE-AT-OFFLINE")
@pytest.mark.parametrize(
    ("rules", "kept"), [(MSCS_PAGE_RULES, {"outer", "inner"}), (KB174070_RULES, {"inner"})]
)
def test_saving_at_offline_shows_with_nested_roots(rules: Rulebook, kept: set[str]) -> None:
    """Only copies of nested roots that disagree show whether an orderly offline saves them.

    Given an outer root and an inner one that was added after an offline change, whichever copy
    is restored last wins; an offline that saves makes both copies what was there at the end.
    """
    cluster = Driver(rules)
    inner = KEY + "\\Inner"
    cluster.write("N1", inner, "outer")
    cluster.control("A", ADD, KEY)
    cluster.write("N1", inner, "inner")
    cluster.control("A", ADD, inner)
    for outcome in step(cluster.state, OnlineClusterResource("A"), cluster.rules):
        cluster.state = outcome.state
        if outcome.status is Status.ERROR_SUCCESS and cluster.value("N1", inner) == "inner":
            break
    cluster.do(OfflineClusterResource("A"))
    ends = set()
    for outcome in step(cluster.state, OnlineClusterResource("A"), cluster.rules):
        cluster.state = outcome.state
        if outcome.status is Status.ERROR_SUCCESS:
            ends.add(cluster.value("N1", inner))

    assert ends == kept


def test_the_service_only_returns_what_should_be_online(cluster: Driver) -> None:
    """The service brings a failed resource back only while its persistent state is Online."""
    assert step(cluster.state, BringOnline("A")) == frozenset()
    cluster.do(OnlineClusterResource("A"))
    cluster.do(FailClusterResource("A"))
    assert len(step(cluster.state, BringOnline("A"))) == 1


@pytest.mark.parametrize(
    "event",
    [
        OnlineClusterResource("X"),
        OfflineClusterResource("X"),
        FailClusterResource("X"),
        DeleteClusterResource("X"),
    ],
)
def test_unknown_resources_have_a_status(cluster: Driver, event: AnyEvent) -> None:
    """A request about a resource that does not exist answers ERROR_RESOURCE_NOT_FOUND."""
    assert cluster.statuses(event) == {Status.ERROR_RESOURCE_NOT_FOUND}


@pytest.mark.rule("CKPT-ONLINE-STATES", "CKPT-OFFLINE-STATES")
def test_what_is_done_already_succeeds(cluster: Driver) -> None:
    """An online of an online resource succeeds, and so does an offline of an offline one."""
    assert cluster.do(OfflineClusterResource("A")).moves == ()
    cluster.do(OnlineClusterResource("A"))

    assert cluster.statuses(OnlineClusterResource("A")) == {Status.ERROR_SUCCESS}
    assert cluster.do(OnlineClusterResource("A")).moves == ()


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_an_online_without_a_host_keeps_the_wish(cluster: Driver) -> None:
    """An online that cannot begin fails, and the persistent state is Online all the same."""
    cluster.do(NodeCrash("N1"))
    cluster.do(OnlineClusterResource("A"), Status.UNSPECIFIED_FAILURE)

    assert cluster.state.resources[fold("A")].persistent_online
    assert cluster.resource_state("A") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_only_what_runs_can_fail(cluster: Driver) -> None:
    """A resource at rest cannot fail; a pending one can."""
    assert cluster.statuses(FailClusterResource("A")) == {Status.UNSPECIFIED_FAILURE}
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    cluster.do(FailClusterResource("A"))

    assert cluster.resource_state("A") is ResourceState.FAILED


@pytest.mark.rule("CKPT-DELETE-STATES")
def test_a_pending_resource_is_not_deleted(cluster: Driver) -> None:
    """A resource that is coming online is not deleted; a failed one is."""
    cluster.do(OnlineClusterResource("A"), Status.ERROR_IO_PENDING)
    assert cluster.statuses(DeleteClusterResource("A")) == {Status.UNSPECIFIED_FAILURE}
    cluster.do(FailClusterResource("A"))
    cluster.do(DeleteClusterResource("A"))

    assert fold("A") not in cluster.state.resources


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_a_created_resource_starts_from_nothing(cluster: Driver) -> None:
    """A resource created under the name of a deleted one has no checkpoints, and is offline."""
    cluster.do(DeleteClusterResource("A"))
    cluster.do(CreateClusterResource("a", "GA"))
    resource = cluster.state.resources[fold("A")]

    assert (resource.name, len(resource.checkpoints)) == ("a", 0)
    assert resource.possible_owners == {fold("N1"), fold("N2")}
    assert cluster.resource_state("A") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_what_a_creation_needs(cluster: Driver) -> None:
    """The group must exist, the name be free, and the owner of the group be active."""
    assert cluster.statuses(CreateClusterResource("C", "GX")) == {Status.ERROR_GROUP_NOT_FOUND}
    assert cluster.statuses(CreateClusterResource("A", "GA")) == {Status.UNSPECIFIED_FAILURE}
    cluster.do(NodeCrash("N1"))

    assert cluster.statuses(CreateClusterResource("C", "GA")) == {Status.UNSPECIFIED_FAILURE}


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_the_service_starts_nobody_else(cluster: Driver) -> None:
    """The service does not start a resource that is not there, or that is to stay offline."""
    assert not cluster.can(BringOnline("X"))
    assert not cluster.can(BringOnline("A"))
