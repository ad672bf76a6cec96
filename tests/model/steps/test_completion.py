"""Restores in every order that matters, and in one where none does."""

import pytest

from clusckpt.names import fold
from clusckpt.rules import Course, rulebook
from clusckpt.steps import completion, step
from clusckpt.steps.completion import TooManyOrders, completed
from clusckpt.steps.elementary import begin_online
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import OfflineClusterResource, OnlineClusterResource
from clusckpt_spec.readings import MSCS_PAGE
from tests.drive import ADD, Driver, rules_with

RULES = rulebook(MSCS_PAGE)


def _nested(levels: int) -> Driver:
    """A cluster in which A has as many nested roots, whose copies agree."""
    cluster = Driver()
    path = "Software"
    for level in range(levels):
        path += f"\\L{level}"
        cluster.write("N1", path, f"value {level}")
    for level in range(levels):
        cluster.control("A", ADD, "\\".join(["Software", *(f"L{at}" for at in range(level + 1))]))
    return cluster


def test_copies_that_agree_need_one_order() -> None:
    """Twenty nested roots whose copies agree come to one end, at once."""
    cluster = _nested(20)
    ends = completed(RULES, begin_online(Course(cluster.state), fold("A")), fold("A"))

    assert len(ends) == 1
    assert next(iter(ends)).state.resources[fold("A")].state is ResourceState.ONLINE


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_copies_that_disagree_have_every_end() -> None:
    """Two nested roots whose copies disagree have two ends: which is restored last is open."""
    cluster = _nested(1)
    cluster.write("N1", "Software\\L0\\Inner", "edited offline")
    cluster.control("A", ADD, "Software\\L0\\Inner")
    ends = set()
    for end in completed(RULES, begin_online(Course(cluster.state), fold("A")), fold("A")):
        cluster.state = end.state
        ends.add(cluster.value("N1", "Software\\L0\\Inner"))

    assert ends == {None, "edited offline"}


def test_too_many_ends_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """When more ends are possible than are followed, that is said and nothing is left out."""
    monkeypatch.setattr(completion, "MOST_ORDERS", 1)
    cluster = _nested(1)
    cluster.write("N1", "Software\\L0\\Inner", "edited offline")
    cluster.control("A", ADD, "Software\\L0\\Inner")

    with pytest.raises(TooManyOrders, match="more than 1 ends are possible when A comes online"):
        step(cluster.state, OnlineClusterResource("A"))


def test_a_resource_without_checkpoints_just_comes_online() -> None:
    """With nothing to restore there is one way to come online, again after an offline."""
    cluster = Driver()
    for event in (OnlineClusterResource("B"), OfflineClusterResource("B")):
        cluster.do(event)

    assert cluster.resource_state("B") is ResourceState.OFFLINE


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_copy_of_no_tree_disagrees_with_a_tree() -> None:
    """An outer root that was not there and an inner one that was have two ends (A6, A22)."""
    cluster = Driver(rules_with({AmbiguityID.A6: "succeeds-empty"}))
    cluster.control("A", ADD, "Software\\Outer")
    cluster.write("N1", "Software\\Outer\\Inner", "made later")
    cluster.control("A", ADD, "Software\\Outer\\Inner")
    ends = set()
    for end in completed(cluster.rules, begin_online(Course(cluster.state), fold("A")), fold("A")):
        cluster.state = end.state
        ends.add(cluster.value("N1", "Software\\Outer\\Inner"))

    assert ends == {None, "made later"}
