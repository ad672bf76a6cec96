"""The field incidents: all that were handed over, each tied to rules."""

import pytest

from clusckpt_spec.incidents import INCIDENTS, Incident
from clusckpt_spec.incidents.cases import INCIDENT_RECORDS
from clusckpt_spec.register import RULES, RuleID

HANDED_OVER = [
    "RC01",
    "RC03",
    "RC05",
    "RC07",
    "RC09",
    "RC11",
    "RC13",
    "RC15",
    "RC17",
    "RC19",
    "RC21",
]
WITHOUT_OUTCOME = {"RC15", "RC17", "RC19", "RC21"}


def sentences(text: str) -> int:
    """How many sentences a text has, counted by their ends."""
    return sum(word.endswith((".", ";")) for word in text.split())


def test_every_incident_has_one_record() -> None:
    """Every incident that was handed over has exactly one record, in order."""
    assert [record.id for record in INCIDENT_RECORDS] == HANDED_OVER
    assert list(INCIDENTS.items()) == [(record.id, record) for record in INCIDENT_RECORDS]


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_rules_exist(record: Incident) -> None:
    """Every incident names at least one rule of the register, and none twice."""
    assert record.rules
    assert len(set(record.rules)) == len(record.rules)
    assert set(record.rules) <= set(RULES)


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_record_is_readable(record: Incident) -> None:
    """The story has one to three sentences, and no text is empty or padded with blanks."""
    texts = (record.title, record.source, record.story, record.prediction, record.observed)

    assert 1 <= sentences(record.story) <= 3
    assert [text for text in texts if not text or text != " ".join(text.split())] == []


def test_sentences_are_counted() -> None:
    """The count of sentences sees each end of a sentence."""
    assert sentences("One is here. Another follows; a third ends it.") == 3


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_missing_outcome_is_admitted(record: Incident) -> None:
    """An incident whose source reports no outcome says so, and only such a one does."""
    admitted = record.observed.startswith("No outcome is reported")

    assert admitted == (record.id in WITHOUT_OUTCOME)


def test_sources_are_citations() -> None:
    """A source names a publication, not a file of ours."""
    assert [
        record.id
        for record in INCIDENT_RECORDS
        if "/" in record.source or record.source.endswith((".txt", ".jsonl"))
    ] == []


def test_page_rules_are_met_in_the_field() -> None:
    """The rules of the page about capture, overwriting, restore and instances have incidents."""
    met = {identifier for record in INCIDENT_RECORDS for identifier in record.rules}

    assert {
        RuleID.CAPTURE_ONLINE,
        RuleID.OFFLINE_OVERWRITTEN,
        RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.INSTANCES,
    } <= met


def test_register_cannot_be_changed() -> None:
    """Nobody can put another incident into the register."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        INCIDENTS["RC01"] = INCIDENTS["RC03"]  # type: ignore[index]
