"""The model keeps every rule, under both readings, through every kind of event."""

from typing import get_args

import pytest

from clusckpt.properties import Run, properties, started
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.register import RuleID
from tests.machines import bounded, check_model

RULEBOOKS = pytest.mark.parametrize(
    "rules", [MSCS_PAGE_RULES, KB174070_RULES], ids=lambda one: one.reading.name
)


@RULEBOOKS
@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE", "CKPT-IN-BACKUP", "CKPT-INSTANCES")
@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD", "CKPT-KB-RESTORE-AT-ONLINE", "CKPT-KB-SAVE-AT-OFFLINE")
@pytest.mark.rule("CKPT-KB-CAPTURE-ONLINE", "CKPT-TREE-REPLACED", "CKPT-ROOT-DELETED")
def test_the_model_breaks_no_rule(rules: Rulebook) -> None:
    """No run of the model, through all its events, breaks a property of any rule."""
    check_model(lambda state: started(rules, state), bounded(150, 40))


def test_every_kind_of_event_happens() -> None:
    """The runs of the machine have every kind of event in them, those of the service included."""
    happened: set[str] = set()

    def begin(state: ClusterState) -> Run:
        return started(MSCS_PAGE_RULES, state, behaviour=noting)

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
