"""A rulebook follows its reading, and says so where the model cannot."""

import pytest

from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, UnsupportedReading, clauses, rulebook
from clusckpt_spec.readings import MS_CMRP, WINDOWS_OBSERVED, Reading


def test_readings_differ_in_saving_at_offline() -> None:
    """Only KB174070 saves checkpoints when a resource goes offline."""
    assert not MSCS_PAGE_RULES.saves_at_offline
    assert KB174070_RULES.saves_at_offline


@pytest.mark.parametrize("reading", [MS_CMRP, WINDOWS_OBSERVED], ids=lambda one: one.name)
def test_other_readings_are_refused(reading: Reading) -> None:
    """A reading with delayed capture is refused, with what is implemented and what to use."""
    with pytest.raises(UnsupportedReading) as refused:
        rulebook(reading)

    assert str(refused.value) == (
        f"reading {reading.name!r} takes 'eventual' for A1; the reference model implements "
        "'immediate' there; use the reading 'mscs-page' or 'kb174070'"
    )


def test_clauses_cite_rules() -> None:
    """Every clause of the model cites at least one rule and has a name that can be looked up."""
    marked = dict(clauses())

    assert marked["clusckpt.rules.capture.captured"]
    assert all(rules for rules in marked.values())
