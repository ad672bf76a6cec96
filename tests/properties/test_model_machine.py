"""The model keeps every rule, under every reading, through every kind of event."""

from typing import get_args

import pytest

from clusckpt.properties import Run, properties, started
from clusckpt.rules import Rulebook, rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import READINGS, WINDOWS_OBSERVED, Reading
from clusckpt_spec.register import RuleID
from tests.drive import rules_with
from tests.machines import bounded, check_model


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE", "CKPT-IN-BACKUP", "CKPT-INSTANCES")
@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD", "CKPT-KB-RESTORE-AT-ONLINE", "CKPT-KB-SAVE-AT-OFFLINE")
@pytest.mark.rule("CKPT-KB-CAPTURE-ONLINE", "CKPT-TREE-REPLACED", "CKPT-ROOT-DELETED")
def test_the_model_breaks_no_rule(reading: Reading) -> None:
    """No run of the model, through all its events, breaks a property of any rule."""
    rules = rulebook(reading)

    check_model(lambda state: started(rules, state), bounded(60, 40))


def test_every_kind_of_event_happens() -> None:
    """The runs of the machine have every kind of event in them, those of the service included.

    Copies are dropped by an event of their own where that is a second step (A42).
    """
    happened: set[str] = set()
    two_steps = rules_with({AmbiguityID.A42: "two-steps"}, WINDOWS_OBSERVED)

    def begin(state: ClusterState) -> Run:
        return started(two_steps, state, behaviour=noting)

    def noting(state: ClusterState, event: AnyEvent, rules: Rulebook) -> frozenset[Outcome]:
        outcomes = step(state, event, rules)
        if outcomes:
            happened.add(type(event).__name__)
        return outcomes

    check_model(begin, bounded(200, 40))

    assert happened == {kind.__name__ for kind in get_args(AnyEvent)}


def test_every_rule_has_a_property() -> None:
    """Every rule is checked by a property of runs."""
    checked = {rule for _, rules in properties() for rule in rules}

    assert checked == set(RuleID)
