"""Every rule is tested under every reading, or the table says why not."""

import pytest

from clusckpt import rule_table
from clusckpt.rule_table import Cell, Column, table, why_without
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import LIVE_PAIR, MSCS_PAGE, READINGS, Reading
from clusckpt_spec.register import RuleID


def test_no_cell_is_empty_without_a_reason() -> None:
    """Properties, incidents and planted bugs are there for each rule and reading, or explained."""
    assert [
        (cell.rule, cell.reading, cell.unexplained) for cell in table() if cell.unexplained
    ] == []


def test_every_rule_and_reading_has_a_cell() -> None:
    """The table is complete, and what is there has no reason for not being there."""
    assert [(cell.rule, cell.reading) for cell in table()] == [
        (rule, reading) for rule in RuleID for reading in READINGS
    ]
    for cell in table():
        assert all(not cell.entries[column] for column in cell.reasons)


def test_a_missing_property_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that no property decides has an unexplained cell, and so has one without a bug."""
    monkeypatch.setattr(rule_table, "properties", lambda: iter(()))
    monkeypatch.setattr(rule_table, "GALLERY", ())
    table.cache_clear()
    cell = next(one for one in table() if one.rule is RuleID.CAPTURE_ONLINE)
    table.cache_clear()

    assert cell.unexplained == (Column.PROPERTIES, Column.PLANTED_BUGS)


def test_a_cell_without_entries_is_unexplained() -> None:
    """Without reasons, every empty column is reported."""
    cell = Cell(RuleID.IN_BACKUP, MSCS_PAGE.name, dict.fromkeys(Column, ()))

    assert cell.unexplained == tuple(Column)


def test_a_reading_can_lack_a_rule() -> None:
    """No capture at the add, or no restore before online: the reading does not have the rule."""
    later = Reading(
        "later",
        "",
        {**MSCS_PAGE.choices, AmbiguityID.A4: "at-first-online"},
        {},
    )

    assert why_without(RuleID.KB_CAPTURE_AT_ADD, later) == (
        "the reading has no capture at the add (A4)"
    )
    assert why_without(RuleID.RESTORE_BEFORE_ONLINE, LIVE_PAIR) == (
        "the product has no restore before online: it copies all the time"
    )
    assert why_without(RuleID.CAPTURE_ONLINE, LIVE_PAIR) is None


def test_a_trace_can_speak_against_a_reading() -> None:
    """What a reading does not explain is against it, in the cell of the rule that is broken."""
    cells = {(cell.rule, cell.reading): cell for cell in table()}
    cell = cells[RuleID.RESTORE_BEFORE_ONLINE, MSCS_PAGE.name]

    assert "kb188674-started-outside" in cell.against
    assert "rc03-optimizer-edits-lost" in cell.entries[Column.INCIDENTS]
