"""A program that breaks a rule is shortened to the events that it needs, and reads as a list."""

from dataclasses import replace

import pytest

from clusckpt.gallery import GALLERY
from clusckpt.names import fold
from clusckpt.properties import Run, started
from clusckpt.properties.run import Happening
from clusckpt.properties.shortest import first_violation, shortened
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    RegCreateKeyEx,
)
from clusckpt_spec.register import RuleID
from tests.machines import RuleBroken
from tests.model.properties.scenes import KEY, ONLINE, WRITE, cluster, code

SKIPS_CAPTURE = next(bug for bug in GALLERY if bug.name == "skip capture")
ADD = code("ADD_REGISTRY_CHECKPOINT")
LONG = (
    NodeCrash("N2"),
    RegCreateKeyEx("N1", KEY),
    NodeJoin("N2"),
    ADD,
    RegCreateKeyEx("N2", KEY),
    ONLINE,
    RegCreateKeyEx("N1", "Software\\C"),
    WRITE,
)

MOVE = MoveClusterGroup("GA", "N2")
MOVED = (RegCreateKeyEx("N1", KEY), ADD, MOVE, MoveClusterGroup("GA", "N1"), ONLINE, WRITE)

TOLD = r"""CKPT-CAPTURE-ONLINE
got: the copy of Software\A of A holds SOFTWARE\A{}
allowed: SOFTWARE\A{V=1}, as on N1
because: Any change under a root, made while its resource is online, brings a new stored copy \
of the whole tree to the quorum. How soon is A1.
program, judged by mscs-page:
  1. RegCreateKeyEx(node='N1', key='Software\\A') -> ERROR_SUCCESS
  2. ClusterResourceControl(resource='A', code=20971682, input='Software\\A') -> ERROR_SUCCESS
  3. OnlineClusterResource(resource='A') -> ERROR_SUCCESS
  4. RegSetValueEx(node='N1', key='Software\\A', name='v', value=1) -> ERROR_SUCCESS""".replace(
    "\\\n", ""
)
"""The whole message."""


def happened(*events: AnyEvent) -> tuple[Happening, ...]:
    """Events that all succeed."""
    return tuple(Happening(event, Status.ERROR_SUCCESS) for event in events)


def begun() -> Run:
    """The start of a run of a model that skips captures."""
    return SKIPS_CAPTURE.run(cluster())


def stays_without_checkpoints(
    state: ClusterState, event: AnyEvent, rules: Rulebook
) -> frozenset[Outcome]:
    """A faulty step: a group whose resources have no checkpoint is moved nowhere."""
    outcomes = step(state, event, rules)
    if isinstance(event, MoveClusterGroup) and not state.resources[fold("A")].checkpoints:
        return frozenset(replace(outcome, state=state) for outcome in outcomes)
    return outcomes


def test_program_is_shortened() -> None:
    """Of eight events four are needed; a node does not join that did not stop."""
    run, violation = shortened(begun(), happened(*LONG))

    assert violation.rule is RuleID.CAPTURE_ONLINE
    assert [one.event for one in run.program] == [RegCreateKeyEx("N1", KEY), ADD, ONLINE, WRITE]


def test_shortened_program_breaks_the_same_rule() -> None:
    """A shorter part that breaks another rule is not taken for the program."""
    stuck = replace(begun(), behaviour=stays_without_checkpoints)
    other, same = first_violation(stuck, happened(MOVE)), shortened(stuck, happened(*MOVED))

    assert other is not None
    assert other[1].rule is RuleID.MOVE_GROUP
    assert same[1].rule is RuleID.CAPTURE_ONLINE
    assert [one.event for one in same[0].program] == [RegCreateKeyEx("N1", KEY), ADD, ONLINE, WRITE]


def test_program_ends_with_its_first_violation() -> None:
    """What comes after the first violation is not run."""
    found = first_violation(begun(), happened(*LONG, NodeCrash("N1")))

    assert found is not None
    assert found[0].program[-1].event == WRITE


def test_program_that_breaks_nothing_is_refused() -> None:
    """There is nothing to shorten where no rule is broken, and the message says so."""
    with pytest.raises(ValueError, match="breaks no rule") as refused:
        shortened(started(MSCS_PAGE_RULES, cluster()), happened(*LONG))

    assert str(refused.value) == (
        "the program breaks no rule, so no part of it does; give one that does"
    )


def test_broken_rule_is_told_with_its_program() -> None:
    """The message has the rule, got, allowed and because, and the program as a list."""
    run, violation = shortened(begun(), happened(*LONG))

    assert str(RuleBroken(violation, begun(), run)) == TOLD
