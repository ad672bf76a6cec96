"""Elementary steps: when each may be taken, and what it leaves under way."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import MSCS_PAGE_RULES, Course
from clusckpt.steps.elementary import (
    at_rest,
    begin_online,
    can_host,
    complete_online,
    crash,
    delete,
    fail,
    in_order,
    join,
    may_begin_online,
    may_complete_online,
    persist,
    rested,
    terminate,
)
from clusckpt.steps.restoring import attempted
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import CryptGenKey
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

A, B, GA, N1, N2 = fold("A"), fold("B"), fold("GA"), fold("N1"), fold("N2")
KEY = "Software\\Acme"
PAGE = MSCS_PAGE_RULES


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has a root and a container on N1."""
    driver = Driver()
    driver.write("N1", KEY, "first")
    driver.do(CryptGenKey("N1", "1\\\\Box", "k1"))
    driver.control("A", ADD, KEY)
    driver.control("A", ADD_CRYPTO, "1\\\\Box")
    return driver


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_who_may_begin_to_come_online(cluster: Driver) -> None:
    """A resource at rest may, on an active owner; one that runs may not."""
    assert may_begin_online(cluster.state, A)
    pending = begin_online(Course(cluster.state), A).state
    assert not may_begin_online(pending, A)
    assert may_begin_online(fail(Course(pending), A).state, A)
    assert not may_begin_online(crash(Course(cluster.state), N1).state, A)


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_only_a_possible_owner_brings_online() -> None:
    """A resource does not come online on a node that is no possible owner of it."""
    cluster = Driver(PAGE, Resource("A", group="GA", possible_owners=("N2",)))

    assert not may_begin_online(cluster.state, A)


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_online_after_every_restore(cluster: Driver) -> None:
    """The Online of the DLL may run when each checkpoint has been restored, and not before."""
    course = begin_online(Course(cluster.state), A)
    assert not may_complete_online(PAGE, cluster.state, A)
    for entry in in_order(cluster.state.resources[A]):
        assert not may_complete_online(PAGE, course.state, A)
        course = attempted(PAGE, course, A, entry)

    assert may_complete_online(PAGE, course.state, A)
    course = complete_online(PAGE, course, A)
    assert course.state.resources[A].state is ResourceState.ONLINE
    assert [move.action for move in course.moves] == [
        "begin_online",
        "restore",
        "restore",
        "complete_online",
    ]


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_online_after_what_it_needs() -> None:
    """The Online of the DLL waits for what the resource depends on."""
    needing = Resource("B", group="GA", dependencies=("A",))
    cluster = Driver(PAGE, Resource("A", group="GA"), needing)
    course = begin_online(begin_online(Course(cluster.state), A), B)

    assert not may_complete_online(PAGE, course.state, B)
    assert may_complete_online(PAGE, complete_online(PAGE, course, A).state, B)


@pytest.mark.rule("CKPT-OFFLINE-STATES")
def test_nothing_is_under_way_at_rest(cluster: Driver) -> None:
    """A resource that failed, was terminated or lost its node has nothing restored any more."""
    course = begin_online(Course(cluster.state), A)
    (_, root) = in_order(cluster.state.resources[A])
    course = attempted(PAGE, course, A, root)
    for end in (fail(course, A), terminate(course, A), crash(course, N1)):
        resource = end.state.resources[A]

        assert resource == rested(resource, resource.state)
        assert end.state.copies == cluster.state.copies
    assert at_rest(course.state, A, ResourceState.FAILED) == fail(course, A).state


@pytest.mark.rule("CKPT-FAILOVER")
def test_a_crash_stops_what_runs_there(cluster: Driver) -> None:
    """A crash makes what runs on the node offline, and nothing else changes but the node."""
    running = begin_online(Course(cluster.state), A)
    elsewhere = crash(running, N2)
    here = crash(running, N1)

    assert elsewhere.state.resources == running.state.resources
    assert here.state.resources[A].state is ResourceState.OFFLINE
    assert here.state.nodes[N1].registry == cluster.state.nodes[N1].registry
    assert join(here, N1).state.nodes == cluster.state.nodes


@pytest.mark.rule("CKPT-MOVE-GROUP")
def test_who_can_host_a_group() -> None:
    """An active node that is a possible owner of every resource of the group can."""
    bound = Resource("B", group="GA", possible_owners=("N1",))
    cluster = Driver(PAGE, Resource("A", group="GA"), bound)

    assert can_host(cluster.state, GA, N1)
    assert not can_host(cluster.state, GA, N2)
    assert not can_host(crash(Course(cluster.state), N1).state, GA, N1)


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_a_deletion_goes_by_the_rulebook(cluster: Driver) -> None:
    """What a deletion takes along is a clause of the rulebook (A42)."""
    later = rules_with({AmbiguityID.A42: "two-steps"})

    assert len(delete(PAGE, Course(cluster.state), A).state.copies) == 0
    assert len(delete(later, Course(cluster.state), A).state.copies) == 2


@pytest.mark.rule("CKPT-ONLINE-STATES")
def test_the_persistent_state_is_kept_beside(cluster: Driver) -> None:
    """The persistent state changes for the named resources, and no state of a resource does."""
    state = persist(cluster.state, [A], online=True)

    assert state.resources[A].persistent_online
    assert state.resources[A].state is ResourceState.OFFLINE
    assert not state.resources[B].persistent_online
