"""Model and transition system agree on every state of every carrier, in both directions."""

from dataclasses import replace

import pytest

from clusckpt.names import Folded, fold
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES
from clusckpt.rules.removal import deleted
from clusckpt.state import ClusterState
from clusckpt_proofs.agreement import CARRIERS, Carrier, Comparison, compare
from clusckpt_proofs.agreement.abstraction import Abstraction
from clusckpt_spec.readings import READINGS

PINNED = {
    "one node, backup": (2526, 282, 37692, 1744),
    "two nodes, one key": (1260, 828, 24696, 6996),
    "one possible owner": (2512, 444, 42424, 2912),
    "nested roots": (216, 144, 3250, 780),
    "nested roots on two nodes": (738, 630, 14880, 4710),
    "nested roots, saved": (921, 774, 17190, 6071),
    "shared root": (1079, 764, 22412, 5952),
    "nested roots of two resources": (2419, 2419, 54454, 17935),
    "open handles": (301, 259, 5559, 1890),
    "lost copies": (450, 378, 9246, 3354),
    "one group": (2320, 908, 54392, 0),
    "ms-cmrp, one key": (1692, 972, 33936, 8532),
    "ms-cmrp, hindrances": (220, 140, 3883, 1082),
    "ms-cmrp, shared root": (765, 369, 15180, 2583),
    "observed, one key": (1788, 1068, 35928, 9540),
    "observed, hindrances": (248, 168, 4391, 1327),
    "observed, nested roots": (361, 209, 5739, 1346),
    "observed, shared root": (890, 458, 17754, 3340),
    "observed, backup": (1604, 124, 21523, 681),
    "vcs-regrep": (642, 444, 11934, 3134),
    "live-pair": (582, 456, 10812, 0),
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
    without = replace(SMALLEST, left_out=SMALLEST.left_out | {"RestoreCheckpoint"})
    found = compare(without).disagreement

    assert found is not None
    assert found.instance is not None
    assert found.reason == "the reference model has no event that does this"
    assert found.instance[0] == "restore"


def test_the_abstraction_forgets_only_what_it_says() -> None:
    """Two states that differ in the persistent state of a resource alone stand for one."""
    state = SMALLEST.start
    resource = replace(state.resources[fold("R1")], persistent_online=True)
    other = state.with_resource(fold("R1"), resource)
    abstraction = Abstraction(SMALLEST)

    assert state != other
    assert abstraction.state(state) == abstraction.state(other)


def test_every_shipped_reading_has_a_carrier() -> None:
    """Agreement is checked under each reading that ships, no matter whose product it is about."""
    assert {carrier.reading.name for carrier in CARRIERS} == set(READINGS)


def test_a_model_that_forgets_what_is_due_disagrees() -> None:
    """Under delayed capture, a model that notices no change has no later capture to offer."""
    carrier = next(one for one in CARRIERS if one.name == "observed, hindrances")
    deaf = replace(WINDOWS_OBSERVED_RULES, capture=lambda course, _node, _changed: course)
    found = compare(carrier, deaf).disagreement

    assert found is not None
    assert found.reason == "the transition system comes to another state"
