"""Planted bugs are caught for the right reason, and what only looks odd is not accused."""

import pytest
from hypothesis import Phase, settings

from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD, LegalButOdd, PlantedBug
from clusckpt.properties.shortest import shortened
from clusckpt_spec.register import RuleID
from tests.machines import RuleBroken, bounded, check_model

SEARCH = settings(bounded(1500, 40), phases=(Phase.generate,))
"""More than twice as many runs as the rarest bug needs; most are found in under fifty."""


@pytest.mark.parametrize("bug", GALLERY, ids=lambda one: one.name)
def test_a_planted_bug_is_caught_for_the_right_reason(bug: PlantedBug) -> None:
    """The stateful test fails, and the shortest part of its program breaks the bug's own rule.

    Two bugs have programs that show no more than another rule's breach does; the gallery says so.
    """
    with pytest.raises(RuleBroken) as caught:
        check_model(bug.run, SEARCH)
    run, violation = shortened(caught.value.begun, caught.value.run.program)

    assert violation.rule in (bug.rule, *bug.also), f"{violation.message}\n{run}"
    assert len(run.program) <= 12


@pytest.mark.parametrize("odd", LEGAL_BUT_ODD, ids=lambda one: one.name)
def test_the_odd_is_not_accused(odd: LegalButOdd) -> None:
    """A model that does only what the rules allow passes, however odd it looks."""
    check_model(odd.run, bounded(100, 20))


def test_every_rule_has_a_planted_bug() -> None:
    """No rule is without a bug that breaks it, and no two bugs have one name."""
    assert {bug.rule for bug in GALLERY} == set(RuleID)
    assert len({bug.name for bug in GALLERY}) == len(GALLERY)
    assert [len(bug.also) for bug in GALLERY if bug.also] == [1, 1]
