"""The oracle that a test tells what its system does."""

from collections.abc import Callable
from typing import get_args

import pytest

from clusckpt.files.errors import UnusableInput
from clusckpt.oracle import JudgementKind
from clusckpt.pytest_plugin.clusters import SmallCluster
from clusckpt.pytest_plugin.oracle import OBSERVED, CheckpointOracle, RuleBroken
from clusckpt_spec.formats.events import AnyEvent, OnlineClusterResource, RegSetValueEx
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED
from clusckpt_spec.register import RuleID

KEY = "Software\\Acme"
OLD = {"SQL": {KEY: {KEY: {"Port": 1}}}}
CHANGE = RegSetValueEx("N1", KEY, "Port", 2)


@pytest.fixture
def oracle() -> CheckpointOracle:
    """An oracle that judges by the page, with the resource online."""
    made = CheckpointOracle([MSCS_PAGE])
    made.begin(SmallCluster())
    made.saw(OnlineClusterResource("SQL"), returned="ERROR_SUCCESS", states={"SQL": "Online"})
    return made


def test_a_broken_rule_is_told_at_once(oracle: CheckpointOracle) -> None:
    """The exception has the rule and the story; asked again, the oracle raises it again."""
    with pytest.raises(RuleBroken, match="CKPT-CAPTURE-ONLINE is broken under mscs-page") as broken:
        oracle.saw(CHANGE, returned=0, stored=OLD)
    text = str(broken.value)

    assert broken.value.rule is RuleID.CAPTURE_ONLINE
    assert " 2. On N1 somebody writes Software\\Acme\\Port = 2 (RegSetValueEx)" in text
    assert f"got      stored copy of {KEY} of SQL, key {KEY}: Port = 1" in text
    assert f"allowed  stored copy of {KEY} of SQL, key {KEY}: Port = 2" in text
    assert "because  CKPT-CAPTURE-ONLINE " in text
    with pytest.raises(RuleBroken):
        oracle.check()


def test_what_is_allowed_is_not_accused(oracle: CheckpointOracle) -> None:
    """The same change with the new copy keeps every rule."""
    oracle.saw(CHANGE, returned=0, stored={"SQL": {KEY: {KEY: {"Port": 2}}}})

    assert oracle.judgement.kind is JudgementKind.CONFORMS
    assert not oracle.is_broken


def test_one_of_several_readings_is_enough() -> None:
    """Only what none of the readings explains breaks a rule."""
    oracle = CheckpointOracle([MSCS_PAGE, WINDOWS_OBSERVED])
    oracle.begin(SmallCluster())
    oracle.saw("OnlineClusterResource", resource="SQL", returned=0)
    oracle.saw(CHANGE, stored=OLD)

    assert oracle.judgement.consistent == ("windows-observed",)
    assert "windows-observed" in oracle.consistent_readings
    assert "mscs-page" not in oracle.consistent_readings


def test_a_rule_that_is_to_be_broken(oracle: CheckpointOracle) -> None:
    """Inside the block the rule must be broken; afterwards the verdict counts as known."""
    with oracle.breaks("CKPT-CAPTURE-ONLINE"):
        oracle.saw(CHANGE, returned=0, stored=OLD)

    oracle.check()
    assert oracle.is_broken


def test_a_rule_that_was_to_be_broken_and_is_not(oracle: CheckpointOracle) -> None:
    """The block fails if nothing is broken, and if another rule is."""
    with (
        pytest.raises(AssertionError, match="no rule is broken; expected: CKPT-CAPTURE-ONLINE"),
        oracle.breaks("CKPT-CAPTURE-ONLINE"),
    ):
        oracle.saw(CHANGE, returned=0)
    with pytest.raises(RuleBroken), oracle.breaks("CKPT-IN-BACKUP"):
        oracle.saw(CHANGE, returned=0, stored=OLD)


def test_traces_follow_one_another(oracle: CheckpointOracle) -> None:
    """Each trace has its verdict, with the rules that it exercised."""
    oracle.begin(SmallCluster())
    (kind, rules), (other, none) = oracle.verdicts()

    assert (kind, other) == (JudgementKind.CONFORMS, JudgementKind.CONFORMS)
    assert RuleID.ONLINE_STATES in rules
    assert none == ()


def test_a_broken_trace_is_not_left_behind(oracle: CheckpointOracle) -> None:
    """A new trace does not begin as if nothing had been."""
    with pytest.raises(RuleBroken):
        oracle.saw(CHANGE, returned=0, stored=OLD)

    with pytest.raises(RuleBroken):
        oracle.begin(SmallCluster())


@pytest.mark.parametrize(
    ("tell", "message"),
    [
        (lambda one: one.saw("OnlineClusterResource", resource="Web"), 'unknown resource "Web"'),
        (lambda one: one.saw("OnlineResource", resource="SQL"), 'unknown call "OnlineResource"'),
        (lambda one: one.saw("NodeCrash", nod="N1"), 'the unknown field "nod"'),
        (lambda one: one.saw("NodeCrash", node="N1", returned="OK"), "OK"),
        (lambda one: one.saw("NodeCrash", node=b"N1"), "bytes is not JSON serializable"),
        (lambda one: one.saw("NodeCrash", node="N1", states={"SQL": "Up"}), "Up"),
        (lambda one: one.begin(SmallCluster()(owners={"G": "N9"})), 'unknown node "N9"'),
        (lambda one: one.begin(SmallCluster()(resources={"R": "Software"})), "for roots"),
        (lambda one: one.begin(SmallCluster()(nodes=(1, 2))), "got 1 at cluster.nodes"),
        (lambda one: one.begin(SmallCluster()(nodes=())), "nodes"),
    ],
)
def test_what_cannot_be_told(
    oracle: CheckpointOracle, tell: Callable[[CheckpointOracle], None], message: str
) -> None:
    """What makes no line of a trace of this cluster is refused, and breaks no rule."""
    with pytest.raises(UnusableInput) as refused:
        tell(oracle)

    assert message in str(refused.value)
    assert "; allowed: " in str(refused.value)
    assert not oracle.is_broken


def test_nothing_is_told_before_the_cluster() -> None:
    """An event without a cluster is refused, with what to call first."""
    oracle = CheckpointOracle([MSCS_PAGE])

    with pytest.raises(UnusableInput, match="next: call begin"):
        oracle.saw("NodeCrash", node="N1")
    assert oracle.consistent_readings == ()
    assert oracle.text() == ""


def test_words_of_calls_and_observations_differ() -> None:
    """No field of a call has the name of a part of an observation, so `saw` can tell them apart."""
    fields = {field for kind in get_args(AnyEvent) for field in kind.__struct_fields__}

    assert fields & (OBSERVED | {"call", "returned"}) == set()
    assert {"resource", "node"} <= fields


def test_the_fields_of_a_cluster() -> None:
    """Groups, owners, registry and containers stand in the header as they were given."""
    cluster = SmallCluster(
        resources={"A": (), "B": (KEY,)},
        groups={"B": "GB"},
        owners={"GB": "N2"},
        registry={"N2": {KEY: {}}},
        containers={"N1": {"1\\\\Box": "keys"}},
    )
    header = cluster.header

    assert [(one.name, one.owner) for one in header.cluster.groups] == [("G", "N1"), ("GB", "N2")]
    assert [one.group for one in header.cluster.resources] == ["G", "GB"]
    assert header.registry == {"N2": {KEY: {}}}
    assert header.containers == {"N1": {"1\\\\Box": "keys"}}
