"""A rulebook has the clauses that its reading calls for."""

import pytest

from clusckpt.rules import (
    KB174070_RULES,
    MS_CMRP_RULES,
    MSCS_PAGE_RULES,
    WINDOWS_OBSERVED_RULES,
    clauses,
    rulebook,
)
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register import RuleID


@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
def test_every_shipped_reading_has_a_rulebook(reading: Reading) -> None:
    """No reading that ships is refused, and the rulebook carries it."""
    assert rulebook(reading).reading is reading


def test_readings_differ_in_what_they_save_and_survive() -> None:
    """The save at offline and the failed restore are decided by the reading alone."""
    named = (MSCS_PAGE_RULES, KB174070_RULES, MS_CMRP_RULES, WINDOWS_OBSERVED_RULES)

    assert [rules.saves_at_offline for rules in named] == [False, True, False, True]
    assert [rules.saves_in_between for rules in named] == [False, False, False, True]
    assert [rules.survives_failures for rules in named] == [False, False, False, True]


def test_a_rulebook_says_which_choice_it_has() -> None:
    """A choice is asked for by its name, and no other name is true of it."""
    assert MSCS_PAGE_RULES.chooses(AmbiguityID.A1, "immediate")
    assert not MSCS_PAGE_RULES.chooses(AmbiguityID.A1, "eventual")


def test_clauses_name_their_rules() -> None:
    """Every clause is of the model, and says at least one rule."""
    found = dict(clauses())

    assert all(name.startswith("clusckpt.") and rules for name, rules in found.items())
    assert found["clusckpt.rules.capture.captured"][0] is RuleID.CAPTURE_ONLINE
