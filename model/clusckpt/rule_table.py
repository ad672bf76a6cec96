"""The table of rules and readings: what tests each rule under each reading, and why if nothing.

A cell has the properties that the stateful tests check, the published traces that the reading
explains and that test the rule, and the planted bugs that are judged under the reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from clusckpt.gallery import GALLERY
from clusckpt.oracle import VerdictKind
from clusckpt.predictions import Prediction, predictions
from clusckpt.properties import properties
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.incidents import INCIDENTS
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.register import RuleID


class Column(StrEnum):
    """What a cell has of a rule under a reading."""

    PROPERTIES = "properties"
    INCIDENTS = "incidents"
    PLANTED_BUGS = "planted bugs"


@dataclass(frozen=True, slots=True)
class Cell:
    """What tests one rule under one reading.

    `against` are traces that the reading does not explain because of this rule: evidence against
    the reading, or of a product that broke the rule. `reasons` says why a column is empty.
    """

    rule: RuleID
    reading: str
    entries: Mapping[Column, tuple[str, ...]]
    against: tuple[str, ...] = ()
    reasons: Mapping[Column, str] = field(default_factory=dict)

    @property
    def unexplained(self) -> tuple[Column, ...]:
        """The columns that are empty without a reason."""
        return tuple(
            column for column in Column if not self.entries[column] and column not in self.reasons
        )


@cache
def table() -> tuple[Cell, ...]:
    """Every cell, rule by rule."""
    return tuple(_cell(rule, reading) for rule in RuleID for reading in READINGS.values())


def _cell(rule: RuleID, reading: Reading) -> Cell:
    without = why_without(rule, reading)
    entries: dict[Column, tuple[str, ...]] = dict.fromkeys(Column, ())
    if without is None:
        entries = {
            Column.PROPERTIES: tuple(name for name, rules in properties() if rule in rules),
            Column.INCIDENTS: _explained(rule, reading),
            Column.PLANTED_BUGS: _bugs(rule, reading),
        }
    empty = [column for column in Column if not entries[column]]
    found = {column: without or _reason(column, rule) for column in empty}
    reasons = {column: reason for column, reason in found.items() if reason is not None}
    against = tuple(
        one.trace for one in predictions() if one.reading == reading.name and one.violated is rule
    )
    return Cell(rule, reading.name, entries, against, reasons)


def why_without(rule: RuleID, reading: Reading) -> str | None:
    """Why a reading does not have a rule; None if it has it.

    >>> from clusckpt_spec.readings import KB174070, MSCS_PAGE
    >>> why_without(RuleID.KB_SAVE_AT_OFFLINE, MSCS_PAGE)
    'the reading has no save at offline (A2)'
    >>> why_without(RuleID.KB_SAVE_AT_OFFLINE, KB174070) is None
    True
    """
    if rule is RuleID.KB_SAVE_AT_OFFLINE and reading[AmbiguityID.A2] != "saved":
        return "the reading has no save at offline (A2)"
    if rule is RuleID.KB_CAPTURE_AT_ADD and reading[AmbiguityID.A4] != "at-add":
        return "the reading has no capture at the add (A4)"
    if rule in _BY_RESTORE and reading.product.restore_when == "continuous":
        return "the product has no restore before online: it copies all the time"
    return None


_BY_RESTORE = frozenset(
    {
        RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.OFFLINE_OVERWRITTEN,
        RuleID.KB_RESTORE_AT_ONLINE,
        RuleID.INSTANCES,
    }
)

_SAID_BY_THE_PAGE = {
    RuleID.KB_CAPTURE_ONLINE: RuleID.CAPTURE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE: RuleID.OFFLINE_OVERWRITTEN,
}


def _explained(rule: RuleID, reading: Reading) -> tuple[str, ...]:
    return tuple(
        one.trace
        for one in predictions()
        if one.reading == reading.name
        if one.verdict is VerdictKind.CONFORMS and is_tested_by(rule, one)
    )


def is_tested_by(rule: RuleID, prediction: Prediction) -> bool:
    """Whether a trace tests a rule: found by the oracle, or said by the incident's record.

    Where two documents say the same, the oracle names the rule of the page for both.
    """
    record = INCIDENTS.get(prediction.incident or "")
    declared = () if record is None else record.rules
    return _SAID_BY_THE_PAGE.get(rule, rule) in prediction.tests or rule in declared


def _bugs(rule: RuleID, reading: Reading) -> tuple[str, ...]:
    return tuple(bug.name for bug in GALLERY if bug.rule is rule and bug.judged_by == reading)


def _reason(column: Column, rule: RuleID) -> str | None:
    """Why a column is empty although the reading has the rule; None if there is no good reason."""
    if column is Column.PLANTED_BUGS:
        judged = sorted({bug.judged_by.name for bug in GALLERY if bug.rule is rule})
        return f"its planted bugs are judged under {', '.join(judged)}" if judged else None
    if column is Column.INCIDENTS:
        if any(is_tested_by(rule, one) for one in predictions()):
            return "no trace that the reading explains tests this rule; other readings have some"
        return "no published incident touches this rule"
    return None
