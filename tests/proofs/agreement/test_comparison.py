"""Model and transition system agree on every state of every carrier, in both directions."""

from dataclasses import replace

import pytest

from clusckpt.names import Folded, fold
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.rules.removal import deleted
from clusckpt.state import ClusterState
from clusckpt_proofs.agreement import CARRIERS, Carrier, Comparison, compare
from clusckpt_proofs.agreement.abstraction import Abstraction

PINNED = {
    "one node, backup": (2022, 246, 29820, 1505),
    "two nodes, one key": (1152, 720, 22344, 6036),
    "one possible owner": (3608, 492, 64168, 3388),
    "nested roots": (198, 126, 2946, 686),
    "nested roots on two nodes": (630, 522, 12624, 3858),
    "nested roots, saved at offline": (774, 627, 14324, 4814),
    "shared root": (764, 503, 15472, 3686),
    "nested roots of two resources": (3571, 2419, 87804, 21555),
}
"""States of model and system, then steps of both; a change here is a change of the rules."""

SMALLEST = next(carrier for carrier in CARRIERS if carrier.name == "nested roots")


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda one: one.name)
def test_the_two_readings_agree(carrier: Carrier) -> None:
    """On every state of a carrier each step of one is a step of the other, and none is new."""
    assert compare(carrier) == Comparison(*PINNED[carrier.name], disagreement=None)


def test_every_carrier_is_pinned() -> None:
    """No carrier is left out, and none is pinned that is not there."""
    assert {carrier.name for carrier in CARRIERS} == set(PINNED)


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_model_that_does_less_disagrees() -> None:
    """A model that never captures is told apart, at a write, by the state that it comes to."""
    lazy = replace(MSCS_PAGE_RULES, capture=lambda course, _node, _changed: course)
    found = compare(SMALLEST, lazy).disagreement

    assert found is not None
    assert found.reason == "the transition system comes to another state"
    assert found.event is not None


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_model_that_does_more_disagrees() -> None:
    """A model that waits for no restore takes a step that the system does not allow."""
    hasty = replace(MSCS_PAGE_RULES, waits=lambda _state, _resource: frozenset())
    found = compare(SMALLEST, hasty).disagreement

    assert found is not None
    assert found.reason.startswith("the transition system does not allow ('complete_online'")


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE")
def test_a_model_that_keeps_copies_disagrees() -> None:
    """A model that keeps the copies of a deleted resource comes to another state."""

    def keeping(state: ClusterState, resource: Folded) -> ClusterState:
        return replace(deleted(state, resource), copies=state.copies)

    found = compare(SMALLEST, replace(MSCS_PAGE_RULES, deletion=keeping)).disagreement

    assert found is not None
    assert found.reason == "the transition system comes to another state"


def test_a_step_that_the_model_lacks_is_found() -> None:
    """A carrier without an event that it should have is missing a step of the system."""
    without = replace(SMALLEST, left_out=SMALLEST.left_out | {"DllOffline"})
    found = compare(without).disagreement

    assert found is not None
    assert found.reason == "the reference model has no event that does this"
    assert found.instance == ("complete_offline", (0,))


def test_the_abstraction_forgets_only_what_it_says() -> None:
    """Two states that differ in the persistent state of a resource alone stand for one."""
    state = SMALLEST.start
    resource = replace(state.resources[fold("R1")], persistent_online=True)
    other = state.with_resource(fold("R1"), resource)
    abstraction = Abstraction(SMALLEST)

    assert state != other
    assert abstraction.state(state) == abstraction.state(other)
