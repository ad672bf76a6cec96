"""Planted bugs are caught for the right reason, and what only looks odd is not accused."""

import pytest
from hypothesis import Phase, settings

from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD, LegalButOdd, PlantedBug
from clusckpt_spec.register import RuleID
from tests.machines import RuleBroken, bounded, check_model

RARE = {"restore after online": 6000, "restore lists without copies": 6000}
"""Bugs that show only after a rare course of events, with the number of runs that finds them."""

USUAL = 2000
"""As many runs find every other bug; most are found in far fewer."""


def _finding(examples: int) -> settings:
    """Settings that stop at the first violation; what it shrinks to is in the regressions."""
    return settings(bounded(examples, 14), phases=(Phase.generate,))


@pytest.mark.parametrize("bug", GALLERY, ids=lambda one: one.name)
def test_a_planted_bug_is_caught_for_the_right_reason(bug: PlantedBug) -> None:
    """The stateful test fails on a model with one bug, and names the rule that the bug breaks."""
    with pytest.raises(RuleBroken) as caught:
        check_model(bug.run, _finding(RARE.get(bug.name, USUAL)))

    assert caught.value.violation.rule is bug.rule


@pytest.mark.parametrize("odd", LEGAL_BUT_ODD, ids=lambda one: one.name)
def test_the_odd_is_not_accused(odd: LegalButOdd) -> None:
    """A model that does only what the rules allow passes, however odd it looks."""
    check_model(odd.run, bounded(100, 20))


def test_every_rule_has_a_planted_bug() -> None:
    """No rule is without a bug that breaks it, and no two bugs have one name."""
    assert {bug.rule for bug in GALLERY} == set(RuleID)
    assert len({bug.name for bug in GALLERY}) == len(GALLERY)
