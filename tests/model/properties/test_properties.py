"""Every property accuses a step that breaks its rule, and not the step that the model takes."""

import pytest

from clusckpt.properties import IN_REPORT_ORDER, properties
from clusckpt_spec.register import RULES, RuleID
from tests.model.properties.code_controls import CODE_CONTROLS
from tests.model.properties.hardship_controls import HARDSHIP_CONTROLS
from tests.model.properties.life_controls import (
    DATABASE_CONTROLS,
    GROUP_CONTROLS,
    REQUEST_CONTROLS,
)
from tests.model.properties.scenes import Control
from tests.model.properties.tree_controls import (
    BOTH_ROOTS_CONTROL,
    CAPTURE_CONTROLS,
    RESTORE_CONTROLS,
)

LIFE_CONTROLS = (*REQUEST_CONTROLS, *GROUP_CONTROLS, *DATABASE_CONTROLS)
TREE_CONTROLS = (*CAPTURE_CONTROLS, *RESTORE_CONTROLS)
CONTROLS = (*CODE_CONTROLS, *LIFE_CONTROLS, *TREE_CONTROLS, *HARDSHIP_CONTROLS)


def named(control: Control) -> str:
    """The name of a control, for the report."""
    return control.name


def full_name(function: object) -> str:
    """The name under which a property is registered."""
    return f"{function.__module__}.{getattr(function, '__qualname__', '')}"


@pytest.mark.rule(
    "CKPT-ADD-REGISTRY",
    "CKPT-ADD-REGISTRY-32BIT",
    "CKPT-ADD-REGISTRY-64BIT",
    "CKPT-DELETE-REGISTRY",
    "CKPT-GET-REGISTRY",
    "CKPT-TYPE-GET-REGISTRY",
    "CKPT-ADD-CRYPTO",
    "CKPT-ADD-CRYPTO-EX",
    "CKPT-DELETE-CRYPTO",
    "CKPT-GET-CRYPTO",
    "CKPT-TYPE-GET-CRYPTO",
    "CKPT-NAMES-CASELESS",
    "CKPT-NOT-PASSED-TO-DLL",
)
@pytest.mark.parametrize("control", CODE_CONTROLS, ids=named)
def test_wrong_answer_of_a_code_is_accused(control: Control) -> None:
    """A wrong answer or effect of a control code breaks exactly the rule it should."""
    assert control.accused(doctored=True) == [control.rule]


@pytest.mark.rule(
    "CKPT-ONLINE-STATES",
    "CKPT-OFFLINE-STATES",
    "CKPT-DELETE-STATES",
    "CKPT-DELETED-WITH-RESOURCE",
    "CKPT-MOVE-GROUP",
    "CKPT-FAILOVER",
    "CKPT-IN-BACKUP",
    "CKPT-RESTORE-DATABASE",
)
@pytest.mark.parametrize("control", LIFE_CONTROLS, ids=named)
def test_wrong_turn_of_a_life_is_accused(control: Control) -> None:
    """A wrong state, owner, deletion, backup or database breaks exactly the rule it should."""
    assert control.accused(doctored=True) == [control.rule]


@pytest.mark.rule(
    "CKPT-CAPTURE-ONLINE",
    "CKPT-OFFLINE-OVERWRITTEN",
    "CKPT-RESTORE-BEFORE-ONLINE",
    "CKPT-INSTANCES",
    "CKPT-KB-CAPTURE-AT-ADD",
    "CKPT-KB-RESTORE-AT-ONLINE",
    "CKPT-KB-SAVE-AT-OFFLINE",
    "CKPT-KB-CAPTURE-ONLINE",
    "CKPT-TREE-REPLACED",
    "CKPT-ROOT-DELETED",
    "CKPT-CRYPTO-CONTAINERS",
)
@pytest.mark.parametrize("control", TREE_CONTROLS, ids=named)
def test_wrong_data_are_accused(control: Control) -> None:
    """A wrong copy, tree or container breaks exactly the rule it should."""
    assert control.accused(doctored=True) == [control.rule]


def test_change_that_survives_under_two_roots_is_accused_for_both() -> None:
    """Where a resource's own other root was restored last, only what that brought is its own."""
    assert BOTH_ROOTS_CONTROL.accused(doctored=True) == [RuleID.INSTANCES, RuleID.INSTANCES]
    assert BOTH_ROOTS_CONTROL.accused(doctored=False) == []


@pytest.mark.rule(
    "CKPT-CAPTURE-ONLINE",
    "CKPT-RESTORE-BEFORE-ONLINE",
    "CKPT-TREE-REPLACED",
    "CKPT-CRYPTO-CONTAINERS",
    "CKPT-DELETED-WITH-RESOURCE",
    "CKPT-KB-SAVE-AT-OFFLINE",
    "CKPT-KB-CAPTURE-AT-ADD",
    "CKPT-ONLINE-STATES",
    "CKPT-OFFLINE-STATES",
    "CKPT-FAILOVER",
)
@pytest.mark.parametrize("control", HARDSHIP_CONTROLS, ids=named)
def test_wrong_conduct_in_hardship_is_accused(control: Control) -> None:
    """What is late, fails, is missing or waits breaks exactly the rule it should if it is wrong."""
    assert control.accused(doctored=True) == [control.rule]


@pytest.mark.parametrize("control", CONTROLS, ids=named)
def test_step_of_the_model_is_not_accused(control: Control) -> None:
    """The same step as the model takes it breaks nothing."""
    assert control.accused(doctored=False) == []


def test_every_property_has_a_control_for_each_rule() -> None:
    """Each property can accuse of each rule that it is marked with, and of no other."""
    controlled = {(full_name(control.judge), control.rule) for control in CONTROLS}
    marked = {(name, rule) for name, rules in properties() for rule in rules}

    assert marked - controlled == set()
    assert controlled - marked == set()


def test_every_property_is_in_the_order_of_reports() -> None:
    """No marked property is left out of the reports, and none is in them twice."""
    listed = [full_name(one) for one in IN_REPORT_ORDER]

    assert sorted(listed) == [name for name, _ in properties()]


def test_every_rule_has_a_property() -> None:
    """The properties leave no rule of the register out."""
    covered = {rule for _, rules in properties() for rule in rules}

    assert covered == set(RULES) == set(RuleID)
